// The filters of a sheet (see 9-tables): a search for words, a select for each property, and "Only mine".
// Each has a key, its name in the address; a label with the field in it; get and set, its value as text, "" for none;
// says, the filter in words; and test, a question to ask of each row, or null while the filter asks for nothing.
(function () {
  "use strict";

  const { kamgen } = window;
  const { fold, make, reader, text } = kamgen;
  const LONGEST = 60; // characters of an option

  kamgen.filters = (tables, rows) =>
    rows.length > 1 ? [wordsFilter(), ...selectFilters(tables, rows), ...ownFilters(rows)] : [];

  function filter(key, name, field, test) {
    const label = make("label", {}, name, field);
    const says = () => `${name}: ${field.value.trim()}`;
    return { key, label, field, says, test, get: () => field.value, set: (value) => (field.value = value) };
  }

  function wordsFilter() {
    const field = make("input", { type: "search" });
    return filter("find", "Contains", field, () => {
      const wanted = fold(field.value).split(/\s+/).filter(Boolean);
      return wanted.length ? (record) => wanted.every((word) => wordsOf(record).includes(word)) : null;
    });
  }

  // A row's words are gathered when they are first asked for, and once.
  function wordsOf(record) {
    if (record.words === null) record.words = fold(Array.from(record.row.cells, text).join(" "));
    return record.words;
  }

  // --- Selects -----------------------------------------------------------------------------------

  function selectFilters(tables, rows) {
    const properties = new Map();
    const add = (name, offers) => properties.has(name) || properties.set(name, offers);
    tables.forEach(({ element, columns }) => {
      const declared = (element.dataset.kgBy || "").split(/\s+/).filter(Boolean);
      declared.forEach((name) => add(name.replace(/[-_]/g, " "), byAttribute(`data-by-${name.toLowerCase()}`)));
      const chosen = columns.filter(({ head }) => head.dataset.kgSelect !== undefined);
      chosen.forEach(({ head, name, key }) => add(head.dataset.kgSelect || name, byColumn(key)));
    });
    return Array.from(properties, ([name, offers]) => selectFilter(name, offers, rows)).filter(Boolean);
  }

  function byAttribute(attribute) {
    return ({ row }) => kamgen.split(row.getAttribute(attribute) || "");
  }

  function byColumn(key) {
    return ({ row, columns }) => {
      const column = columns.find((one) => one.key === key);
      return column ? kamgen.parts(kamgen.cells(row)[column.place]) : [];
    };
  }

  // A select of the values there are; where all rows have the same ones, there is nothing to choose.
  function selectFilter(name, offers, rows) {
    const valuesOf = new Map(rows.map((record) => [record, new Set(offers(record))]));
    const counts = new Map();
    valuesOf.forEach((values) => values.forEach((value) => counts.set(value, (counts.get(value) || 0) + 1)));
    const values = Array.from(counts.keys()).sort(kamgen.compare);
    if (values.every((value) => counts.get(value) === rows.length)) return null;
    const field = make("select", {}, new Option("all", ""));
    values.forEach((value) => field.add(new Option(shortened(value), value)));
    const test = () => (field.value ? (record) => valuesOf.get(record).has(field.value) : null);
    const set = (value) => {
      const option = Array.from(field.options).find((one) => fold(one.value) === fold(value));
      field.value = option ? option.value : "";
    };
    return { ...filter(name.toLowerCase(), name, field, test), set };
  }

  function shortened(value) {
    return value.length > LONGEST ? `${value.slice(0, LONGEST - 1).trim()}…` : value;
  }

  // --- Only mine: for a reader who has said who they are, where rows say whose they are -------------

  function ownFilters(rows) {
    if (!rows.some(({ row }) => row.dataset.kgWho)) return [];
    const field = make("input", { type: "checkbox" });
    const label = make("label", { className: "kg-only-mine" }, field, " Only mine");
    return [
      {
        key: "mine",
        label,
        field,
        says: () => "only mine",
        test: () => (field.checked && reader.id() ? ({ row }) => reader.owns(row) : null),
        get: () => (field.checked ? "yes" : ""),
        set: (value) => (field.checked = value === "yes"),
        offered: () => reader.id() !== "",
      },
    ];
  }
})();
