"""A placeholder stands where a text should be.

**Why it matters.** "TODO" looks like an answer from afar: the section is there, the box is ticked. Whoever opens the
page before a visit finds out at the customer's door that nobody ever wrote it.

**To put it right.** Write what is true, in a sentence if need be. If nobody knows, take the line out: a gap that
shows is asked about, a placeholder is not.

**The method.** A plan is worth what is in it. A finding is made only where a whole value is a placeholder: one of the
words in `words: placeholder` of `kamgen.yml` (large and small letters are the same, marks around it do not count),
text that begins with lorem ipsum, or a prompt in angle brackets that a new file came with, such as `<How do they make
money?>`. In notes and in `plan.md` a prompt counts wherever it has a line of its own; a note's headings alone say
nothing. Questions that were left over on an audit's sheet are one finding together. It speaks of every account, with a
plan or without, since what it reads is there to be read. Names of people, dates and choices are left to the rules of
family 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kamgen.facts.placeholders import placeholders
from kamgen.facts.texts import Keys, document_texts, shown
from kamgen.finding import Place, Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM105",
    "placeholder-text",
    "EWWW",
    hint="Write what is true, or take it out until somebody knows.",
    bad="""
        plan:
          intelligence:
            business: TODO
        """,
    good="""
        plan:
          intelligence:
            business: They earn on deliveries to hotels before six in the morning; we keep their cold store full.
        """,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Texts that are nothing but a placeholder, in the account's document, its audits, notes and prose."""
    unfilled = placeholders(portfolio.settings.words.placeholder)
    for account in portfolio.accounts.values():
        left = [(keys, found) for keys, text in document_texts(account) if (found := unfilled.in_value(text))]
        sheets = _by_sheet(keys for keys, _ in left)
        for keys, found in left:
            if len(sheets.get(keys[:2], ())) < _A_SHEET:
                yield Problem(account.slug, subject(*keys), f"{_where(keys)} still says {_quoted(found)}.")
        yield from (_unanswered(account, at, asked) for at, asked in sheets.items() if len(asked) >= _A_SHEET)
        for note in account.notes:
            if found := unfilled.in_prose(note.body):
                message = f"The note of {note.on} still says {_quoted(found)}."
                yield Problem(account.slug, subject("notes", note.id), message)
        for section, prose in account.sections.items():
            if found := unfilled.in_prose(prose):
                yield _in_prose(account, section, found)


def _by_sheet(left: Iterable[Keys]) -> dict[Keys, list[str]]:
    """The questions without an answer in each audit."""
    sheets: dict[Keys, list[str]] = {}
    for keys in left:
        if keys[0] == "audits" and keys[-1] == "answer":
            sheets.setdefault(keys[:2], []).append(keys[-2])
    return sheets


def _unanswered(account: Account, at: Keys, asked: list[str]) -> Problem:
    message = f"{len(asked)} questions of the audit of {at[1]} still have no answer."
    return Problem(account.slug, subject(*at), message, "Keep the questions you asked, and take the others out.")


def _where(keys: Keys) -> str:
    # The key that a person sees in the file; an entry of a list has none of its own.
    if keys[-1] == "answer" and len(keys) > 1:
        return f'The answer to "{keys[-2]}"'
    listed = len(keys) > 1 and keys[-2] in _LISTS
    return f'An entry under "{keys[-2]}"' if listed else f'"{keys[-1]}"'


# From so many on, what is left over is the sheet and not a slip.
_A_SHEET = 2
_LISTS = frozenset(
    (
        "strengths",
        "weaknesses",
        "opportunities",
        "threats",
        "implementation",
        "decisions",
        "stages",
        "dates",
        "promises",
    )
)


def _in_prose(account: Account, section: str, found: str) -> Problem:
    message = f"{section.capitalize()} in plan.md still says {_quoted(found)}."
    return Problem(account.slug, subject("prose", section), message, place=Place(account.files["prose"]))


def _quoted(found: str) -> str:
    return f'"{shown(found, 60)}"'
