"""What kamgen knows of one account: who they are, their people, the plan, audits, promises and notes.

The records mirror the files of `accounts/`; design and formats are described in docs/formats.md. List items have an
`id` (see `identity`); a mapping's key is the id of its value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kamgen.model.values import (
    ActionId,
    Anyone,
    CriterionId,
    Day,
    DefinitionId,
    Duration,
    Flag,
    GoalId,
    Id,
    IndicatorId,
    Items,
    Marks,
    Measure,
    Month,
    Number,
    OneOrMany,
    Ours,
    PastDay,
    PolicyLevel,
    QuestionId,
    Reading,
    Score,
    SiteId,
    Stage,
    Stance,
    Successor,
    Text,
    Theirs,
    Topic,
)

NoteKind = Literal["visit", "call", "meeting", "review", "touch", "value", "issue", "signal", "internal"]
PlannedKind = Literal["audit", "review", "meeting", "visit", "call", "touch"]


class Record(BaseModel):
    """A frozen record read from a file; a key it does not name is a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(Record):
    """An entry of a list: it has an id, and `private` keeps it from being published or exported."""

    id: Id = Field(default="", description="Permanent name; without it the slug of the item's text")
    private: Flag = Field(default=False, description="Checked and counted, but never published or exported")


class Site(Record):
    """One of the customer's places."""

    name: Text
    country: Text = ""


class Selection(Record):
    """Why this account is a key account, or why a candidate was refused."""

    definition: Annotated[tuple[DefinitionId, ...], OneOrMany()] = ()
    scores: dict[CriterionId, Score] = {}
    reason: Text = ""
    agreed_by: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    agreed_on: PastDay | None = None


class KeyDate(Item):
    """A date of theirs that matters: a contract end, notice day, tender, price round."""

    what: Text
    on: Day
    act_before: Day | None = Field(default=None, description="The last day on which acting still helps")


class Planned(Item):
    """A meeting that is booked; it quiets the rules that ask for one."""

    what: PlannedKind
    on: Day
    who: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(default=(), alias="with")


class Target(Record):
    """What a promise must reach: a floor or a ceiling."""

    at_least: Number | None = None
    at_most: Number | None = None

    def met_by(self, value: Decimal) -> bool:
        """Whether a month's figure keeps the promise."""
        floor = self.at_least is None or value >= self.at_least
        return floor and (self.at_most is None or value <= self.at_most)


class Promise(Item):
    """What being a key account means in practice, and whether we keep it, month by month."""

    what: Text
    owner: Ours | None = None
    measure: Text = ""
    target: Target | None = None
    kept: dict[Month, Number] = {}


class Waiver(Item):
    """A finding that is accepted for a while, with a reason."""

    rule: Text
    subject: Text = Field(default="", description="Exactly one thing; left out: the whole account")
    reason: Text
    agreed_by: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    until: Day


class Contact(Record):
    """One of the customer's people."""

    name: Text
    title: Text = ""
    level: PolicyLevel | None = Field(
        default=None,
        description="instigator decides policy, influencer shapes it, implementer carries it out",
    )
    stance: Stance | None = None
    covered_by: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    meet_every: Duration | None = Field(
        default=None, description="How often they want to be met; default by level"
    )
    checked: PastDay | None = Field(
        default=None, description="When these facts were last checked to be still true"
    )
    leaves: Day | None = None
    successor: Successor | None = None
    site: SiteId | None = None
    crm_id: Text = ""
    private: Flag = False

    def active(self, on: date) -> bool:
        """Whether they still work there on that day; their last day counts."""
        return self.leaves is None or self.leaves >= on


class SwotItem(Item):
    """A strength, weakness, opportunity or threat of the relationship."""

    what: Text
    source: Text = ""
    on: Day | None = None
    goal: GoalId | None = Field(default=None, description="The goal that answers this")
    parked: Day | None = None
    because: Text = ""
    about: Annotated[tuple[Topic, ...], OneOrMany()] = ()


class Intelligence(Record):
    """What is the situation? Prose is Markdown."""

    business: Text = Field(default="", description="How they make money, and how we help them make it")
    culture: Text = ""
    aims: Text = ""
    pressures: Text = ""
    strengths: Annotated[tuple[SwotItem, ...], Items("strengths")] = ()
    weaknesses: Annotated[tuple[SwotItem, ...], Items("weaknesses")] = ()
    opportunities: Annotated[tuple[SwotItem, ...], Items("opportunities")] = ()
    threats: Annotated[tuple[SwotItem, ...], Items("threats")] = ()


class StageGoal(Item):
    """A step on the way to a goal."""

    what: Text
    due: Day | None = None
    done: PastDay | None = None
    dropped: Day | None = None
    because: Text = ""

    @property
    def open(self) -> bool:
        """Neither done nor dropped."""
        return self.done is None and self.dropped is None


class Goal(Record):
    """What we want to reach, worded as the customer will see it."""

    goal: Text
    for_: Literal["customer", "us", "relationship"] | None = Field(default=None, alias="for")
    owner: Ours | None = None
    agreed_with: Annotated[tuple[Theirs, ...], OneOrMany()] = ()
    measure: Measure | None = None
    start: Reading | None = None
    aim: Reading | None = None
    readings: dict[PastDay, Reading] = {}
    since: Day | None = None
    due: Day | None = None
    stages: Annotated[tuple[StageGoal, ...], Items("stages")] = ()
    reached: PastDay | None = None
    dropped: Day | None = None
    because: Text = ""
    about: Annotated[tuple[Topic, ...], OneOrMany()] = ()
    who: Annotated[tuple[Anyone, ...], OneOrMany()] = ()
    site: SiteId | None = None
    private: Flag = False

    @property
    def open(self) -> bool:
        """Neither reached nor dropped."""
        return self.reached is None and self.dropped is None


class Action(Item):
    """Who does what by when."""

    what: Text
    who: Annotated[tuple[Anyone, ...], OneOrMany()] = Field(
        default=(), description="One of ours or of theirs"
    )
    due: Day | None = None
    goal: GoalId | None = None
    done: PastDay | None = None
    dropped: Day | None = None
    because: Text = ""
    about: Annotated[tuple[Topic, ...], OneOrMany()] = ()
    site: SiteId | None = None

    @property
    def open(self) -> bool:
        """Neither done nor dropped."""
        return self.done is None and self.dropped is None


class Decision(Item):
    """A decision wanted from somebody senior."""

    ask: Text
    of: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    asked_on: PastDay | None = None
    decided_on: PastDay | None = None
    outcome: Text = ""


class Period(Record):
    """The current 90 days and the point to reach in the relationship."""

    ends: Day
    reach: Text = ""


class PastPeriod(Item):
    """A period that is over, with its verdict."""

    ends: Day
    reach: Text = ""
    reached: Literal["yes", "partly", "no"] | None = None
    because: Text = ""


class Plan(Record):
    """The plan of one account: Intelligence, Intentions, Implementation."""

    reviewed: PastDay | None = Field(default=None, description="The last internal 30-day review")
    reviewed_by: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    period: Period | None = None
    past_periods: Annotated[tuple[PastPeriod, ...], Items("past_periods")] = ()
    intelligence: Intelligence | None = None
    intentions: dict[Id, Goal] = {}
    implementation: Annotated[tuple[Action, ...], Items("implementation")] = ()
    decisions: Annotated[tuple[Decision, ...], Items("decisions")] = ()


class Evidence(Record):
    """What shows that an indicator of partnership holds."""

    evidence: Text = ""
    on: PastDay | None = None
    private: Flag = False


class Answer(Record):
    """An answer from an audit and what came of it."""

    answer: Text = ""
    action: ActionId | None = None
    goal: GoalId | None = None
    reason: Text = Field(default="", description="Why nothing needs to come of it")
    private: Flag = False


class Audit(Record):
    """The answers from one audit; its date is the file's name."""

    who: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(default=(), alias="with")
    marks: Marks | None = None
    seen_as: Literal["supplier", "partner"] | None = None
    answers: dict[QuestionId, Answer] = {}


class NoteHead(Record):
    """The front matter of a dated note."""

    kind: NoteKind
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(default=(), alias="with")
    who: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    signals: Annotated[tuple[Text, ...], OneOrMany()] = ()
    about: Annotated[tuple[Topic, ...], OneOrMany()] = ()
    site: SiteId | None = None
    resolved: PastDay | None = None
    private: Flag = False


class Details(Record):
    """The part of an account that `account.yml` holds; a light account's file may carry all of `AccountFile`."""

    name: Text
    stage: Stage
    country: Text = ""
    region: Text = ""
    segment: Text = ""
    crm_id: Text = ""
    manager: Ours | None = None
    buddy: Ours | None = None
    sponsor: Ours | None = None
    team: Annotated[tuple[Ours, ...], OneOrMany()] = ()
    selection: Selection | None = None
    sites: dict[Id, Site] = {}
    wallet: dict[Text, Number] = Field(
        default={}, description="By year: what they spend on what we could sell them"
    )
    dates: Annotated[tuple[KeyDate, ...], Items("dates")] = ()
    planned: Annotated[tuple[Planned, ...], Items("planned")] = ()
    promises: Annotated[tuple[Promise, ...], Items("promises")] = ()
    waivers: Annotated[tuple[Waiver, ...], Items("waivers")] = ()


class AccountFile(Details):
    """One account's whole document, whether it is written in one file or in a folder."""

    contacts: dict[Id, Contact] = {}
    plan: Plan | None = None
    partnership: dict[IndicatorId, Evidence] | None = None
