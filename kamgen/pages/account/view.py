"""One account's page while it is written: what all of its sections share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from kamgen.facts.standing import SECTIONS, Section, by_section
from kamgen.finding import Finding, Place
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account
from kamgen.pages import Site
from kamgen.pages.links import Here
from kamgen.pages.templates import fragment, frame


@dataclass(frozen=True)
class View:
    """What the sections of an account's page are made from.

    `account` is the public one: shown is what stands there. Figures are counted over `whole`, private things included.
    """

    site: Site
    account: Account
    address: str

    @property
    def whole(self) -> Account:
        """The account with everything that is private."""
        return self.site.portfolio.accounts[self.account.slug]

    @property
    def home(self) -> str:
        """The path of the file in which the account's own facts stand."""
        files = self.account.files
        return files.get("account") or next(iter(files.values()), "")

    @cached_property
    def here(self) -> Here:
        """Makes the links of this page."""
        return Here(self.site, self.address)

    @cached_property
    def found(self) -> Mapping[Section, list[Finding]]:
        """The findings shown, by the section that they stand beside, the most serious first."""
        told = by_section(self.site.findings_by_account.get(self.account.slug, ()))
        return {section: told.get(section, []) for section in SECTIONS}

    @cached_property
    def goal_names(self) -> Mapping[str, str]:
        """The goals in the customer's words, by id: what a thread leads to."""
        plan = self.account.plan
        return {name: goal.goal for name, goal in plan.intentions.items()} if plan else {}

    @cached_property
    def action_names(self) -> Mapping[str, str]:
        """The actions, by id."""
        plan = self.account.plan
        return {action.id: action.what for action in plan.implementation} if plan else {}

    def place(self, *names: str) -> Place:
        """Where something stands in the account's files, by the segments of its key path."""
        return self.site.portfolio.place(self.account.slug, subject(*names), False)

    def fragment(self, template: str, **values: Any) -> Markup:
        """A section from its template in `account/`, with what all of them know."""
        return fragment(f"account/{template}", {**self._shared, **values})

    @cached_property
    def _shared(self) -> Mapping[str, Any]:
        return frame(self.site, self.address) | {
            "account": self.account,
            "record": self.account.record,
            "plan": self.account.plan,
            "found": self.found,
            "place": self.place,
            "goal_names": self.goal_names,
            "action_names": self.action_names,
        }
