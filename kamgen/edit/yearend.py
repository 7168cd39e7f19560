"""Closing a year: what ended in it goes from the plan to a file of that year, and a note says what came of it.

Every entry moves as it is written, with its comments; only its `id` is added, so that it keeps its name for ever.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import yaml

from kamgen.edit import spans
from kamgen.edit.draft import Draft, Home
from kamgen.edit.sheet import CannotEdit, Change, Entry, Keys, Sheet, in_brackets, indented, is_empty, sheet_of
from kamgen.facts.closing import YearEnd, newest_reading, year_told
from kamgen.model.account import Action, Decision, Goal, PastPeriod
from kamgen.model.portfolio import Account, Portfolio

_HEAD = (
    "# What ended in {year}, moved here from the plan by `kamgen close-year`.\n"
    "# It is still read as a part of the plan: links to it and references keep working.\n"
)
_VERDICTS = {"yes": "reached", "partly": "partly reached", "no": "not reached"}
_BEHIND = re.compile(r"[ \t]*,?[ \t]+(#.*)$")
# Signs that Markdown, or a template, would take for more than text.
_SIGNS = re.compile(r"[\\`*_\[\]<>#|~!{}&]")


def close_year(draft: Draft, portfolio: Portfolio, account: Account, end: YearEnd) -> tuple[Keys, ...]:
    """Move what ended in a year out of an account's plan, and write the note; gives the key paths of what moved.

    What was moved before stays where it is. Raises CannotEdit where a file is written in a way that a person has to
    change it.
    """
    if not end.paths:
        return ()
    home = draft.home(account.slug, ("plan", "implementation"))
    folder = draft.home(account.slug, ("audits", "")).path.rpartition("/audits/")[0]
    file = f"{folder}/plan-{end.year}.yml"
    if not (draft.root / home.path).is_file():
        return ()
    plan = draft.text(home.path)
    there = (draft.root / file).is_file()
    archive = draft.text(file) if there else _in_style(_HEAD.format(year=end.year), plan)
    entries = _entries(plan, home, end.paths)
    if not entries:
        return ()
    draft.replace(home.path, _taken(plan, home, entries))
    (draft.replace if there else draft.create)(file, _filed(archive, file, entries, home.path))
    _write_note(draft, portfolio, account, end, tuple(entries), folder)
    return tuple(entries)


# --- Moving --------------------------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    """An entry of the plan: its lines at the left edge, with its id, and what they say."""

    lines: list[str]
    value: Any


def _entries(plan: str, home: Home, paths: Iterable[Keys]) -> dict[Keys, _Entry]:
    """The entries at these key paths, as far as they stand in the plan's own file."""
    sheet = sheet_of(plan)
    found = {path: sheet.find(_below(home, path)) for path in paths}
    return {
        path: _entry(plan, home, path, spans.value_at(sheet.tree, way), _remark(sheet, way[-1]))
        for path, way in found.items()
        if len(way) == len(_below(home, path))
    }


def _remark(sheet: Sheet, here: Entry) -> list[str]:
    """What is remarked behind an entry between brackets: there it is no part of the entry's own lines."""
    found = _BEHIND.match(sheet.after(sheet.end(here.value))) if in_brackets(here.parent) else None
    return [found[1]] if found else []


def _below(home: Home, path: Keys) -> Keys:
    """The key path in the file that holds the plan."""
    return (*home.keys[:-1], *path[1:])


def _entry(plan: str, home: Home, path: Keys, value: Any, remark: list[str]) -> _Entry:
    try:
        lines = spans.excerpt(plan, _below(home, path)).removesuffix("\n").split("\n")
        text = _section(path[1], [*remark, *lines])
        if path[1] != "intentions" and not value.get("id"):
            text = spans.put(text, (*path[1:], "id"), path[-1])
            value = {**value, "id": path[-1]}
    except CannotEdit as error:
        raise CannotEdit(error.why, 0, home.path) from error
    return _Entry([line[2:] for line in text.removesuffix("\n").split("\n")[1:]], value)


def _section(name: str, lines: Iterable[str]) -> str:
    return "\n".join([f"{name}:", *indented(list(lines), 2), ""])


def _taken(plan: str, home: Home, paths: Iterable[Keys]) -> str:
    """The plan's file without these entries."""
    for path in paths:
        try:
            plan = spans.take_out(plan, _below(home, path))
        except CannotEdit as error:
            raise CannotEdit(error.why, error.line, home.path) from error
    return plan


def _filed(text: str, file: str, entries: Mapping[Keys, _Entry], plan: str) -> str:
    """The file of the year with these entries below all others; CannotEdit where they would not say the same there."""
    for name in dict.fromkeys(path[1] for path in entries):
        lines = [line for path, entry in entries.items() if path[1] == name for line in entry.lines]
        text = _with_lines(text, name, lines, file)
    sheet = sheet_of(text)
    for path, entry in entries.items():
        found = sheet.find(path[1:])
        if len(found) < len(path) - 1 or spans.value_at(sheet.tree, found) != entry.value:
            raise CannotEdit(f'"{path[-1]}" cannot be moved as it is written. Move it by hand to {file}.', 0, plan)
    return text


def _with_lines(text: str, name: str, lines: list[str], file: str) -> str:
    """A file with lines, as they stand at the left edge, at the end of a section."""
    sheet = sheet_of(text)
    found = sheet.find((name,))
    if found and is_empty(found[0].value):
        text, found = spans.take_out(text, (name,)), []
        sheet = sheet_of(text)
    if not found:
        end = sheet.line_end(len(sheet.lines) - 1)
        blank = "\n" if sheet.lines[-1] else ""
        return sheet.changed([Change(end, end, blank + _section(name, lines))])
    here = found[0].value
    if not isinstance(here, yaml.CollectionNode) or here.flow_style:
        why = f'Write what stands under "{name}" with one entry a line, and not between brackets. Then try again.'
        raise CannotEdit(why, here.start_mark.line + 1, file)
    column = here.start_mark.column
    end = sheet.line_end(sheet.last_line(here, column))
    return sheet.changed([Change(end, end, "".join(f"\n{line}" for line in indented(lines, column)))])


def _in_style(text: str, like: str) -> str:
    """A text with the line ends of another."""
    ends = sheet_of(like).ends
    return text.replace("\n", ends[0]) if ends else text


# --- The note ------------------------------------------------------------------------------------------------------


def _write_note(
    draft: Draft, portfolio: Portfolio, account: Account, end: YearEnd, moved: tuple[Keys, ...], folder: str
) -> None:
    """Say what came of the year; where there is a note of it already, what has come since goes below it."""
    today = portfolio.as_of
    written = next((note.path for note in account.notes if year_told(note.id) == end.year), "")
    if written:
        told = _sections(end, moved)
        text = draft.text(written)
        more = "\n".join(["", f"# Closed later, on {today}", *told, ""])
        draft.replace(written, text.rstrip("\r\n") + _in_style(f"\n{more}", text))
        return
    lines = [
        "---",
        "kind: internal",
        "---",
        f"# What came of {end.year}",
        "",
        f"Written by `kamgen close-year` on {today}. What ended in {end.year} now stands in `plan-{end.year}.yml`.",
        *_sections(end, moved),
        *_counted(end),
        "",
    ]
    draft.create(f"{folder}/notes/{today}-what-came-of-{end.year}.md", "\n".join(lines))


def _sections(end: YearEnd, moved: Collection[Keys]) -> Iterator[str]:
    """What moved and is not private, under headings."""
    goals = [goal for path, goal in end.goals.items() if path in moved and not goal.private]
    actions = [one for path, one in end.actions.items() if path in moved and not one.private]
    periods = [one for path, one in end.periods.items() if path in moved and not one.private]
    decisions = [one for path, one in end.decisions.items() if path in moved and not one.private]
    yield from _headed("Goals reached", (_reached(goal, end.year) for goal in goals if goal.reached))
    yield from _headed("Goals given up", (_dropped(goal.goal, goal) for goal in goals if not goal.reached))
    yield from _headed("Points to reach", (_period(one) for one in sorted(periods, key=lambda one: one.ends)))
    yield from _headed("Decisions", (_decision(one) for one in decisions))
    yield from _headed("Actions done", (f"{_plain(one.what)} ({one.done})" for one in actions if one.done))
    yield from _headed("Actions given up", (_dropped(one.what, one) for one in actions if not one.done))
    hidden = len(moved) - len(goals) - len(actions) - len(periods) - len(decisions)
    if hidden:
        yield from ("", f"{hidden} private {'entry is' if hidden == 1 else 'entries are'} not told here.")


def _headed(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = [f"- {line}" for line in lines]
    if told:
        yield from ("", f"## {title}", "", *told)


def _reached(goal: Goal, year: int) -> str:
    at = newest_reading(goal, year)
    figures = ""
    if goal.measure and at is not None:
        start = f" from {_plain(goal.start)}" if goal.start is not None else ""
        aim = f", aim {_plain(goal.aim)}" if goal.aim is not None else ""
        figures = f"; {_plain(goal.measure)}:{start} to {_plain(at)}{aim}"
    return f"{_plain(goal.goal)} ({goal.reached}){figures}"


def _dropped(what: str, ended: Goal | Action) -> str:
    because = f", because: {_plain(ended.because)}" if ended.because else ", without a reason"
    return f"{_plain(what)} ({ended.dropped}){because}"


def _period(one: PastPeriod) -> str:
    because = f" ({_plain(one.because)})" if one.because else ""
    return f"By {one.ends}, {_VERDICTS[one.reached or 'no']}: {_plain(one.reach)}{because}"


def _decision(one: Decision) -> str:
    return f"{_plain(one.ask)} ({one.decided_on}): {_plain(one.outcome) or 'decided'}"


def _counted(end: YearEnd) -> Iterator[str]:
    """How promises were kept, by the account and by nobody's name."""
    ended = end.on_time + end.late + end.dropped
    lines = [
        f"{served.kept} of {served.judged} months kept: {_plain(served.promise.what)}"
        for served in end.promises
        if not served.promise.private
    ]
    if ended:
        what = "1 action or stage" if ended == 1 else f"{ended} actions and stages"
        fates = f"{end.on_time} done by the day first promised, {end.late} later, {end.dropped} given up."
        lines.insert(0, f"Of {what} that ended: {fates}")
    yield from _headed("Promises", lines)


def _plain(value: Decimal | str) -> str:
    """A text on one line in which no sign means anything to Markdown."""
    text = format(value, "f") if isinstance(value, Decimal) else value
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", " ".join(text.split()))
