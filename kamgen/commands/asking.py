"""Questions at a terminal: a field of a slip, with what can be named listed, until the answer can be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from kamgen.commands.fields import Asked, split
from kamgen.commands.given import account_meant, clock, day_of
from kamgen.commands.known import Known, Named, plain
from kamgen.edit.naming import several
from kamgen.edit.slips.things import THINGS, find, find_ours, name_of, things
from kamgen.errors import KamgenError
from kamgen.model.days import as_written
from kamgen.model.identity import slug as slug_of
from kamgen.model.portfolio import Account
from kamgen.read.workspace import find_root

_NEEDED = "An answer is needed here. Type it, or stop with Ctrl-C."
_LISTED = 40  # a longer list is no help: then a name is to be typed


def ask_here(asked: Asked, typed: Mapping[str, Any]) -> Any:
    """Ask for a field in the workspace in which the shell stands; `typed` is what the command has been given so far."""
    root = find_root(Path.cwd())
    known, name = Known(root, clock(day_of(typed))), typed.get("account")
    return ask(asked, known, known.slug(account_meant(root, name)) if name else "")


def ask(asked: Asked, known: Known, slug: str = "", default: str | None = None) -> Any:
    """Ask for a field until the answer can be used; what can be named is listed, and may be chosen by its number.

    `slug` is the account that it is about. Who and what is named is looked up at once, so that no later question is
    answered in vain. Raises KamgenError where there is nothing to choose from. What is not required may be passed over
    with Enter, and is "" then.
    """
    asking = _Asking(asked, known, known.account(slug) if slug else None)
    asking.expect_choice()
    for number, one in enumerate(asking.choice, 1):
        click.echo(f"  {number:>2}  {one.help}")
    return answered(asking.question, asking.understood, default, skip=not asked.form.required)


def answered(question: str, understood: Callable[[str], Any], default: str | None = None, skip: bool = False) -> Any:
    """Ask until the answer can be used; `understood` gives its value, or raises UsageError with what would be right.

    With `skip` Enter alone is an answer as well: "". The question should say so.
    """

    def value(text: str) -> Any:
        if text.strip():
            return understood(text)
        if skip:
            return ""
        raise click.UsageError(_NEEDED)

    return click.prompt(question, default=default or "", show_default=bool(default), value_proc=value)


_CALLED: Mapping[str, str] = {"claim": "opportunity or threat"}


@dataclass(frozen=True)
class _Asking:
    """A question about a field, of one account where one is known already."""

    asked: Asked
    known: Known
    account: Account | None

    @cached_property
    def every(self) -> list[Named]:
        """Whatever the answer can be, where it is no free text."""
        if words := self.asked.form.choices:
            return [Named(word, word) for word in words]
        if self.asked.sorts == {"account"}:
            slugs = self.known.accounts
            called = self.known.place.names if len(slugs) <= _LISTED else {}  # which takes a look into every file
            return [Named(slug, called.get(slug) or slug) for slug in slugs]
        return self.known.named(self.account, self.asked.sorts)

    @property
    def choice(self) -> list[Named]:
        """What is listed; nothing where there is too much of it to be read."""
        return self.every if len(self.every) <= _LISTED else []

    def expect_choice(self) -> None:
        """Raises KamgenError where a thing of the account is asked for and it has none: no answer would be right."""
        sorts = [sort for sort in THINGS if sort in self.asked.sorts]
        if not (self.account and sorts and self.asked.form.required) or self.every:
            return
        name, slug = plain(self.account.name), self.account.slug
        if self.account.unread:
            raise KamgenError(f"There are mistakes in the files of {name}. Put them right first: kamgen check {slug}")
        one_of = " or ".join(_CALLED.get(sort, sort) for sort in sorts)
        still = "" if "contact" in sorts else " that is still open"
        raise KamgenError(f"{name} has no {one_of}{still}, so there is nothing to choose from.")

    @property
    def question(self) -> str:
        """The label, and what helps to answer."""
        told = [self.asked.hint, self._how, "" if self.asked.form.required else "Enter: skip"]
        hints = "; ".join(part for part in told if part)
        return f"{self.asked.form.label} ({hints})" if hints else self.asked.form.label

    @property
    def _how(self) -> str:
        if not self.every:
            return ""
        if not self.choice:
            return f"there are {len(self.every)}: a part of the name will do"
        return f"a number of the list, or {'the word' if self.asked.form.choices else 'a name'}"

    def understood(self, text: str) -> Any:
        """The value that an answer means; raises UsageError, upon which click asks again."""
        words = split(text) if self.asked.form.many else [text.strip()]
        values = [self._value(word) for word in words]
        return values if self.asked.form.many else values[0]

    def _value(self, word: str) -> str:
        word = self._chosen(word)
        if self.asked.form.day:
            word = as_written(word, lambda: self.known.as_of)
        if wrong := self.asked.wrong(word):
            raise click.UsageError(wrong)
        try:
            return self._looked_up(word)
        except KamgenError as error:
            raise click.UsageError(str(error)) from error

    def _chosen(self, word: str) -> str:
        """What a number of the list stands for."""
        if self.choice and word.isdecimal():
            if not 1 <= int(word) <= len(self.choice):
                raise click.UsageError(f"There is no number {word} in the list. Type one from 1 to {len(self.choice)}.")
            return self.choice[int(word) - 1].name
        return word

    def _looked_up(self, word: str) -> str:
        sorts = self.asked.sorts
        if "account" in sorts:
            return self._account(word)
        if "ours" in sorts:
            return find_ours(self.known.playbook.team, word)
        if self.account and (wanted := [sort for sort in THINGS if sort in sorts]):
            return name_of(find(self.account, word, wanted), things(self.account, wanted))
        return word

    def _account(self, word: str) -> str:
        """An account by its slug or name, or by a part of it where that fits only one."""
        try:
            return self.known.slug(account_meant(self.known.root, word))
        except KamgenError:
            part = slug_of(word)
            found = [one.name for one in self.every if part and part in one.name]
            if len(found) == 1:
                return found[0]
            if not found:
                raise
        raise KamgenError(several(word, found, "accounts"))
