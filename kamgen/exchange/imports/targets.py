"""What an SQL file must return: one target a file, its columns, and what their values mean.

A new target that is a CSV export is one more entry in TARGETS. Keys are those of the export's
own system: kamgen turns them into its slugs and ids, so that no SQL has to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "word", "crm_id", "person", "contact", "offer", "day", "month", "amount", "count", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a target: its name, the kind of its values, whether it must be there, what it means."""

    name: str
    kind: Kind
    meaning: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """What one SQL file fills.

    `export` names the CSV file below accounts/, `key` what no two rows share. With `repeats` a row that says the same
    as another is left out, and told; without it, it is a mistake in the SQL.
    """

    name: str
    columns: tuple[Column, ...]
    export: str = ""
    key: tuple[str, ...] = ()
    repeats: bool = False


_CRM_ID = Column("crm_id", "crm_id", "the customer's id in your own system")
_MONTH = "as year-month, for example 2026-04"

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target(
            "accounts",
            (
                _CRM_ID,
                Column("name", "text", "the customer's name"),
                Column("stage", "text", "`customer`, `prospect` or `suspect`"),
                Column("country", "text", "where they are", needed=False),
                Column("region", "text", "the sales region, as you name your regions", needed=False),
                Column("segment", "text", "their trade or size, as you name your segments", needed=False),
                Column("manager", "person", "the account manager: a `key` of team.sql", needed=False),
            ),
        ),
        Target(
            "contacts",
            (
                _CRM_ID,
                Column("name", "text", "the contact's name"),
                Column("title", "text", "their job title", needed=False),
                Column("level", "text", "`instigator`, `influencer` or `implementer`", needed=False),
                Column("key", "contact", "the contact's id in your own system; kept as their `crm_id`", needed=False),
            ),
        ),
        Target(
            "team",
            (
                Column("key", "person", "the colleague's id in your own system"),
                Column("name", "text", "first name and last name"),
                Column("title", "text", "their job title", needed=False),
                Column("senior", "flag", "true for those who can sponsor, agree and audit", needed=False),
                Column("reports_to", "person", "the `key` of the colleague they report to", needed=False),
            ),
        ),
        Target(
            "offer",
            (
                Column("key", "offer", "the product family's id in your own system"),
                Column("name", "text", "the product family's name"),
            ),
        ),
        Target(
            "sales",
            (
                _CRM_ID,
                Column("month", "month", f"the month of the sale {_MONTH}"),
                Column("product", "offer", "a `key` of offer.sql, or any text where there is no offer.sql"),
                Column("amount", "amount", "net sales of that month; negative is a credit"),
                Column("margin", "amount", "what is left of it after its own cost", needed=False),
            ),
            export="sales.csv",
            key=("crm_id", "month", "product"),
        ),
        Target(
            "deliveries",
            (
                _CRM_ID,
                Column("month", "month", f"the month in which the delivery was required {_MONTH}"),
                Column("deliveries", "count", "how many deliveries were required in that month"),
                Column("late", "count", "how many of them were shipped after that day, or are not yet shipped"),
            ),
            export="deliveries.csv",
            key=("crm_id", "month"),
        ),
        Target(
            "budget",
            (
                _CRM_ID,
                Column("month", "month", f"the month that is planned {_MONTH}"),
                Column("amount", "amount", "net sales that you plan for that month"),
            ),
            export="budget.csv",
            key=("crm_id", "month"),
        ),
        Target(
            "activities",
            (
                Column("date", "day", "the day on which it happened as year-month-day, for example 2026-04-28"),
                _CRM_ID,
                Column(
                    "contact", "contact", "who of theirs: a `key` or a `name` of contacts.sql; empty for nobody known"
                ),
                Column("who", "person", "who of ours: a `key` of team.sql; empty for nobody known"),
                Column("kind", "word", "what it was, in your own word: visit, call, meeting"),
            ),
            export="activities.csv",
            key=("date", "crm_id", "contact", "who", "kind"),
            repeats=True,
        ),
    )
}
