// Dates that stay true while a page ages: "due in", "overdue by", "ago", and how old the site itself is.
(function () {
  "use strict";

  const { kamgen } = window;
  const DAY = 24 * 60 * 60 * 1000;
  const OLD = 7 * DAY;

  let told = today(); // the day that the words on the page speak from

  kamgen.onPage((pages) => {
    pages.forEach((page) => {
      shoutWhenOld(page);
      bringUpToDate(page);
    });
  });

  // A tab that was left open over the weekend is read again on Monday.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || told === today()) return;
    told = today();
    document.querySelectorAll(".kg").forEach(bringUpToDate);
  });

  // A static page ages without a sign of it: what was built long ago says so on top.
  function shoutWhenOld(page) {
    const built = document.querySelector(".kg-built");
    const age = built ? Date.now() - Date.parse(built.dateTime) : 0;
    if (!(age >= OLD)) return;
    const words = `This site was built ${days(Math.floor(age / DAY))} ago. What changed since is not on it.`;
    const shout = kamgen.make("p", { className: "kg-stale", textContent: words });
    shout.setAttribute("role", "status");
    page.prepend(shout);
  }

  function bringUpToDate(page) {
    const now = "kgFixed" in page.dataset ? dayNumber(page.dataset.kgAsOf) : today();
    page.querySelectorAll("[data-kg-due]").forEach((mark) => {
      const left = dayNumber(mark.dataset.kgDue) - now;
      say(mark, left === 0 ? "due today" : left > 0 ? `due in ${days(left)}` : `overdue by ${days(-left)}`);
      mark.classList.toggle("kg-late", left < 0);
    });
    page.querySelectorAll("[data-kg-when]").forEach((mark) => {
      const left = dayNumber(mark.dataset.kgWhen) - now;
      say(mark, left === 0 ? "today" : left > 0 ? `in ${days(left)}` : `${days(-left)} ago`);
    });
  }

  // Only what changed is written: on a site that was built today, that is nothing.
  function say(mark, words) {
    if (mark.textContent !== words) mark.textContent = words;
  }

  function days(number) {
    return kamgen.count(number, "day");
  }

  function dayNumber(iso) {
    return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
  }

  function today() {
    const now = new Date();
    return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY);
  }
})();
