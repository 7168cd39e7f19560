// What a table holds: its columns, and for each cell the value that it is sorted by, exported as and filtered by.
(function () {
  "use strict";

  const { kamgen } = window;
  const { text, parse } = kamgen;
  const NUMBER = /^[-+]?\d+(\.\d+)?$/;
  const DATE = /^\d{4}-\d{2}(-\d{2})?$/;

  // The columns by the last row of the head; a row above it (data-kg-group) groups them, and stays as it is.
  // Two columns of one name are told apart by their groups ("Sales 2025", "Sales 2026"), in the end by their place.
  kamgen.columns = (table) => {
    const grid = headGrid(table);
    const heads = grid.filter((row) => !row.group).pop() || { cells: table.tBodies[0].rows[0].cells };
    const plain = Array.from(heads.cells, (head, place) => ({ head, place, name: grid.length ? text(head) : "" }));
    const keys = new Set();
    return plain.map((column) => {
      const over = grid.length ? grid[0].cells[column.place] : null;
      const alone = !column.name || plain.every((other) => other === column || other.name !== column.name);
      const name = alone || !over || over === column.head ? column.name : `${column.name} ${text(over)}`;
      const lower = name.toLowerCase();
      const key = lower && !keys.has(lower) ? lower : `${lower}#${column.place + 1}`;
      keys.add(key);
      return { ...column, name, key, number: column.head.classList.contains("kg-num") };
    });
  };

  // Each row of the head with the cell that stands over each column, those included that reach down or across.
  function headGrid(table) {
    const rows = Array.from(table.tHead ? table.tHead.rows : [], (row) => ({
      group: "kgGroup" in row.dataset,
      cells: [],
      own: row.cells,
    }));
    rows.forEach((row, y) => {
      Array.from(row.own).forEach((cell) => {
        let x = 0;
        while (row.cells[x]) x += 1;
        rows.slice(y, y + cell.rowSpan).forEach((below) => {
          for (let across = 0; across < cell.colSpan; across += 1) below.cells[x + across] = cell;
        });
      });
    });
    return rows;
  }

  // The cells of a row, one a column; a cell that spans several stands in the first of them.
  kamgen.cells = (row) => {
    const cells = [];
    Array.from(row.cells).forEach((cell) => {
      cells.push(cell);
      for (let more = cell.colSpan; more > 1; more -= 1) cells.push(null);
    });
    return cells;
  };

  // What a cell is sorted by: its data-v, else its date, else its number, else its words.
  kamgen.sortKey = (cell, column) => {
    if (!cell) return key("");
    if (cell.dataset.v !== undefined) return key(cell.dataset.v);
    const date = dateOf(cell, false);
    if (date) return key(date);
    const words = text(cell);
    const number = isNumeric(cell, column) ? parse(words) : NaN;
    return key(Number.isNaN(number) ? words : String(number));
  };

  // Numbers before words, what is empty last.
  kamgen.EMPTY = 2;

  function key(value) {
    if (value.trim() === "") return { rank: kamgen.EMPTY, value };
    return Number.isFinite(Number(value)) ? { rank: 0, value: Number(value) } : { rank: 1, value };
  }

  function isNumeric(cell, column) {
    return cell.classList.contains("kg-num") || Boolean(column && column.number);
  }

  // The date that a cell begins with, or (`alone`) that it holds and nothing else but how far away it is.
  function dateOf(cell, alone) {
    const time = cell.querySelector("time[datetime], [data-kg-due], [data-kg-when]");
    if (!time) return "";
    const words = text(cell);
    const said = Array.from(cell.querySelectorAll("time, .kg-rel"), text).join(" ");
    const fits = alone ? words === said : words.startsWith(text(time));
    return fits ? time.dateTime || time.dataset.kgDue || time.dataset.kgWhen : "";
  }

  // What a cell is in a file: a date or a number where it stands for one, else its words. A number behind words (a rank
  // for sorting, such as that of a state) is not what the reader sees, so the words are taken.
  kamgen.exported = (cell, column) => {
    if (!cell) return "";
    const words = text(cell);
    const value = cell.dataset.v;
    if (value !== undefined && DATE.test(value)) return value;
    if (value !== undefined && NUMBER.test(value) && (isNumeric(cell, column) || !/\p{L}/u.test(words))) return value;
    const number = isNumeric(cell, column) ? parse(words) : NaN;
    return dateOf(cell, true) || (Number.isNaN(number) ? words : String(number));
  };

  // What a cell offers to a filter: its own words (data-f), else the names that it links to or has between commas, else
  // all it says.
  kamgen.parts = (cell) => {
    if (!cell) return [];
    if (cell.dataset.f !== undefined) return kamgen.split(cell.dataset.f);
    if (!Array.from(cell.children).some((child) => child.matches("a:not(.kg-edit)"))) return [text(cell)].filter(Boolean);
    const parts = Array.from(cell.childNodes).flatMap((node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data.split(",");
      return node.nodeName === "A" && !node.matches(".kg-edit") ? [text(node)] : [];
    });
    return parts.map((part) => part.trim()).filter(Boolean);
  };

  kamgen.split = (values) => values.split("|").map((value) => value.trim()).filter(Boolean);
})();
