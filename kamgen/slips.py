"""Slips into files, from top to bottom: read, draft, write each slip, read again, refuse or write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamgen.edit.draft import Draft
from kamgen.edit.safety import in_words, new_errors
from kamgen.edit.slips import kind_of, write
from kamgen.edit.slips.concerned import Concerned
from kamgen.edit.slips.desk import Desk
from kamgen.edit.slips.standing import standing
from kamgen.edit.workspace import Workspace
from kamgen.errors import KamgenError
from kamgen.facts.changes.workspace import AccountChanges, account_changes
from kamgen.facts.texts import printable, shown
from kamgen.finding import Finding
from kamgen.model.slips import Slip
from kamgen.project import Clock
from kamgen.read.files import Disk, Files
from kamgen.read.workspace import Read, read_workspace
from kamgen.report.diff.text import headed

# The fields that say what a slip is about; the first that it has is named.
_SUBJECTS = ("item", "contact", "complaint", "decision", "goal", "name", "title", "what", "stage", "rule")


class Refused(KamgenError):
    """Nothing was written. `number` is that of the slip, from 1 (0: all of them together); `finding` what it broke."""

    def __init__(self, why: str, number: int = 0, finding: Finding | None = None) -> None:
        super().__init__(why)
        self.number, self.finding = number, finding


@dataclass(frozen=True, slots=True)
class Answer:
    """What one slip has to say besides what changed; `already`: it was so before, and the slip changed nothing.

    Then `about` is the full name of what it is about, and `since` says since when it is so, as far as that is known.
    """

    slip: Slip
    account: str
    lines: tuple[str, ...] = ()
    already: bool = False
    about: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of slips: what changed by account, which files that touched (below the root), and the answers.

    With `dry_run` nothing of it is on the disk.
    """

    changes: tuple[AccountChanges, ...]
    files: tuple[str, ...]
    answers: tuple[Answer, ...]
    dry_run: bool = False

    def text(self) -> str:
        """All of it in account words, for a person at a terminal."""
        parts = [*_changed(self.changes), *_answered(self.answers), _written(self.files, self.dry_run)]
        return "\n\n".join(parts) + "\n"


def apply_slips(
    root: Path, clock: Clock, slips: Sequence[Slip], dry_run: bool = False, sources: Sequence[str] = ()
) -> Applied:
    """Write what slips say into the account files, one after the other, all of them or none.

    Slips that were applied before change nothing. `sources` say where each slip stands ("may.yml:3"), for messages.
    Raises Refused where one of them cannot be written, or where the files would then hold a mistake in their data that
    they do not hold now.
    """
    root = root.resolve()
    accounts = _accounts(root, slips, sources)
    before = _read(root, clock, Disk(root), accounts)
    draft = Draft(root, before.portfolio.settings.limits)
    answers = tuple(_each(draft, before, slips, accounts, sources))
    after = _read(root, clock, draft.files, accounts)
    if found := new_errors(before, after):
        raise Refused(in_words(found), 1 if len(slips) == 1 else 0, found[0])
    files = tuple(sorted(path.relative_to(root).as_posix() for path in draft.changed))
    if not dry_run:
        draft.write()
    told = (one for one in account_changes(before.portfolio, after.portfolio) if one.changes)
    return Applied(tuple(told), files, answers, dry_run)


def _accounts(root: Path, slips: Sequence[Slip], sources: Sequence[str]) -> list[str]:
    """The slug of each slip's account, which may be given by name, or by words of it."""
    place = Workspace(root)
    found = []
    for number, slip in enumerate(slips, 1):
        try:
            found.append(place.slug(slip.account))
        except KamgenError as error:
            raise Refused(_placed(str(error), slips, sources, number), number) from error
    return found


def _read(root: Path, clock: Clock, files: Files, accounts: Iterable[str]) -> Read:
    """The workspace as far as these accounts need it."""
    return read_workspace(root, clock.day, Concerned(files, root, frozenset(accounts)))


def _each(
    draft: Draft, read: Read, slips: Sequence[Slip], accounts: Sequence[str], sources: Sequence[str]
) -> Iterator[Answer]:
    """Write the slips into the draft, each onto what those before it have made."""
    for number, (slip, account) in enumerate(zip(slips, accounts, strict=True), 1):
        before = dict(draft.changed)
        desk = Desk(draft, read.portfolio, account)
        try:
            lines = write(desk, slip)
        except KamgenError as error:
            raise Refused(_placed(str(error), slips, sources, number), number) from error
        already = draft.changed == before
        yield Answer(slip, account, lines, already, *(standing(desk, kind_of(slip), slip) if already else ()))


# --- In words -------------------------------------------------------------------------------------------


def _placed(said: str, slips: Sequence[Slip], sources: Sequence[str], number: int) -> str:
    """What is wrong with a slip, with where it stands where there are several."""
    if sources:
        return f"{sources[number - 1]}: {said}"
    return f"Slip {number} ({kind_of(slips[number - 1])}): {said}" if len(slips) > 1 else said


def _changed(changes: Iterable[AccountChanges]) -> Iterator[str]:
    for one in changes:
        yield headed(one.name, (change.text for change in one.changes))


def _answered(answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        lines = [printable(line) for line in answer.lines]
        if answer.already and (answer.since or not lines):  # without a day, the lines say what stands there instead
            lines = [f"Already so: {_slip_in_words(answer)}", *lines]
        if lines:
            yield "\n".join(lines)


def _slip_in_words(answer: Answer) -> str:
    """A slip by its kind, its account and what it is about, and since when it is so."""
    typed = next((value for name in _SUBJECTS if (value := getattr(answer.slip, name, ""))), "")
    since = f"({answer.since})" if answer.since else ""
    parts = (kind_of(answer.slip), answer.account, answer.about or shown(str(typed)), since)
    return printable(" ".join(part for part in parts if part))


def _written(files: Sequence[str], dry_run: bool) -> str:
    if not files:
        return "Nothing was written."
    said = "Would be written" if dry_run else "Written"
    return f"{said}: {', '.join(files)}"
