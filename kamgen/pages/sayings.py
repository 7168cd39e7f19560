"""What can be said about each thing on a page: quiet links beside it, each opening a form with what is known filled in.

What is said most stands open ("Done"), the rest behind three dots. Read aloud, a link is its word and the text that it
stands beside. Without a place to which slips are sent there is nothing at all. These are functions and no macros
because a large account shows a hundred of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from kamgen.facts.agenda import Asked
from kamgen.facts.namesakes import namesakes
from kamgen.facts.progress import sales_family
from kamgen.facts.swot import CLAIMS
from kamgen.model.account import Action, Contact, Decision, Goal, StageGoal, SwotItem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Note
from kamgen.pages import Site
from kamgen.pages.slips import address
from kamgen.pages.words import KINDS


class Word(NamedTuple):
    """A word, the kind of slip that it opens, and the slip's field that names the thing."""

    word: str
    kind: str
    field: str = "item"


_TASK = (Word("Done", "done"), Word("Later", "move"), Word("Drop", "drop"))
_GOAL = (Word("Reached", "done"), Word("Later", "move"), Word("Drop", "drop"))
_READING = Word("Reading", "reading", "goal")
_CONTACT = (Word("Still true", "checked"), Word("Leaves", "leaves", "contact"))
_CLAIM = (Word("Still true", "checked"), Word("Leave for now", "drop"))
_COMPLAINT = (Word("Put right", "resolved", "complaint"),)
_DECISION = (Word("Decided", "decided", "decision"),)
_ACCOUNT = (
    Word("Note", "note"),
    Word("Complaint", "complaint"),
    Word("Opportunity or threat", "heard"),
    Word("Somebody new", "joined"),
    Word("Review held", "review"),
    Word("New stage", "stage"),
)


@dataclass(frozen=True, slots=True)
class Saying:
    """What stands beside one thing: `id` is the attribute that marks the thing's text, `links` what follows it.

    Both begin with a space where there is anything, so that without them a page stays as it was.
    """

    id: Markup
    links: Markup

    def marked(self, text: str) -> Markup:
        """The thing's text, marked where it has no element of its own."""
        return Markup("<span{}>{}</span>").format(self.id, text) if self.id else escape(text)


class _Thing(NamedTuple):
    """What a form is about: a thing of an account with its text, its id, and the name that means it alone."""

    account: str
    text: str
    id: str = ""
    name: str = ""


NOTHING = Saying(Markup(), Markup())


class Sayings:
    """What can be said on one page. It counts what it marked, since an id stands once on a page."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._target = site.slips
        self._marked = 0

    def action(self, account: Account, action: Action, brief: bool = False) -> Saying:
        """Done, later or dropped; where a list is long, done alone."""
        words = _TASK[:1] if brief else _TASK
        return self._about(account, ("plan", "implementation", action.id), action.what, words, True)

    def stage(self, account: Account, goal: str, stage: StageGoal) -> Saying:
        """Done, later or dropped: a stage of the goal with that id; nothing once it is closed."""
        if not stage.open:
            return NOTHING
        return self._about(account, ("plan", "intentions", goal, "stages", stage.id), stage.what, _TASK, True)

    def goal(self, account: Account, name: str, goal: Goal) -> Saying:
        """Reached, later or dropped; and what its measure shows, unless that comes from the sales."""
        typed = goal.measure and sales_family(goal) is None
        words = (_GOAL[0], _READING, *_GOAL[1:]) if typed else _GOAL
        return self._about(account, ("plan", "intentions", name), goal.goal, words)

    def contact(self, account: Account, name: str, contact: Contact) -> Saying:
        """Still true, or they leave."""
        return self._about(account, ("contacts", name), contact.name, _CONTACT)

    def claim(self, account: Account, quadrant: str, item: SwotItem) -> Saying:
        """Still true, or left for now; strengths and weaknesses are ours, and nobody has to say so again."""
        if quadrant not in CLAIMS or item.parked:
            return NOTHING
        return self._about(account, ("plan", "intelligence", quadrant, item.id), item.what, _CLAIM)

    def complaint(self, account: Account, note: Note) -> Saying:
        """Put right: a complaint that is open."""
        if note.head.kind != "issue" or note.head.resolved:
            return NOTHING
        return self._about(account, ("notes", note.id), note.title or KINDS["issue"], _COMPLAINT, True)

    def decision(self, account: Account, decision: Decision | Asked) -> Saying:
        """Decided: one that waits."""
        return self._about(account, ("plan", "decisions", decision.id), decision.ask, _DECISION, True)

    def account(self, account: Account) -> Markup:
        """Something changed: a menu for the account whose page this is."""
        if self._target is None:
            return Markup()
        menu = self._menu("<summary>Something changed</summary>", _ACCOUNT, _Thing(account.slug, account.name))
        return Markup(f" {menu}")

    def _about(
        self, account: Account, path: Sequence[str], text: str, words: Sequence[Word], in_sight: bool = False
    ) -> Saying:
        """The links beside one thing; the first stands open where it is `in_sight`."""
        if self._target is None:
            return NOTHING
        self._marked += 1
        mark = f"s{self._marked}"
        thing = _Thing(account.slug, text, path[-1], self._name(account, path))
        called = f' class="kg-say" id="{mark}a" aria-labelledby="{mark}a {mark}"'
        first = self._link(words[0], thing, called) if in_sight else ""
        more = self._menu(f'<summary aria-labelledby="{mark}">…</summary>', words[in_sight:], thing)
        # Dots on a line of their own would belong to nothing: they stay with the last word.
        space = " " if in_sight else "\N{NO-BREAK SPACE}"
        return Saying(Markup(f' id="{mark}"'), Markup(f"{space}{first}{more}"))

    def _name(self, account: Account, path: Sequence[str]) -> str:
        """A thing's id, or its whole path where another one is called the same."""
        whole = self._site.portfolio.accounts[account.slug]
        return subject(*path) if path[-1] in namesakes(self._site.portfolio, whole) else path[-1]

    def _menu(self, summary: str, words: Sequence[Word], thing: _Thing) -> str:
        links = " ".join([self._link(word, thing) for word in words])
        return f'<details class="kg-say">{summary}{links}</details>' if words else ""

    def _link(self, word: Word, thing: _Thing, called: str = "") -> str:
        """A link to the form; `called` are attributes that name its subject, as a menu does for all its links."""
        assert self._target
        name = thing.name if word.field == "item" else thing.id
        known = {"account": thing.account} | ({word.field: name} if name else {})
        url = address(self._target, word.kind, known, f"{word.word}: {thing.text}")
        # An address is percent-encoded throughout, so that & is all in it that HTML takes for its own.
        return f'<a{called} href="{url.replace("&", "&amp;")}">{word.word}</a>'
