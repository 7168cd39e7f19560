"""Whether a change may be written: it brings no mistake into the data that is not there now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kamgen.finding import Finding
from kamgen.read.workspace import Read
from kamgen.rules import rule_book
from kamgen.rules.engine import Scope, at_or_above, judge


def new_errors(before: Read, after: Read, follow: Callable[[str], str] = str) -> list[Finding]:
    """The data errors (family 0) of the workspace after a change that it did not have before, sorted by place.

    Only these stand in the way of a change: what the method asks for besides is for people to weigh. A mistake is known
    by its identity, so that one that was there already, on whatever line, refuses nothing. What is waived does not
    count. Where the change gives things other names, `follow` gives the identity that an earlier mistake has after it.
    """
    known = {follow(finding.id) for finding in _data_errors(before)}
    return [finding for finding in _data_errors(after) if finding.id not in known]


def in_words(errors: Sequence[Finding]) -> str:
    """Why a change is refused that would bring such errors, of which there is at least one."""
    first, more = errors[0], len(errors) - 1
    said = f"It would put a mistake into {first.place.path}: {first.code} {first.text}"
    return f"{said} And {more} {'mistake' if more == 1 else 'mistakes'} more." if more else said


def _data_errors(read: Read) -> Iterator[Finding]:
    codes = frozenset(code for code, entry in rule_book().items() if entry.rule.family == 0)
    yield from at_or_above(judge(read.portfolio, read.problems, Scope(codes), ""), "error")
