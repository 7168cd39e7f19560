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
# What an import can know as well as a hand does. A contact's level and who of ours is senior are not among them: people
# judge these, and an import only proposes them for somebody who is new.
Owned = Literal[
    "name",
    "stage",
    "country",
    "region",
    "segment",
    "crm_id",
    "manager",
    "contacts",
    "contacts.name",
    "contacts.title",
    "contacts.crm_id",
    "team",
    "team.title",
    "team.reports_to",
    "offer",
]


class Rhythm(Record):
    """How often, in days; several rules share these."""

    contact: dict[PolicyLevel, Duration] = Field(
        default={},
        description="How often we meet a person, by policy level, if their own `meet_every` says nothing else",
    )
    review: Duration = Field(default=timedelta(days=30), description="How often we review a plan among ourselves")
    period: Duration = Field(default=timedelta(days=90), description="How far ahead a plan looks")
    audit: Duration = Field(
        default=timedelta(days=365), description="How often a senior executive asks the customer how they see us"
    )


class Limits(Record):
    """How many, how much; several rules share these."""

    relationships_per_manager: Number = Field(description="People of the key accounts whom one of us can really know")
    contacts_per_account: Number = Field(description="People whom a key account usually needs us to know")
    accounts_per_manager: Number = Field(description="Key accounts that one manager can serve well")
    key_accounts: Number = Field(description="Up to this many key accounts nobody is warned")
    key_account_share: Number = Field(
        description="Above that number: the largest share of buying accounts that should be key, 0.05 is 5 %"
    )
    file_size_kb: Number = Field(description="The largest file that is read, in kilobytes")
    attachment_size_kb: Number = Field(description="The largest attachment of a note, in kilobytes")
    nesting: Number = Field(description="How many levels deep a file may be indented")


class Words(Record):
    """Word lists that rules look for; a list given here replaces the shipped one."""

    placeholder: Annotated[tuple[Text, ...], OneOrMany()] = Field(
        default=(), description="A value that is only one of these has not been filled in yet"
    )
    vague_actions: Annotated[tuple[Text, ...], OneOrMany()] = Field(
        default=(), description="An action that says only this does not tell what will be different"
    )
    selling_verbs: Annotated[tuple[Text, ...], OneOrMany()] = Field(
        default=(), description="A customer's goal in these words is a goal for us"
    )


class Imports(Record):
    """What `kamgen import --update` may write into files that are there."""

    owns: tuple[Owned, ...] = Field(
        default=(),
        description="Fields that the import keeps up to date; `contacts`, `team` and `offer` let it add entries",
    )


class Settings(Record):
    """What is in force in this workspace: the packaged defaults with the workspace's own keys over them."""

    as_of: Day | None = Field(
        default=None, description="Today's date, fixed; only where the clock must stand still, as in a demo"
    )
    timezone: Text = Field(default="UTC", description="Whose midnight decides what today is, such as Europe/Vienna")
    locale: Text = Field(
        default="en", description="How numbers and dates are written on the site, such as de-AT or en-GB"
    )
    currency: Text = Field(default="EUR", description="The currency of every amount")
    company: Annotated[tuple[Text, ...], OneOrMany()] = Field(
        default=(), description="Our own names, as people write them"
    )
    fail_on: FailOn = Field(default="error", description="The check fails from this level upwards")
    profile: Profile = Field(
        default="full",
        description="full: every rule at its own level; start: the few that matter first, the rest only inform",
    )
    grace: Duration = Field(
        default=timedelta(days=60), description="How long after an account became key many warnings only inform"
    )
    rhythm: Rhythm = Field(description="How often things should happen; several rules share these")
    limits: Limits = Field(description="How many, how much; several rules share these")
    words: Words = Field(description="Word lists that rules look for; a list given here replaces the shipped one")
    imports: Imports = Field(
        default=Imports(), description="What `kamgen import --update` may write into files that are there"
    )
    rules: dict[Text, object] = Field(
        default={},
        description="By rule: a level; or a level and the rule's own numbers, for all stages or stage by stage",
    )
    waivers: Annotated[tuple[Waiver, ...], Items("waivers")] = Field(
        default=(), description="Findings about people, the playbook or the programme that we accept for a while"
    )
