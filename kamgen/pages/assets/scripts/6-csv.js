// Tables taken away as CSV, as a spreadsheet opens it: UTF-8 with a mark in front, commas, lines ended by CR and LF.
(function () {
  "use strict";

  const { kamgen } = window;
  const { make, text } = kamgen;

  // A spreadsheet runs a cell that begins like this as a formula, wide signs included; an apostrophe keeps it text.
  const RUNS = /^[=+\-@\t\r\n＝＋－＠]/u;
  const COUNT = /\s*\(\d[\d.,\s]*\)$/; // a heading may say how many rows it has, filter or not
  const IS_NUMBER = /^[-+]?\d+([.,]\d+)?$/;

  kamgen.csv = (rows) => `\ufeff${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;

  function field(value) {
    const safe = RUNS.test(value) && !IS_NUMBER.test(value) ? `'${value}` : value;
    return /[",\r\n;]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }

  // The head and the rows that are shown, in the order that they are shown in. Several tables become one, with the
  // heading that each stands under as the first column. A column without a name and without words (links) is left out.
  kamgen.taken = (tables) => {
    const columns = new Map(tables.flatMap((table) => table.columns.map((column) => [column.key, column.name])));
    const headings = tables.map(headingOf);
    const grouped = tables.length > 1 && headings.some(Boolean);
    const rows = tables.flatMap((table, number) => {
      const places = Array.from(columns.keys(), (key) => table.columns.find((column) => column.key === key));
      return shownRows(table).map((row) => {
        const cells = kamgen.cells(row);
        const values = places.map((column) => (column ? kamgen.exported(cells[column.place], column) : ""));
        return grouped ? [headings[number], ...values] : values;
      });
    });
    const names = Array.from(columns.values());
    const all = [grouped ? ["Group", ...names] : names, ...rows];
    const kept = all[0].map((_, place) => all.some((row) => row[place] !== ""));
    return all.map((row) => row.filter((_, place) => kept[place]));
  };

  function headingOf({ element }) {
    const group = element.closest("[data-kg-group]");
    const heading = group && group.querySelector("h2, h3, h4, h5");
    return heading ? text(heading).replace(COUNT, "") : "";
  }

  function shownRows({ element, rows }) {
    const items = new Set(rows.map(({ row }) => row));
    return Array.from(element.rows).filter((row) => items.has(row) && !row.hidden);
  }

  // The page's title and the table's name, and the day that the figures are of.
  kamgen.fileName = (name, page) => {
    const title = document.querySelector("h1");
    const own = slug(name);
    const front = title ? slug(text(title)) : "";
    const named = `${own}-`.startsWith(`${front}-`) ? own : `${front}-${own}`;
    return `${[named, page.dataset.kgAsOf].filter(Boolean).join("-")}.csv`;
  };

  function slug(words) {
    return kamgen.fold(words).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60);
  }

  kamgen.save = (content, name) => {
    const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
    const link = make("a", { href: address, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
})();
