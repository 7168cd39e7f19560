// What the reader has filtered and sorted by stands in the address, so that it can be sent to a colleague:
// "#/stage=Key+account&find=market" for the first table of the page, "#/load.find=peacock" for another.
// An address that ends in a heading's anchor belongs to the heading, until a filter is set.
(function () {
  "use strict";

  const { kamgen } = window;
  const START = "#/";

  // What the address says, by name; null when it says nothing about tables.
  function read() {
    const { hash } = location;
    if (hash !== "" && !hash.startsWith(START)) return null;
    return new URLSearchParams(hash.slice(START.length));
  }

  // Writes names with their values; those without a value are left out.
  function write(values) {
    const state = new URLSearchParams(values.filter(([, value]) => value !== ""));
    const tail = state.toString();
    if (!tail && !location.hash.startsWith(START)) return;
    const bare = location.pathname + location.search;
    history.replaceState(history.state, "", tail ? START + tail : bare);
  }

  kamgen.address = { read, write, onChange: (step) => window.addEventListener("hashchange", step) };
})();
