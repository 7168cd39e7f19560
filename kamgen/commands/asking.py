"""Questions at a terminal: a field of a slip, with what can be named listed, until the answer can be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from kamgen.commands.fields import Asked, split
from kamgen.commands.given import account_meant, clock
from kamgen.commands.known import Known, Named
from kamgen.edit.slips.things import THINGS, find, find_ours, name_of, things
from kamgen.errors import KamgenError
from kamgen.model.portfolio import Account
from kamgen.read.workspace import find_root

_LISTED = 40  # a longer list is no help: then a name is to be typed


def ask_here(asked: Asked, typed: Mapping[str, Any]) -> Any:
    """Ask for a field in the workspace in which the shell stands; `typed` is what the command has been given so far."""
    root = find_root(Path.cwd())
    return ask(asked, Known(root, clock(typed.get("as_of"))), account_meant(root, typed.get("account") or ""))


def ask(asked: Asked, known: Known, slug: str = "", default: str | None = None) -> Any:
    """Ask for a field until the answer can be used; what can be named is listed, and may be chosen by its number.

    `slug` is the account that it is about. Who and what is named is looked up at once, so that no later question is
    answered in vain.
    """
    asking = _Asking(asked, known, known.account(slug) if slug else None)
    for number, one in enumerate(asking.choice, 1):
        click.echo(f"  {number:>2}  {one.help}")
    return click.prompt(asking.question, default=default, value_proc=asking.understood)


@dataclass(frozen=True)
class _Asking:
    """A question about a field, of one account where one is known already."""

    asked: Asked
    known: Known
    account: Account | None

    @cached_property
    def choice(self) -> list[Named]:
        """What can be named; nothing where there is too much of it to be read."""
        if self.asked.sorts == {"account"}:
            found = [Named(slug, slug) for slug in self.known.accounts]
        else:
            found = self.known.named(self.account, self.asked.sorts)
        return found if len(found) <= _LISTED else []

    @property
    def question(self) -> str:
        """The label, and what helps to answer."""
        told = [self.asked.hint, "a number of the list, or a name" if self.choice else ""]
        hints = "; ".join(part for part in told if part)
        return f"{self.asked.form.label} ({hints})" if hints else self.asked.form.label

    def understood(self, text: str) -> Any:
        """The value that an answer means; raises UsageError, upon which click asks again."""
        words = split(text) if self.asked.form.many else [text.strip()]
        values = [self._value(word) for word in words]
        return values if self.asked.form.many else values[0]

    def _value(self, word: str) -> str:
        word = self._chosen(word)
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
            return self.known.slug(account_meant(self.known.root, word))
        if "ours" in sorts:
            return find_ours(self.known.playbook.team, word)
        if self.account and (wanted := [sort for sort in THINGS if sort in sorts]):
            return name_of(find(self.account, word, wanted), things(self.account, wanted))
        return word
