"""One account's page while it is written: what all of its sections share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from kamgen.facts.standing import SECTIONS, by_section
from kamgen.finding import Finding, Place
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account
from kamgen.pages import Site
from kamgen.pages.links import Here
from kamgen.pages.templates import fragment, frame

# What these rules speak of stands among the figures, wherever the table of plans counts them.
_ON_FIGURES = frozenset({"KAM207", "KAM209", "KAM807", "KAM808", "KAM809"})


@dataclass(slots=True)
class Beside:
    """The findings beside a section: those that press, those that only inform, and how many stand among the figures."""

    pressing: list[Finding] = field(default_factory=list)
    quiet: list[Finding] = field(default_factory=list)
    elsewhere: int = 0

    def __bool__(self) -> bool:
        return bool(self.pressing or self.quiet)

    def add(self, finding: Finding) -> None:
        """One more finding."""
        (self.quiet if finding.level == "info" else self.pressing).append(finding)


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
    def found(self) -> Mapping[str, Beside]:
        """The findings shown, by the section that they stand beside, the most serious first; "figures" is one too."""
        told = {name: Beside() for name in (*SECTIONS, "figures")}
        for section, findings in by_section(self.site.findings_by_account.get(self.account.slug, ())).items():
            for finding in findings:
                on_figures = finding.code in _ON_FIGURES and section != "account"
                told["figures" if on_figures else section].add(finding)
                told[section].elsewhere += on_figures
        return told

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
