// Who the reader is, once they have said so: remembered by this browser, for this site, and told to nobody.
(function () {
  "use strict";

  const { kamgen } = window;
  const listeners = [];

  // Several sites may stand on one host, each with people of its own: the key carries where this one stands.
  const source = document.currentScript && document.currentScript.src;
  const KEY = `kamgen.me:${source ? new URL("../..", source).pathname : "/"}`;

  let me = stored() || "";

  // Where the browser keeps nothing (private windows, strict settings), the choice holds until the page is left.
  function stored() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return null;
    }
  }

  function store(id) {
    try {
      if (id) localStorage.setItem(KEY, id);
      else localStorage.removeItem(KEY);
    } catch {
      // nothing to do: see above
    }
  }

  function become(id) {
    if (id === me) return;
    me = id;
    listeners.forEach((listener) => listener());
  }

  function readAgain() {
    const id = stored();
    if (id !== null) become(id);
  }

  kamgen.reader = {
    id: () => me, // "" while nobody has said who they are
    choose: (id) => {
      store(id);
      become(id);
    },
    forget: () => kamgen.reader.choose(""),
    onChange: (listener) => listeners.push(listener),
    owns: (element) => me !== "" && (element.dataset.kgWho || "").split(/\s+/).includes(me),
  };

  // Another tab may say it, also while this page waits behind the "back" button.
  window.addEventListener("storage", (event) => (event.key === KEY || event.key === null) && readAgain());
  window.addEventListener("pageshow", (event) => event.persisted && readAgain());
})();
