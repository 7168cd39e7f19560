// What the parts of the script share. Every page reads well without any of them: they make tables sort, filter and
// download, bring dates up to date, and put first what is the reader's own. Nothing is fetched, nothing is sent.
// Each part is a function of its own; what others need of it hangs on `kamgen`.
(function () {
  "use strict";

  const kamgen = (window.kamgen = {});

  // The words are English; numbers and the order of names follow the workspace's locale.
  kamgen.locale = once(() => {
    const page = document.querySelector(".kg[data-kg-locale]");
    try {
      return Intl.getCanonicalLocales(page ? page.dataset.kgLocale : document.documentElement.lang)[0] || "en";
    } catch {
      return "en";
    }
  });

  kamgen.compare = (a, b) => collator().compare(a, b);

  const collator = once(() => new Intl.Collator(kamgen.locale(), { numeric: true, sensitivity: "base" }));

  kamgen.number = (value) => numbers().format(value);

  const numbers = once(() => new Intl.NumberFormat(kamgen.locale(), { numberingSystem: "latn", useGrouping: "always" }));

  kamgen.count = (value, one, many = `${one}s`) => `${kamgen.number(value)} ${value === 1 ? one : many}`;

  // The number that a text in the page's locale stands for; NaN when it is more than a number.
  kamgen.parse = (words) => {
    const plain = words.replace(/[\s']/g, "").replace("\u2212", "-").split(signs().group).join("");
    return /\d/.test(plain) ? Number(plain.replace(signs().decimal, ".")) : NaN;
  };

  const signs = once(() => {
    const parts = numbers().formatToParts(1234567.8);
    const sign = (kind) => parts.find((part) => part.type === kind).value;
    return { group: sign("group").trim() || " ", decimal: sign("decimal") };
  });

  function once(make) {
    let made;
    return () => (made === undefined ? (made = make()) : made);
  }

  // Runs a step with our pages that it has not seen: when the document stands, and again when instant navigation has
  // put in another. A step adds listeners only to what is on the page, so that they go with it.
  kamgen.onPage = (step) => {
    const seen = new WeakSet();
    const run = () => {
      const fresh = Array.from(document.querySelectorAll(".kg")).filter((page) => !seen.has(page));
      fresh.forEach((page) => seen.add(page));
      step(fresh);
    };
    const soon = () => queueMicrotask(run); // never before the last part of the script is there
    if (window.document$ && window.document$.subscribe) window.document$.subscribe(soon);
    else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", soon);
    else soon();
  };

  kamgen.make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // --- What an element says ----------------------------------------------------------------------

  const LEFT_OUT = "svg, details.kg-what, .kg-edit, .kg-say, .kg-mine, .headerlink, [aria-hidden='true']";
  const APART = "br, dd, div, dt, li, p";

  // The words of an element in one line, without pictures (unless there is nothing else), explanations and signs.
  kamgen.text = (element) => {
    if (!element.firstElementChild) return tidy(element.textContent);
    const picture = element.querySelector("svg > title");
    return tidy(gather(element)) || (picture ? tidy(picture.textContent) : "");
  };

  function gather(element) {
    let said = "";
    element.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) said += node.data;
      else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(LEFT_OUT)) {
        said += node.matches(APART) ? ` ${gather(node)} ` : gather(node);
      }
    });
    return said;
  }

  function tidy(words) {
    return words.replace(/\s+/g, " ").trim();
  }

  // For comparing words: without accents and capitals, so that "osterreich" finds "Österreich".
  kamgen.fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
})();
