// Makes tables sort and filter, and brings "overdue by" up to date. Every page reads well without it.
(function () {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;

  const OLD = 7 * DAY;

  function start() {
    document.querySelectorAll(".kg").forEach((page) => {
      if (page.dataset.kgReady) return; // instant navigation may bring the same page twice
      page.dataset.kgReady = "true";
      shoutWhenOld(page);
      bringDatesUpToDate(page);
      page.querySelectorAll("table[data-kg-sort]").forEach(makeSortable);
      page.querySelectorAll("[data-kg-filter]").forEach(makeFilterable);
    });
  }

  // A static page ages without a sign of it: what was built long ago says so on top.
  function shoutWhenOld(page) {
    const built = document.querySelector(".kg-built");
    const age = built ? Date.now() - Date.parse(built.dateTime) : 0;
    if (age < OLD) return;
    const shout = document.createElement("p");
    shout.className = "kg-stale";
    shout.setAttribute("role", "status");
    shout.textContent = `This site was built ${count(Math.floor(age / DAY))} ago. What changed since is not on it.`;
    page.prepend(shout);
  }

  // --- Dates -------------------------------------------------------------------------------------

  function bringDatesUpToDate(page) {
    const today = "kgFixed" in page.dataset ? days(page.dataset.kgAsOf) : todayInDays();
    page.querySelectorAll("[data-kg-due]").forEach((mark) => {
      const left = days(mark.dataset.kgDue) - today;
      mark.textContent = left === 0 ? "due today" : left > 0 ? `due in ${count(left)}` : `overdue by ${count(-left)}`;
      mark.classList.toggle("kg-late", left < 0);
    });
    page.querySelectorAll("[data-kg-when]").forEach((mark) => {
      const left = days(mark.dataset.kgWhen) - today;
      mark.textContent = left === 0 ? "today" : left > 0 ? `in ${count(left)}` : `${count(-left)} ago`;
    });
  }

  function days(iso) {
    return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
  }

  function todayInDays() {
    const now = new Date();
    return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY);
  }

  function count(number) {
    return `${number.toLocaleString("en")} ${number === 1 ? "day" : "days"}`;
  }

  // --- Sorting -----------------------------------------------------------------------------------

  function makeSortable(table) {
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "kg-sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sortRows(table.tBodies[0], column, down);
      });
    });
  }

  function sortRows(body, column, down) {
    const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
    const keyed = Array.from(body.rows, (row) => ({ row, key: sortKey(row.cells[column]) }));
    keyed.sort((a, b) => {
      if (!a.key !== !b.key) return a.key ? -1 : 1; // what is empty comes last, either way
      const both = Number.isFinite(+a.key) && Number.isFinite(+b.key);
      const sign = both ? a.key - b.key : order.compare(a.key, b.key);
      return down ? -sign : sign;
    });
    body.append(...keyed.map((entry) => entry.row));
  }

  function sortKey(cell) {
    return cell.dataset.v !== undefined ? cell.dataset.v : text(cell);
  }

  function text(cell) {
    return cell.textContent.replace(/\s+/g, " ").trim();
  }

  // --- Filtering ---------------------------------------------------------------------------------

  function makeFilterable(box) {
    const rows = Array.from(box.querySelectorAll("tbody tr"));
    if (rows.length < 2) return;
    const heads = Array.from(box.querySelector("thead tr").cells);
    const filters = heads
      .map((head, column) => ({ head, column }))
      .filter(({ head }) => head.dataset.kgSelect !== undefined)
      .map(({ head, column }) => select(text(head), column, rows));
    const words = labelled("Contains", document.createElement("input"));
    words.field.type = "search";
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const controls = document.createElement("div");
    controls.className = "kg-controls";
    controls.append(words.label, ...filters.map((filter) => filter.label), status);
    box.prepend(controls);

    const fields = [["find", words.field], ...filters.map((filter) => [filter.name, filter.field])];
    const apply = () => {
      const wanted = words.field.value.trim().toLowerCase();
      let shown = 0;
      rows.forEach((row) => {
        row.hidden = !(
          row.textContent.toLowerCase().includes(wanted) &&
          filters.every((filter) => !filter.field.value || parts(row.cells[filter.column]).includes(filter.field.value))
        );
        shown += row.hidden ? 0 : 1;
      });
      box.querySelectorAll("[data-kg-group]").forEach((group) => {
        group.hidden = !group.querySelector("tbody tr:not([hidden])");
      });
      status.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} shown`;
    };
    restore(fields);
    fields.forEach(([, field]) =>
      field.addEventListener("input", () => {
        apply();
        keep(fields);
      })
    );
    apply();
  }

  // What a cell offers to a filter: its own word, else its names (several people stand with commas between them).
  function parts(cell) {
    if (cell.dataset.f !== undefined) return [cell.dataset.f];
    const links = Array.from(cell.querySelectorAll("a"), text);
    return [text(cell), ...links];
  }

  function select(name, column, rows) {
    const field = document.createElement("select");
    const values = new Set();
    rows.forEach((row) => {
      const all = parts(row.cells[column]);
      (all.length > 2 ? all.slice(1) : all.slice(0, 1)).forEach((value) => value && values.add(value));
    });
    field.add(new Option("all", ""));
    Array.from(values)
      .sort(new Intl.Collator("en").compare)
      .forEach((value) => field.add(new Option(value, value)));
    return { name: name.toLowerCase(), column, ...labelled(name, field) };
  }

  function labelled(name, field) {
    const label = document.createElement("label");
    label.append(name, field);
    return { label, field };
  }

  // The state stands in the address, so that a filtered list can be sent to somebody. A filter left alone leaves a
  // heading's anchor in the address as it is.
  function restore(fields) {
    if (!location.hash.startsWith("#/")) return;
    const state = new URLSearchParams(location.hash.slice(2));
    fields.forEach(([name, field]) => {
      const value = state.get(name);
      if (value !== null) field.value = value;
      if (field.selectedIndex === -1) field.value = "";
    });
  }

  function keep(fields) {
    const state = new URLSearchParams();
    fields.forEach(([name, field]) => field.value && state.set(name, field.value));
    const tail = state.toString();
    history.replaceState(history.state, "", tail ? `#/${tail}` : location.pathname + location.search);
  }

  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
