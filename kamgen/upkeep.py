"""The rest of the year: closing it, and giving things other names. Read, draft, read the result, refuse or write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamgen.edit import renaming, yearend
from kamgen.edit.draft import Draft
from kamgen.edit.safety import in_words, new_errors
from kamgen.edit.sheet import Keys
from kamgen.edit.workspace import account_slug
from kamgen.errors import KamgenError
from kamgen.facts.closing import year_end
from kamgen.facts.texts import printable
from kamgen.finding import Finding
from kamgen.model.account import Plan
from kamgen.model.portfolio import Account, Portfolio
from kamgen.project import Clock, with_history
from kamgen.read.moved import Moved, moved
from kamgen.read.workspace import EXPORT_CAP_KB, Read, read_workspace
from kamgen.report import counted

_NOUNS = {
    "past_periods": ("period", "periods"),
    "intentions": ("goal", "goals"),
    "implementation": ("action", "actions"),
    "decisions": ("decision", "decisions"),
}
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: a line for each account or thing, and the files, below the root, that it touched."""

    lines: tuple[str, ...]
    files: tuple[str, ...]
    dry_run: bool

    def text(self) -> str:
        """All of it for a person at a terminal."""
        said = "Would be written" if self.dry_run else "Written"
        files = [f"  {name}" for name in self.files[:MOST_NAMED]]
        if more := len(self.files) - len(files):
            files.append(f"  and {counted(more, 'file')} more")
        lines = [*self.lines, *([f"{said}:", *files] if files else ["Nothing was written."])]
        return "\n".join(map(printable, lines)) + "\n"


# --- Closing a year ------------------------------------------------------------------------------------------------


def close_year(root: Path, clock: Clock, year: int | None, accounts: Sequence[str], dry_run: bool = False) -> Kept:
    """Move what ended in a year (None: last year) out of the plans of some accounts (none named: of all).

    Raises KamgenError where the year is not over, where an account is not known, where a file cannot be edited, and
    where the files would then not say the same as before.
    """
    root = root.resolve()
    before = read_workspace(root, clock.day)
    portfolio = with_history(root, before.portfolio)
    wanted = portfolio.as_of.year - 1 if year is None else year
    if wanted >= portfolio.as_of.year:
        raise KamgenError(f"{wanted} is not over yet: it can be closed from 1 January {wanted + 1}.")
    draft = Draft(root, portfolio.settings.limits)
    closed = {one.slug: _closed(draft, portfolio, one, wanted) for one in _asked_for(portfolio, accounts)}
    after = read_workspace(root, clock.day, draft.files)
    _refuse_errors(new_errors(before, after))
    _refuse_losses(before, after)
    files = _below(root, draft.changed)
    if not dry_run:
        draft.write()
    lines = [_closed_in_words(portfolio.accounts[slug], wanted, paths) for slug, paths in closed.items() if paths]
    return Kept(tuple(lines) or (f"Nothing that ended in {wanted} is left to move.",), files, dry_run)


def _asked_for(portfolio: Portfolio, names: Sequence[str]) -> Iterator[Account]:
    for name in names or portfolio.accounts:
        yield portfolio.accounts[account_slug(name, portfolio.accounts)]


def _closed(draft: Draft, portfolio: Portfolio, account: Account, year: int) -> tuple[Keys, ...]:
    if account.plan is None:
        return ()
    if account.unread & {"account", "plan"}:
        raise KamgenError(
            f"There are mistakes in the plan of {account.name}, so nobody can tell what ended. "
            f"Put them right first: kamgen check {account.slug}"
        )
    return yearend.close_year(draft, portfolio, account, year_end(portfolio, account, year))


def _refuse_losses(before: Read, after: Read) -> None:
    """Every entry of every plan stands in exactly one file, as it stood before; only then anything is written."""
    for slug, account in before.portfolio.accounts.items():
        if _entries(account) != _entries(after.portfolio.accounts[slug]):
            raise KamgenError(f"Nothing was written: the plan of {account.name} would no longer say the same.")


def _entries(account: Account) -> tuple[Mapping[str, object], Counter[str]]:
    plan = account.plan or Plan()
    items = [*plan.implementation, *plan.past_periods, *plan.decisions]
    return plan.intentions, Counter(item.model_dump_json() for item in items)


def _closed_in_words(account: Account, year: int, paths: Sequence[Keys]) -> str:
    numbers = Counter(path[1] for path in paths)
    told = [
        f"{numbers[part]} {many if numbers[part] > 1 else one}"
        for part, (one, many) in _NOUNS.items()
        if part in numbers
    ]
    listed = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
    return f"{account.name}: {listed} of {year} moved to plan-{year}.yml."


# --- Another name --------------------------------------------------------------------------------------------------


def rename(root: Path, clock: Clock, kind: str, old: str, new: str, dry_run: bool = False) -> Kept:
    """Give an account, one of our people or something in an account (`old`: ACCOUNT/ID) another name.

    Raises KamgenError where there is no such thing, where the new name cannot be, and where the files would then hold
    a mistake that they do not hold now.
    """
    root = root.resolve()
    before = read_workspace(root, clock.day)
    portfolio = before.portfolio
    # Exports are larger than other files.
    draft = Draft(root, portfolio.settings.limits.model_copy(update={"file_size_kb": EXPORT_CAP_KB}))
    done = _renamed(draft, portfolio, kind, old, new)
    after = read_workspace(root, clock.day, Moved(draft.files, done.moves))
    _refuse_errors(new_errors(before, after, done.follow))
    files = _below(root, {moved(path, done.moves) for path in (*done.moves, *draft.changed)})
    if not dry_run:
        draft.write(done.moves)
    return Kept((f"{old.rpartition('/')[2]} is now {new}.",), files, dry_run)


def _renamed(draft: Draft, portfolio: Portfolio, kind: str, old: str, new: str) -> renaming.Renamed:
    if kind == "account":
        return renaming.rename_account(draft, portfolio, old, new)
    if kind == "person":
        return renaming.rename_person(draft, portfolio, old, new)
    account, slash, word = old.partition("/")
    if not slash:
        raise KamgenError(f'"{old}" does not say in which account: write ACCOUNT/ID, such as ernst-handel/{old}.')
    return renaming.rename_item(draft, portfolio, account, word, new)


# --- What both share -----------------------------------------------------------------------------------------------


def _refuse_errors(found: Sequence[Finding]) -> None:
    if found:
        raise KamgenError(f"Nothing was written. {in_words(found)}")


def _below(root: Path, paths: Iterable[Path]) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(root).as_posix() for path in paths))
