"""The 30-day review as a dialogue.

It goes the way of the meeting: the point to reach, what is due and what became of it, the verdict, the next 90 days,
who was there. It asks, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import click
from pydantic_core import PydanticCustomError

from kamgen.commands.asking import answered, ask
from kamgen.commands.fields import REVIEW, field
from kamgen.commands.known import Known, Named, open_things, plain
from kamgen.errors import KamgenError
from kamgen.facts.agenda import AHEAD
from kamgen.facts.gates import gate_days
from kamgen.facts.plans import has_plan, owners
from kamgen.facts.reviews import plan_review
from kamgen.facts.texts import shown
from kamgen.model.account import Plan
from kamgen.model.days import as_written
from kamgen.model.portfolio import Account, Portfolio
from kamgen.model.values import NEVER, parse_day
from kamgen.project import Clock
from kamgen.read.workspace import read_workspace
from kamgen.report import counted

STEPS = frozenset({"action", "stage", "goal"})
_BECOMES = {"done": "done", "later": "later", "move": "later", "x": "dropped", "dropped": "dropped"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """The review that is held: of which account, on which day, and what is known of the workspace."""

    portfolio: Portfolio
    account: Account
    known: Known
    on: date

    @property
    def as_of(self) -> date:
        """Today."""
        return self.portfolio.as_of

    @property
    def plan(self) -> Plan:
        """The plan under review."""
        return self.account.plan or Plan()


def hold(root: Path, clock: Clock, name: str, on: str | None, answers: dict[str, Any]) -> None:
    """Put the review of an account, as a slip has it, into `answers`, one answer after the other.

    Whoever stops midway has what was said till then. `on` is the day of the review (None: today). Raises KamgenError
    where there is no plan to review, and click's Abort where somebody stops.
    """
    meeting = _meeting(root, clock, name, on)
    _open(meeting)
    slug = meeting.account.slug
    answers["account"], answers["outcomes"] = slug, []
    for outcome in chain(_asked_one_by_one(meeting), _asked_beside(meeting)):
        answers["outcomes"].append(outcome)
    answers.update(_period(meeting))
    click.echo()
    answers["held_by"] = ask(field(REVIEW, "held_by"), meeting.known, slug, default=_who_held_the_last(meeting))


def _meeting(root: Path, clock: Clock, name: str, on: str | None) -> Meeting:
    known = Known(root, clock)
    slug = known.slug(name)
    portfolio = read_workspace(root, clock.day).portfolio
    account = portfolio.accounts[slug]
    if account.unread & {"account", "plan"}:
        said = f"There are mistakes in the plan of {account.name}."
        raise KamgenError(f"{said} Put them right first: kamgen check {slug}")
    if not has_plan(account):
        home = f"accounts/{slug}/plan.yml"
        raise KamgenError(f"{account.name} has no plan, so there is nothing to review. Write one in {home}.")
    return Meeting(portfolio, account, known, parse_day(on) if on else portfolio.as_of)


def _open(meeting: Meeting) -> None:
    last = plan_review(meeting.portfolio, meeting.account).last
    days = f"the last one was on {last}, {counted((meeting.on - last).days, 'day')} before" if last else "the first"
    click.echo(f"{plain(meeting.account.name)}: review of {meeting.on} ({days})")
    if period := meeting.plan.period:
        is_over = period.ends < meeting.as_of
        click.echo(f"\nThe point {'that was to be reached' if is_over else 'to reach'} by {period.ends}:")
        click.echo(f"  {plain(period.reach) or 'nobody has said what it is'}")


# --- What became of each


def _near_and_far(meeting: Meeting) -> tuple[list[Named], list[Named]]:
    """What is overdue, due by the next review or without a day, the earliest first; and what comes later."""
    gate = gate_days(meeting.portfolio, meeting.account).days[0]
    found = sorted(open_things(meeting.account, STEPS), key=lambda one: one.due or date.max)
    soon = [one for one in found if one.due is None or one.due <= gate]
    return soon, [one for one in found if one.due and one.due > gate]


def _asked_one_by_one(meeting: Meeting) -> Iterator[dict[str, str]]:
    soon, _ = _near_and_far(meeting)
    if not soon:
        click.echo("\nNothing is overdue, and nothing is due before the next review.")
        return
    click.echo("\nWhat is overdue or due before the next review. Type d for done, l for later, x for dropped;")
    click.echo("with Enter alone it stays as it is.")
    for number, one in enumerate(soon, 1):
        click.echo(f"\n{number} of {len(soon)}: {_line(meeting, one)}")
        became = click.prompt("  What became of it", default="", show_default=False, value_proc=_became)
        if became:
            yield _outcome(meeting, one, became)


def _asked_beside(meeting: Meeting) -> Iterator[dict[str, str]]:
    """What comes later may be done already, or have moved; what lies beyond the next 90 days is not asked for."""
    _, later = _near_and_far(meeting)
    left = [one for one in later if one.due and one.due <= meeting.as_of + AHEAD]
    if not left:
        return
    click.echo("\nAfter that:")
    for number, one in enumerate(left, 1):
        click.echo(f"  {number:>2}  {one.due}  {shown(plain(one.words))}")
    told: set[int] = set()
    while number := click.prompt(
        "Is any of these done, moved or dropped (its number; Enter: no)",
        default="",
        show_default=False,
        value_proc=partial(_number, most=len(left), told=told),
    ):
        told.add(number)
        became = answered("  Done (d), later or sooner (l), dropped (x), or Enter: none of these", _became, skip=True)
        if became:
            yield _outcome(meeting, left[number - 1], became)


def _line(meeting: Meeting, one: Named) -> str:
    when = "No date" if not one.due else f"{'Overdue since' if one.due < meeting.as_of else 'Due'} {one.due}"
    return f"{when}: {plain(one.words)} ({plain(owners(meeting.portfolio, meeting.account, one.who))})"


def _became(text: str) -> str:
    word = text.strip().lower()
    if not word:
        return ""
    meant = next((became for start, became in _BECOMES.items() if start.startswith(word)), "")
    if not meant:
        raise click.UsageError("Type d for done, l for later or x for dropped, or Enter alone.")
    return meant


def _number(text: str, most: int, told: Collection[int]) -> int:
    if not text.strip():
        return 0
    if not text.strip().isdecimal() or not 1 <= int(text) <= most:
        raise click.UsageError(f"Type a number from 1 to {most}, or Enter alone.")
    if int(text) in told:
        raise click.UsageError("You have said what became of that one.")
    return int(text)


def _outcome(meeting: Meeting, one: Named, became: str) -> dict[str, str]:
    if became == "done":
        return {"item": one.name, "done": _day("  Done on", meeting, past=True, default=meeting.on)}
    if became == "later":
        to = _day("  New date", meeting, past=False)
        return {"item": one.name, "to": to, "why": _words("  Why, in a sentence")}
    return {"item": one.name, "dropped": "true", "why": _words("  Why, in a sentence")}


def _words(question: str) -> str:
    return str(answered(question, str.strip))


def _day(question: str, meeting: Meeting, past: bool, default: date | None = None) -> str:
    """A day that is answered: one that has come, or one that is still to come."""

    def understood(text: str) -> str:
        try:
            day = parse_day(as_written(text, lambda: meeting.as_of))
        except PydanticCustomError as error:
            raise click.UsageError(f'"{text}": {error.message()}.') from error
        if past and day > meeting.as_of:
            raise click.UsageError(f"{day} is still to come: type a day up to {meeting.as_of}.")
        if not past and day < meeting.as_of:
            raise click.UsageError(f"{day} has passed: type a day from {meeting.as_of} on.")
        return day.isoformat()

    return str(answered(question, understood, str(default) if default else None))


# --- The point to reach


def _period(meeting: Meeting) -> dict[str, str]:
    """The verdict on the point to reach, where it is over or shall be closed, and the next one."""
    period = meeting.plan.period
    click.echo()
    verdict: dict[str, str] = {}
    if period is None:
        click.echo("There is no point to reach yet.")
    elif period.ends < meeting.as_of or click.confirm(f"Close the 90 days now, before they end on {period.ends}?"):
        question = f'Was it reached: "{shown(plain(period.reach))}"' if period.reach else "Was it reached"
        reached = answered(f"{question} (yes, partly, no)", _verdict)
        verdict = {"reached": reached, "because": _because(reached)}
    else:
        return {}
    question = "The next point to reach, as the customer will see it (Enter: none for now)"
    if reach := answered(question, str.strip, skip=True):
        return {**verdict, "reach": reach, "ends": _day("By", meeting, past=False, default=_next_end(meeting))}
    return verdict


def _because(reached: str) -> str:
    """What explains the verdict; of a success nobody has to say it."""
    if reached != "yes":
        return _words("Because, in a sentence")
    return str(answered("Because (Enter: nothing to add)", str.strip, skip=True))


def _verdict(text: str) -> str:
    words = ("yes", "partly", "no")
    found = next((word for word in words if word.startswith(text.strip().lower())), "")
    if not found:
        raise click.UsageError(f"Type {', '.join(words[:-1])} or {words[-1]}.")
    return found


def _next_end(meeting: Meeting) -> date:
    rhythm = meeting.portfolio.settings.rhythm.period
    return meeting.on + (rhythm if rhythm < NEVER else AHEAD)


def _who_held_the_last(meeting: Meeting) -> str | None:
    """Whoever held the last review and is still there; else the manager."""
    staying = {one.name for one in meeting.known.ours()}
    last = [name for name in meeting.plan.reviewed_by if name in staying]
    return ", ".join(last) or next((name for name in [meeting.account.record.manager] if name in staying), None)
