"""What arrives from people who never see git: an issue or a mail into a slip, applied and answered.

From top to bottom: who sent it, may they, what does it say, apply it, answer. Nothing of it is trusted. Who may is
decided by playbook/team.yml alone, before anything else is looked at; who says so is whoever sent it, and nobody can
choose that; `slips` writes accounts only; and what is answered repeats words of others as plain text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kamgen.edit.slips.concerned import Concerned
from kamgen.edit.workspace import stays
from kamgen.errors import KamgenError
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Portfolio
from kamgen.model.slip_fields import FormField, form_fields
from kamgen.model.slips import SLIPS, Slip
from kamgen.project import Clock
from kamgen.read.files import Disk
from kamgen.read.filled import Filled, filled_in, is_slip
from kamgen.read.issue import Message, NotASlip, Refused, Source, read_message
from kamgen.read.workspace import Read, read_workspace
from kamgen.report.markdown import COMMENT, escaped
from kamgen.slips import Applied, apply_slips

Outcome = Literal["applied", "already", "agreement-needed", "refused", "ignored"]
Route = Literal["main", "pull-request", "none"]

TEAM = "playbook/team.yml"
_SERVERS: Mapping[Source, str] = {"github": "GitHub", "gitlab": "GitLab", "email": "e-mail"}
_LINE = 1_000  # characters of one line of an answer
# What would still be heard or followed after escaping: @names, #numbers, addresses. A sign without width stops it.
_WAKES = re.compile(r"(&#(?:35|36|38|58|64|126);|[!%^](?=\w)|\bwww(?=\.)|\bGH(?=-\d))", re.IGNORECASE)
_JOINERS = "\u200c\u200d"  # without width as well, but many scripts and some emoji need them


@dataclass(frozen=True, slots=True)
class Handled:
    """What came of a message.

    `route` says where the change belongs: on the main branch, or on `branch` until somebody has agreed. `title` is the
    line for a commit, in our own words. `answer` is Markdown for whoever sent it; `ignored` needs none. `files` are
    those that changed, below the root of the workspace.
    """

    outcome: Outcome
    answer: str
    route: Route = "none"
    branch: str = ""
    title: str = ""
    files: tuple[str, ...] = ()
    number: int | None = None

    def json(self) -> str:
        """All of it as JSON, format 1: fields are added, never changed."""
        told = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({"format": 1, **told}, ensure_ascii=False, indent=2) + "\n"


def apply_issue(root: Path, clock: Clock, path: Path, dry_run: bool = False, trust_mail: bool = False) -> Handled:
    """Apply what stands in the file of an issue or a mail, once, and say what to answer.

    `trust_mail`: whoever saved the file has made sure that the mail comes from where it says. Raises KamgenError where
    the command is wrong: no such file, or a mail that nobody has checked.
    """
    message: Message | None = None
    try:
        message = read_message(path)
        if not is_slip(message.text, message.source):
            raise NotASlip("This is no slip, so nothing was done.")
        if message.source == "email" and not trust_mail:
            raise KamgenError(_UNCHECKED)
        return _handled(root, clock, message, dry_run)
    except NotASlip as reason:
        return Handled("ignored", f"{inert(str(reason))}\n", number=message.number if message else None)
    except Refused as reason:
        return _refused(str(reason), message)


_UNCHECKED = (
    "Anybody can write any sender into a mail. Give --trust-mail once whatever saves the mails keeps only those whose "
    "sender was checked (DKIM or DMARC)."
)


def _handled(root: Path, clock: Clock, message: Message, dry_run: bool) -> Handled:
    read = read_workspace(root, clock.day, Concerned(Disk(root.resolve()), root.resolve(), ()))
    person = _who(read, message)
    filled = filled_in(message.text, message.source)
    slip = _slip(filled, person, read.portfolio)
    try:
        applied = apply_slips(root, clock, [slip], dry_run)
    except KamgenError as reason:
        raise Refused(str(reason)) from reason
    told = _Told(read.portfolio.person_name(None, person), person, message, filled)
    return told.already(applied) if not applied.files else told.applied(applied, slip)


# --- Who may, and what they say -------------------------------------------------------------------------


def _who(read: Read, message: Message) -> str:
    """The id of the one of ours who sent a message; Refused for everybody else."""
    if any(problem.place and problem.place.path == TEAM for problem in read.problems):
        # A last day that cannot be read would let somebody in who has left.
        raise Refused(f"There are mistakes in {TEAM}, so nobody can tell who may. Put them right first: kamgen check")
    team = read.portfolio.playbook.team or {}
    found = [name for name, person in team.items() if _is_of(person, message)]
    server = _SERVERS[message.source]
    if not found:
        raise Refused(
            f"Only our people may change accounts, and nobody in {TEAM} has the {_called(message.source)} "
            f'"{message.author}". If you are one of them, ask whoever looks after that file to add it to your entry.'
        )
    if len(found) > 1:
        raise Refused(f"Several people in {TEAM} have the same {_called(message.source)}. It can be one person's only.")
    if not stays(team[found[0]], read.portfolio.as_of):
        raise Refused(f"By {TEAM} you are no longer with us, so {server} cannot change accounts in your name.")
    return found[0]


def _called(source: Source) -> str:
    return "address" if source == "email" else f"name at {_SERVERS[source]}"


def _is_of(person: Person, message: Message) -> bool:
    """Whether a name or an address is theirs. Only plain letters are alike in upper and lower case."""
    known = getattr(person, message.source).removeprefix("@")
    return bool(known) and _folded(known) == _folded(message.author)


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else name


def _slip(filled: Filled, person: str, portfolio: Portfolio) -> Slip:
    said = filled.values.get("by", "")
    if said and said.casefold() not in (person, portfolio.person_name(None, person).casefold()):
        raise Refused(f'A slip counts as said by whoever sends it. Leave the field that says "{said}" out.')
    try:
        return SLIPS[filled.kind].model_validate({**filled.tree(portfolio.as_of), "by": person})
    except ValidationError as failed:
        wrong = failed.errors(include_url=False)
        raise Refused(" ".join(_wrong(filled.kind, error) for error in wrong[:3])) from failed


def _wrong(kind: str, error: ErrorDetails) -> str:
    """What is wrong with a field, in the words of its form."""
    keys = [str(step) for step in error["loc"]]
    asked = next((one for one in form_fields(kind) if one.key in keys), FormField(keys[-1], keys[-1]))
    if error["type"] == "missing":
        return f'"{asked.label}" is missing ({asked.told}).'
    if error["type"] == "literal_error":
        return f'"{asked.label}" is "{error["input"]}"; it can be {", ".join(asked.choices)}.'
    said = error["msg"] if error["type"].startswith("KAM") else "this cannot be used here"
    return f'"{asked.label}" is "{error["input"]}": {said}{"" if said.endswith("?") else "."}'


# --- The answer -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """Words for somebody whose slip was taken."""

    name: str
    person: str
    message: Message
    filled: Filled

    def applied(self, applied: Applied, slip: Slip) -> Handled:
        account = applied.answers[0].account
        needs_agreement = type(slip).agreement
        first = f"Thank you, {inert(self.name)}. "
        first += "This needs somebody else's agreement:" if needs_agreement else "This is written down:"
        return Handled(
            "agreement-needed" if needs_agreement else "applied",
            _joined([first, *_changes(applied), *self._also(applied)]),
            "pull-request" if needs_agreement else "main",
            f"kamgen/{self.message.name}",
            f"{account}: {self.filled.kind} ({self.person}, {self.message.name.replace('-', ' ')})",
            applied.files,
            self.message.number,
        )

    def already(self, applied: Applied) -> Handled:
        first = f"Thank you, {inert(self.name)}. All of this stood there already, so nothing had to be changed."
        return Handled("already", _joined([first, *self._also(applied)]), number=self.message.number)

    def _also(self, applied: Applied) -> Iterator[str]:
        """What the slip's kind has to say, and what was not taken."""
        yield _list([line for answer in applied.answers for line in answer.lines])
        if self.filled.left_out:
            quoted = [f'"{text}"' for text in self.filled.left_out]
            yield f"Left out, since it belongs to no field:\n\n{_list(quoted)}"


def _refused(reason: str, message: Message | None) -> Handled:
    again = "Edit the text above, and it is tried again." if message and message.number else "Then send it again."
    answer = _joined([f"This was not written down, and nothing was changed. {inert(reason)}", again])
    return Handled("refused", answer, number=message.number if message else None)


def _changes(applied: Applied) -> Iterator[str]:
    for one in applied.changes:
        yield f"**{inert(one.name)}**\n\n{_list([change.text for change in one.changes])}"


def _list(lines: Iterable[str]) -> str:
    """A line each; one that ends with a colon announces the others."""
    told = (line.removeprefix("- ") for line in lines)
    return "\n".join(f"\n{inert(line)}\n" if line.endswith(":") else f"- {inert(line)}" for line in told).strip("\n")


def _joined(parts: Iterable[str]) -> str:
    """The parts as paragraphs, as far as they fit into a comment."""
    text = "\n\n".join(part for part in parts if part)
    if len(text) > COMMENT:
        text = text[:COMMENT].rpartition("\n")[0] + "\n\n… and more than fits in here."
    return f"{text}\n"


def inert(text: str) -> str:
    """Words of others on one line of Markdown: they read as they were written, and nothing in them does anything.

    No markup, no HTML, no links, nobody is called by an @name, no issue is closed or mentioned by its number.
    """
    seen = (c for c in text if c in _JOINERS or c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    plain = " ".join("".join(seen).split())
    if len(plain) > _LINE:
        plain = plain[: _LINE - 1] + "…"
    return _WAKES.sub(r"\1&#8203;", escaped(plain))
