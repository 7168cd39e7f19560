"""kamgen.yml: how strict, how often, how many. The packaged file gives every default, with a comment each."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from kamgen.model.account import Record, Waiver
from kamgen.model.values import Day, Duration, Items, Number, OneOrMany, PolicyLevel, Text

LevelChoice = Literal["error", "warning", "info", "off"]
FailOn = Literal["error", "warning", "info", "never"]
Profile = Literal["full", "start"]


class Rhythm(Record):
    """How often, in days; several rules share these."""

    contact: dict[PolicyLevel, Duration] = {}
    review: Duration = timedelta(days=30)
    period: Duration = timedelta(days=90)
    audit: Duration = timedelta(days=365)


class Limits(Record):
    """How many, how much; several rules share these."""

    relationships_per_manager: Number
    contacts_per_account: Number
    accounts_per_manager: Number
    key_accounts: Number
    key_account_share: Number
    file_size_kb: Number
    attachment_size_kb: Number
    nesting: Number


class Words(Record):
    """Word lists that rules look for; a list given here replaces the shipped one."""

    placeholder: Annotated[tuple[Text, ...], OneOrMany()] = ()
    vague_actions: Annotated[tuple[Text, ...], OneOrMany()] = ()
    selling_verbs: Annotated[tuple[Text, ...], OneOrMany()] = ()


class Settings(Record):
    """What is in force in this workspace: the packaged defaults with the workspace's own keys over them."""

    as_of: Day | None = Field(default=None, description="Only where the clock must stand still, as in a demo")
    timezone: Text = "UTC"
    currency: Text = "EUR"
    company: Annotated[tuple[Text, ...], OneOrMany()] = Field(default=(), description="Our own names")
    fail_on: FailOn = "error"
    profile: Profile = "full"
    grace: Duration = timedelta(days=60)
    rhythm: Rhythm
    limits: Limits
    words: Words
    rules: dict[Text, object] = Field(
        default={},
        description="By rule: a level; or a level and the rule's own numbers, for all stages or stage by stage",
    )
    waivers: Annotated[tuple[Waiver, ...], Items("waivers")] = ()
