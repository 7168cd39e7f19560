// Sorting by a column, from a button in its head. All tables of a sheet (see 9-tables) are sorted alike.
(function () {
  "use strict";

  const { kamgen } = window;
  const STAYS = "details, a, button"; // what a button must not hold

  // Buttons in the heads of a sheet's tables; a head without words, or over several columns, stays as it is.
  // `changed` is called when the reader has sorted.
  kamgen.offerSorting = (sheet, changed) => {
    const columns = sheet.tables.flatMap((table) => table.columns);
    columns
      .filter(({ name, head }) => name && head.colSpan === 1)
      .forEach((column) => {
        const button = sortButton(column);
        button.addEventListener("click", () => {
          kamgen.sort(sheet, next(sheet.sort, column.key));
          changed();
        });
      });
  };

  function sortButton({ head, name }) {
    const button = kamgen.make("button", { type: "button", className: "kg-sort" });
    const inside = Array.from(head.childNodes).filter((node) => !(node instanceof Element && node.matches(STAYS)));
    head.prepend(button);
    button.append(...inside);
    if (button.lastChild instanceof Text) button.lastChild.data = button.lastChild.data.trimEnd(); // the arrow follows
    if (!button.textContent.trim()) button.setAttribute("aria-label", `Sort by ${name}`);
    return button;
  }

  // Upwards, then downwards, then back to the order of the page.
  function next(now, key) {
    return now === key ? `-${key}` : now === `-${key}` ? "" : key;
  }

  // Sorts by "key" or "-key"; "" gives back the order of the page. Rows that are equal stay in the order that they were
  // in, and each body of a table is kept apart.
  kamgen.sort = (sheet, wanted) => {
    const down = wanted.startsWith("-");
    const key = down ? wanted.slice(1) : wanted;
    let name = "";
    sheet.tables.forEach(({ element, columns }) => {
      const column = key && columns.find((one) => one.key === key);
      columns.forEach(({ head }) => head.removeAttribute("aria-sort"));
      element.toggleAttribute("data-kg-sorted", Boolean(column));
      if (!column) {
        kamgen.arrange(element);
        return;
      }
      name = column.name;
      column.head.setAttribute("aria-sort", down ? "descending" : "ascending");
      kamgen.lists(element).forEach(({ place, items }) => kamgen.order(place, sorted(place, items, column, down)));
    });
    sheet.sort = name ? wanted : "";
    sheet.heard.textContent = name
      ? `Sorted by ${name}, ${down ? "descending" : "ascending"}.`
      : "In the order of the page.";
  };

  function sorted(place, items, column, down) {
    const all = new Set(items);
    const rows = Array.from(place.rows).filter((row) => all.has(row));
    const keyed = rows.map((row) => ({ row, ...kamgen.sortKey(kamgen.cells(row)[column.place], column) }));
    keyed.sort((a, b) => {
      if (a.rank === kamgen.EMPTY || b.rank === kamgen.EMPTY) return a.rank - b.rank; // last, either way
      const sign = a.rank - b.rank || (a.rank ? kamgen.compare(a.value, b.value) : a.value - b.value);
      return down ? -sign : sign;
    });
    return keyed.map(({ row }) => row);
  }
})();
