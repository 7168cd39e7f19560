// Tables that sort, filter and download. A sheet is what one filter stands over: the table in a data-kg-table region,
// or all those in a data-kg-filter box. What the parts of a page say to it:
//   <th data-kg-select="State">                              a select of what stands in the column
//   <td data-v="1200" data-f="errors">                       what a cell is sorted by, and its word for a select
//   <table data-kg-by="Manager"> <tr data-by-manager="A|B">  a select of what has no column
//   <tr data-kg-who="id id">                                 whose the row is, for "Only mine"
//   <section data-kg-group>                                  goes with its rows; its heading stands before them in a file
(function () {
  "use strict";

  const { kamgen } = window;
  const { address, make } = kamgen;
  const OPEN_FROM = 8; // rows, where there is something to choose; fewer are seen at a glance, their filter is folded
  const OPEN_FROM_PLAIN = 20; // rows, where there are only words to look for
  const NARROW = "(max-width: 45em)"; // a telephone has no room for an open filter

  let sheets = []; // those of the page that is shown
  let panels = 0; // numbers their ids

  kamgen.onPage((pages) => {
    sheets = sheets.filter((sheet) => sheet.box.isConnected).concat(pages.flatMap(sheetsOf));
    restore();
  });

  address.onChange(restore);

  kamgen.reader.onChange(() => sheets.forEach(apply));

  function sheetsOf(page) {
    const found = Array.from(page.querySelectorAll("[data-kg-filter], [data-kg-table]"));
    const boxes = found.filter((box) => !box.parentElement.closest("[data-kg-filter]"));
    const made = boxes.map((box) => makeSheet(box, page)).filter(Boolean);
    const main = made.find((sheet) => sheet.box.matches("[data-kg-filter]")) || made[0];
    if (main) main.main = true;
    return made;
  }

  function makeSheet(box, page) {
    const regions = box.matches("[data-kg-table]") ? [box] : Array.from(box.querySelectorAll("[data-kg-table]"));
    const tables = regions.map((region) => region.querySelector("table")).filter(isRegular).map(readTable);
    const rows = tables.flatMap((table) => table.rows);
    if (!rows.length) return null;
    const name = box.dataset.kgFilter || box.dataset.kgTable || "table";
    const sheet = { name, box, page, tables, rows, main: false, sort: "", filters: kamgen.filters(tables, rows) };
    offerControls(sheet);
    if (rows.length > 1) kamgen.offerSorting(sheet, keep);
    apply(sheet);
    return sheet;
  }

  // A cell that reaches over several rows would be torn: such a table stays as it is.
  function isRegular(table) {
    return table && table.tBodies.length > 0 && !table.querySelector("tbody [rowspan]");
  }

  function readTable(element) {
    const rows = kamgen.lists(element).flatMap(({ items }) => items);
    const columns = rows.length ? kamgen.columns(element) : [];
    return { element, columns, rows: rows.map((row) => ({ row, columns, words: null })) };
  }

  // --- Controls ----------------------------------------------------------------------------------

  // The fields, and below them what is shown and what can be done with it.
  function offerControls(sheet) {
    const labels = sheet.filters.map((filter) => filter.label);
    sheet.panel = make("div", { className: "kg-controls", id: `kg-controls-${(panels += 1)}` }, ...labels);
    sheet.status = make("span", { className: "kg-shown" });
    sheet.heard = make("span", { className: "kg-unseen" });
    [sheet.status, sheet.heard].forEach((place) => place.setAttribute("role", "status"));
    sheet.clear = button("Show all", () => showAll(sheet));
    sheet.csv = button("", () => download(sheet));
    const told = make("div", { className: "kg-told" }, sheet.status, sheet.clear, sheet.csv, sheet.heard);
    sheet.tools = make("div", { className: "kg-tools" }, sheet.panel, told);
    sheet.tools.setAttribute("role", "group");
    sheet.tools.setAttribute("aria-label", `Filter and download: ${sheet.box.getAttribute("aria-label") || sheet.name}`);
    if (isFolded(sheet)) fold(sheet);
    if (sheet.box.matches("[data-kg-table]")) sheet.box.before(sheet.tools);
    else sheet.box.prepend(sheet.tools);
    sheet.filters.forEach(({ field }) => field.addEventListener("input", () => changed(sheet)));
  }

  function button(words, step) {
    const made = make("button", { type: "button", className: "kg-quiet", textContent: words });
    made.addEventListener("click", step);
    return made;
  }

  // So that a page of small tables is no page of forms.
  function isFolded({ filters, rows }) {
    const choices = filters.some(({ field }) => field.matches("select"));
    if (!filters.length) return false;
    return window.matchMedia(NARROW).matches || rows.length < (choices ? OPEN_FROM : OPEN_FROM_PLAIN);
  }

  function fold(sheet) {
    sheet.toggle = button("Filter, download", () => unfold(sheet, sheet.panel.hidden));
    sheet.toggle.setAttribute("aria-controls", sheet.panel.id);
    sheet.tools.prepend(sheet.toggle);
    sheet.tools.classList.add("kg-folding");
    unfold(sheet, false);
  }

  function unfold(sheet, open) {
    if (!sheet.toggle) return;
    sheet.panel.hidden = sheet.csv.hidden = !open;
    sheet.toggle.setAttribute("aria-expanded", String(open));
  }

  function showAll(sheet) {
    sheet.filters.forEach((filter) => filter.set(""));
    changed(sheet);
    sheet.filters[0].field.focus(); // the button goes, and the focus must not go with it
  }

  function changed(sheet) {
    apply(sheet);
    keep();
  }

  function download(sheet) {
    const rows = kamgen.taken(sheet.tables);
    kamgen.save(kamgen.csv(rows), kamgen.fileName(sheet.name, sheet.page));
  }

  // --- Filtering ---------------------------------------------------------------------------------

  function apply(sheet) {
    sheet.filters.forEach((filter) => (filter.label.hidden = filter.offered ? !filter.offered() : false));
    const active = sheet.filters.filter((filter) => (filter.ask = filter.test()));
    let shown = 0;
    sheet.rows.forEach((record) => {
      const fits = active.every((filter) => filter.ask(record));
      if (record.row.hidden === fits) record.row.hidden = !fits;
      if (fits) shown += 1;
    });
    hideEmptyGroups(sheet);
    tell(sheet, shown, active);
  }

  // How many rows are shown, and by which filter: also on paper, where the filter itself is not.
  function tell(sheet, shown, active) {
    const all = sheet.rows.length;
    const rows = kamgen.count(all, "row");
    const some = `${kamgen.number(shown)} of ${rows}`;
    const by = active.map((filter) => filter.says()).join(", ");
    const status = active.length ? `${shown ? `${some} shown` : `None of ${rows} fits`} (${by})` : "";
    sheet.csv.textContent = `Download CSV (${shown === all ? rows : some})`;
    sheet.clear.hidden = !active.length;
    if (sheet.status.textContent !== status) sheet.status.textContent = status;
  }

  // A heading over no row says nothing: sections and bodies of a table go with their rows.
  function hideEmptyGroups({ box, tables }) {
    tables.forEach(({ element }) =>
      kamgen.lists(element).forEach(({ place, items }) => {
        place.hidden = items.length > 0 && items.every((row) => row.hidden);
      })
    );
    box.querySelectorAll("[data-kg-group]:not(tr)").forEach((group) => {
      const bodies = Array.from(group.querySelectorAll("tbody"));
      group.hidden = bodies.length > 0 && bodies.every((body) => body.hidden);
    });
  }

  // --- The address -------------------------------------------------------------------------------

  // The names of the page's main sheet stand alone, those of the others after the sheet's own name.
  function keep() {
    const values = sheets.flatMap((sheet) => {
      const own = [...sheet.filters.map((filter) => [filter.key, filter.get()]), ["sort", sheet.sort]];
      return own.map(([key, value]) => [sheet.main ? key : `${sheet.name}.${key}`, value]);
    });
    address.write(values);
  }

  function restore() {
    const state = address.read();
    if (!state) return;
    sheets.forEach((sheet) => {
      const value = (key) => state.get(`${sheet.name}.${key}`) ?? (sheet.main ? state.get(key) : null) ?? "";
      sheet.filters.forEach((filter) => filter.set(value(filter.key)));
      apply(sheet);
      if (sheet.sort !== value("sort")) kamgen.sort(sheet, value("sort"));
    });
    const filtered = sheets.filter((sheet) => sheet.filters.some((filter) => filter.get()));
    if (!window.matchMedia(NARROW).matches) filtered.forEach((sheet) => unfold(sheet, true));
    if (filtered.length) bringIntoView(filtered[0]);
  }

  // A link may lead to a table far down.
  function bringIntoView({ tools }) {
    const { top } = tools.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight) tools.scrollIntoView({ block: "start" });
  }
})();
