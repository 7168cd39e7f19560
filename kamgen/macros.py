"""Macros for playbook pages, the only file that knows mkdocs-macros.

In mkdocs.yml: `plugins: macros: modules: [kamgen.macros]`. A macro's result is a piece of HTML whose texts are
written in character references, so that neither Markdown nor any of its extensions finds anything to do in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from kamgen.model.portfolio import Portfolio
from kamgen.model.values import NEVER
from kamgen.pages.links import account_address, person_address, relative, rule_address
from kamgen.rules import rule_book

_PLAIN = frozenset(" ,;?'\n")


class MacroError(Exception):
    """A macro was asked for something that does not exist; stops the build with these words."""


def define_env(env: Any) -> None:
    """Called by mkdocs-macros: makes the macros known. The portfolio is read only when a page is rendered."""
    book = _Book(lambda: env.conf.plugins["kamgen"].site.portfolio, lambda: env.page.url)
    for macro in (
        book.account,
        book.person,
        book.rule,
        book.setting,
        book.indicators_table,
        book.menu_questions,
        book.criteria_table,
        book.definitions_table,
        book.team_table,
        book.key_accounts_table,
    ):
        env.macro(macro)


class _Book:
    """The macros, over a portfolio that is there by the time a page is rendered."""

    def __init__(self, portfolio: Callable[[], Portfolio], url: Callable[[], str]) -> None:
        self._portfolio = portfolio
        self._url = url

    def account(self, slug: str) -> str:
        """A link to an account, with its name."""
        found = self._portfolio().accounts.get(slug)
        if found is None:
            raise MacroError(f'account("{slug}"): there is no such account')
        return self._link(account_address(slug), found.name)

    def person(self, name: str) -> str:
        """A link to one of our people, with their name."""
        found = (self._portfolio().playbook.team or {}).get(name)
        if found is None:
            raise MacroError(f'person("{name}"): there is nobody of that id in team.yml')
        return self._link(person_address(name), found.name)

    def rule(self, code: str) -> str:
        """A link to a rule's page, with code and name."""
        entry = rule_book().get(code)
        if entry is None:
            raise MacroError(f'rule("{code}"): there is no such rule')
        return self._link(rule_address(code), f"{code} {entry.rule.name}")

    def setting(self, path: str) -> str:
        """A setting that is in force, by its path in kamgen.yml: a duration as "30 days"."""
        value: Any = self._portfolio().settings
        for step in path.split("."):
            value = value.get(step) if isinstance(value, Mapping) else getattr(value, step, None)
            if value is None:
                raise MacroError(f'setting("{path}"): there is no such setting')
        if isinstance(value, BaseModel | Mapping):
            raise MacroError(f'setting("{path}") is a group of settings: name one of them')
        return inert(_in_words(value))

    def indicators_table(self) -> str:
        """The partnership indicators: what they are called and what to look for."""
        indicators = self._portfolio().playbook.indicators.values()
        return _table(("Indicator", "What to look for"), ((one.name, one.look_for) for one in indicators))

    def menu_questions(self, part: str) -> str:
        """The questions of one part of the audit menu: "past", "future" or "key"."""
        asked = [question.ask for question in self._portfolio().playbook.menu.values() if question.part == part]
        if not asked:
            raise MacroError(f'menu_questions("{part}"): the parts are past, future and key')
        return f"<ul>{''.join(f'<li>{inert(ask)}</li>' for ask in asked)}</ul>"

    def criteria_table(self) -> str:
        """The selection criteria with weight and scale."""
        rows = (
            (
                one.name,
                f"{one.weight:f}",
                f"computed from {one.computed}"
                if one.computed
                else "; ".join(f"{score}: {means}" for score, means in one.scale.items()),
            )
            for one in self._portfolio().playbook.criteria.criteria.values()
        )
        return _table(("Criterion", "Weight", "Scale from 1 to 5"), rows)

    def definitions_table(self) -> str:
        """The usual definitions of a key account and the question each forgets."""
        definitions = self._portfolio().playbook.criteria.definitions.values()
        return _table(("A key account is", "Ask yourself"), ((one.name, one.ask) for one in definitions))

    def team_table(self) -> str:
        """Our people with title and whom they report to."""
        team = self._portfolio().playbook.team or {}
        rows = [
            (self._link(person_address(name), one.name), inert(one.title), inert(self._boss(one.reports_to)))
            for name, one in team.items()
        ]
        return _html_table(("Name", "Title", "Reports to"), rows)

    def key_accounts_table(self) -> str:
        """The key accounts with manager and reason."""
        portfolio = self._portfolio()
        rows = [
            (
                self._link(account_address(one.slug), one.name),
                inert(portfolio.person_name(None, one.record.manager or "")),
                inert(one.record.selection.reason if one.record.selection else ""),
            )
            for one in portfolio.accounts.values()
            if one.stage == "key"
        ]
        return _html_table(("Key account", "Manager", "Why"), rows)

    def _boss(self, name: str | None) -> str:
        return self._portfolio().person_name(None, name) if name else ""

    def _link(self, address: str, text: str) -> str:
        return f'<a href="{relative(self._url(), address)}">{inert(text)}</a>'


def inert(text: str) -> str:
    """Text as HTML in which every sign that could mean something stands as a character reference."""
    flat = " ".join(text.split())
    return "".join(c if c.isalnum() or c in _PLAIN else f"&#{ord(c)};" for c in flat)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return _html_table(heads, ([inert(cell) for cell in row] for row in rows))


def _html_table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{text}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _in_words(value: object) -> str:
    if isinstance(value, timedelta):
        return "never" if value == NEVER else f"{value.days} days"
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)
