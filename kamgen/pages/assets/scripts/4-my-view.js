// My view: the reader says once who they are; then lists and tables start with what is theirs.
//   <div data-kg-me>                 links to the people's pages, each with data-kg-person="id": becomes "I am …"
//   <p data-kg-is="id">              on the page of a person: offers "This is me"
//   <ul|ol|table data-kg-mine>       its items or rows with data-kg-who="id id": the reader's come first
(function () {
  "use strict";

  const { kamgen } = window;
  const { make, reader } = kamgen;
  const updates = new WeakMap(); // from a place where the reader is chosen to what brings it up to date

  kamgen.onPage((pages) => {
    pages.forEach((page) => {
      page.querySelectorAll("[data-kg-me]").forEach(offerChoice);
      page.querySelectorAll("[data-kg-is]").forEach(offerThisPerson);
      page.querySelectorAll("[data-kg-mine]").forEach(kamgen.arrange);
    });
  });

  reader.onChange(() => {
    document.querySelectorAll("[data-kg-me], [data-kg-is]").forEach((place) => {
      if (updates.has(place)) updates.get(place)();
    });
    document.querySelectorAll("[data-kg-mine]").forEach(kamgen.arrange);
  });

  // --- Saying who one is -------------------------------------------------------------------------

  function offerChoice(place) {
    const people = Array.from(place.querySelectorAll("a[data-kg-person]"));
    if (!people.length) return;
    const field = make("select", {}, new Option("choose your name", ""));
    people.forEach((person) => field.add(new Option(kamgen.text(person), person.dataset.kgPerson)));
    const page = make("a", { className: "kg-my-page" });
    const leave = forgetButton(() => field.focus());
    const mine = make("span", { className: "kg-me-known" }, page, " ", leave);
    const words = make("span", { className: "kg-me-words" });
    words.setAttribute("role", "status");
    const choice = make("div", { className: "kg-me" }, make("label", {}, "I am ", field), mine, words);

    field.addEventListener("change", () => reader.choose(field.value));
    const update = () => {
      const person = people.find((one) => one.dataset.kgPerson === reader.id());
      field.value = person ? reader.id() : "";
      mine.hidden = !person;
      if (person) {
        page.textContent = `My page: ${kamgen.text(person)}`;
        page.href = person.getAttribute("href");
      }
      words.textContent = person ? "Lists start with what is yours." : "";
    };
    updates.set(place, update);
    update();
    Array.from(place.children).forEach((child) => (child.hidden = !child.matches("h2, h3, h4")));
    place.append(choice);
  }

  function offerThisPerson(place) {
    const words = make("span", { textContent: "This is your page. Lists start with what is yours. " });
    const leave = forgetButton(() => choose.focus());
    const choose = make("button", { type: "button", className: "kg-quiet", textContent: "This is me" });
    choose.addEventListener("click", () => {
      reader.choose(place.dataset.kgIs);
      leave.focus();
    });
    const update = () => {
      const known = reader.id() === place.dataset.kgIs;
      words.hidden = leave.hidden = !known;
      choose.hidden = known;
    };
    place.append(make("span", { className: "kg-me" }, words, leave, choose));
    place.hidden = false;
    updates.set(place, update);
    update();
  }

  function forgetButton(then) {
    const button = make("button", { type: "button", className: "kg-quiet", textContent: "Not me" });
    button.addEventListener("click", () => {
      reader.forget();
      then();
    });
    return button;
  }

  // --- What is theirs comes first ----------------------------------------------------------------

  const originals = new WeakMap(); // from a list or the body of a table to its items, in the order of the page

  // The lists in a container: itself, or the bodies of a table, which are kept apart. What is no item keeps its place:
  // a row that heads a body, or words among sections.
  kamgen.lists = (container) => {
    const places = container.tBodies ? Array.from(container.tBodies) : [container];
    return places.map((place) => {
      if (!originals.has(place)) originals.set(place, Array.from(place.children).filter(isItem));
      return { place, items: originals.get(place) };
    });
  };

  function isItem(element) {
    if (element.matches("tr")) return !element.querySelector(":scope > th[scope='rowgroup']");
    return element.matches("li") || "kgWho" in element.dataset;
  }

  // Puts the items in the order of the page, the reader's first. What the reader has sorted stays as they sorted it.
  kamgen.arrange = (container) => {
    const own = "kgMine" in container.dataset;
    kamgen.lists(container).forEach(({ place, items }) => {
      const first = own ? items.filter(reader.owns) : [];
      if (own) items.forEach((item) => mark(item, first.includes(item)));
      if ("kgSorted" in container.dataset) return;
      kamgen.order(place, first.concat(items.filter((item) => !first.includes(item))));
      if (own && place.matches("ol")) keepNumbers(items, first.length > 0);
    });
  };

  // A ranked list keeps its numbers: whoever reads their own item first still sees that it is the fourth.
  function keepNumbers(items, moved) {
    items.forEach((item, index) => (moved ? (item.value = index + 1) : item.removeAttribute("value")));
  }

  // Puts all items of a place in an order, in one step, and only where it changes something.
  kamgen.order = (place, items) => {
    const all = new Set(items);
    const now = Array.from(place.children).filter((child) => all.has(child));
    if (now.every((item, index) => item === items[index])) return;
    const focused = place.contains(document.activeElement) ? document.activeElement : null;
    const after = now[now.length - 1].nextSibling;
    const moved = document.createDocumentFragment();
    moved.append(...items);
    place.insertBefore(moved, after);
    if (focused) focused.focus({ preventScroll: true }); // what moves loses the focus
  };

  function mark(item, yours) {
    const sign = item.querySelector(".kg-mine");
    if (yours === (sign !== null)) return;
    item.classList.toggle("kg-yours", yours);
    if (sign) sign.remove();
    else beginning(item.cells ? item.cells[0] : item).prepend(signOf());
  }

  // Where the words of an item begin, so that the sign stands in their line.
  function beginning(element) {
    const first = Array.from(element.childNodes).find((node) => node.textContent.trim());
    return first instanceof Element && first.matches("div, header, h2, h3, h4, h5, p") ? beginning(first) : element;
  }

  function signOf() {
    const sign = make("span", { className: "kg-mine", title: "yours" });
    sign.append(make("span", { className: "kg-unseen", textContent: "yours: " }));
    return sign;
  }
})();
