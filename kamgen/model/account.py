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
    Money,
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

    # Built when first used: most records are only ever parts of others.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Item(Record):
    """An entry of a list: it has an id, and `private` keeps it from being published or exported."""

    id: Id = Field(default="", description="Permanent name; without it the slug of the item's text")
    private: Flag = Field(default=False, description="true: checked and counted, but never published or exported")


class Site(Record):
    """One of the customer's places."""

    name: Text = Field(description="What the place is called")
    country: Text = Field(default="", description="The country it lies in")


class Selection(Record):
    """Why this account is a key account, or why a candidate was refused."""

    definition: Annotated[tuple[DefinitionId, ...], OneOrMany()] = Field(
        default=(), description="What makes them key: ids of the definitions in criteria.yml"
    )
    scores: dict[CriterionId, Score] = Field(
        default={},
        description="Marks from 1 to 5 by criterion of criteria.yml; criteria that are computed are not typed",
    )
    reason: Text = Field(default="", description="Why they are key, or why not, in a sentence that everybody can read")
    agreed_by: Annotated[tuple[Ours, ...], OneOrMany()] = Field(
        default=(), description="Who agreed; at least one of them senior"
    )
    agreed_on: PastDay | None = Field(
        default=None, description="When it was agreed; a new key account has some time of grace from that day"
    )


class KeyDate(Item):
    """A date of theirs that matters: a contract end, notice day, tender, price round."""

    what: Text = Field(description="What happens on that day, such as: Frame contract ends")
    on: Day = Field(description="The day itself")
    act_before: Day | None = Field(default=None, description="The last day on which acting still helps")


class Planned(Item):
    """A meeting that is booked; it quiets the rules that ask for one."""

    what: PlannedKind = Field(description="The kind of meeting")
    on: Day = Field(description="The day that is agreed")
    who: Annotated[tuple[Ours, ...], OneOrMany()] = Field(default=(), description="Who of ours will be there")
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(
        default=(), alias="with", description="Who of theirs will be there"
    )


class Target(Record):
    """What a promise must reach: a floor or a ceiling."""

    at_least: Number | None = Field(default=None, description="The month's figure must be this or more")
    at_most: Number | None = Field(default=None, description="The month's figure must be this or less")

    def met_by(self, value: Decimal) -> bool:
        """Whether a month's figure keeps the promise."""
        floor = self.at_least is None or value >= self.at_least
        return floor and (self.at_most is None or value <= self.at_most)


class Promise(Item):
    """What being a key account means in practice, and whether we keep it, month by month."""

    what: Text = Field(description="What we do for them that ordinary customers do not get")
    owner: Ours | None = Field(default=None, description="Who of ours sees to it")
    measure: Text = Field(default="", description="How both sides notice that it is kept")
    target: Target | None = Field(default=None, description="What the measure must reach")
    kept: dict[Month, Number] = Field(default={}, description="By month: the figure that was measured")


class Waiver(Item):
    """A finding that is accepted for a while, with a reason."""

    rule: Text = Field(description="The rule's code or name")
    subject: Text = Field(default="", description="Exactly one thing, by its key path; left out: the whole account")
    reason: Text = Field(description="Why we live with the finding for now")
    agreed_by: Annotated[tuple[Ours, ...], OneOrMany()] = Field(
        default=(), description="Who agreed; for an error somebody senior"
    )
    until: Day = Field(description="The last day on which it holds; at most 180 days ahead")


class Contact(Record):
    """One of the customer's people."""

    name: Text = Field(description="Their name")
    title: Text = Field(default="", description="Their job title")
    level: PolicyLevel | None = Field(
        default=None, description="instigator decides policy, influencer shapes it, implementer carries it out"
    )
    stance: Stance | None = Field(default=None, description="How they stand to us")
    covered_by: Annotated[tuple[Ours, ...], OneOrMany()] = Field(
        default=(), description="Who of ours keeps in touch with them"
    )
    meet_every: Duration | None = Field(
        default=None, description="How often they want to be met; without it the usual time for their level"
    )
    checked: PastDay | None = Field(default=None, description="When these facts were last checked to be still true")
    leaves: Day | None = Field(
        default=None, description="Their last day there, past or future; who left stays in the file"
    )
    successor: Successor | None = Field(default=None, description="Who takes over from them, or not-known-yet")
    site: SiteId | None = Field(default=None, description="The place they work at")
    crm_id: Text = Field(
        default="", description="Their number in your other systems; rows of activities.csv may use it"
    )
    private: Flag = Field(default=False, description="true: checked and counted, but never published or exported")

    def active(self, on: date) -> bool:
        """Whether they still work there on that day; their last day counts."""
        return self.leaves is None or self.leaves >= on


class SwotItem(Item):
    """A strength, weakness, opportunity or threat of the relationship."""

    what: Text = Field(description="The strength, weakness, opportunity or threat, in a sentence")
    source: Text = Field(default="", description="Who said so, or where it was seen")
    on: Day | None = Field(default=None, description="When it was said or seen")
    goal: GoalId | None = Field(default=None, description="The goal that answers this")
    parked: PastDay | None = Field(default=None, description="The day on which we decided to leave it for now")
    because: Text = Field(default="", description="Why it is parked, and what it waits for")
    about: Annotated[tuple[Topic, ...], OneOrMany()] = Field(
        default=(), description="What it is about: deliveries, sales, a contact or a date of this account"
    )


class Intelligence(Record):
    """What is the situation? Prose is Markdown."""

    business: Text = Field(default="", description="How they make money, and how we help them make it")
    culture: Text = Field(default="", description="How they decide, and what they think is good behaviour")
    aims: Text = Field(default="", description="What they want to have reached in a year or two")
    pressures: Text = Field(default="", description="What makes life hard for them, whether we can help or not")
    strengths: Annotated[tuple[SwotItem, ...], Items("strengths")] = Field(
        default=(), description="What they value in us"
    )
    weaknesses: Annotated[tuple[SwotItem, ...], Items("weaknesses")] = Field(
        default=(), description="Where we disappoint them"
    )
    opportunities: Annotated[tuple[SwotItem, ...], Items("opportunities")] = Field(
        default=(), description="What is changing on their side that we could help with"
    )
    threats: Annotated[tuple[SwotItem, ...], Items("threats")] = Field(
        default=(), description="What could make us lose business here"
    )


class StageGoal(Item):
    """A step on the way to a goal."""

    what: Text = Field(description="The step, as both sides can see it")
    due: Day | None = Field(default=None, description="The day by which it is to be reached")
    done: PastDay | None = Field(default=None, description="The day on which it was reached")
    dropped: Day | None = Field(default=None, description="The day on which it was given up")
    because: Text = Field(default="", description="Why it was given up or, while it is open, why its date was moved")

    @property
    def open(self) -> bool:
        """Neither done nor dropped."""
        return self.done is None and self.dropped is None


class Goal(Record):
    """What we want to reach, worded as the customer will see it."""

    goal: Text = Field(description="How the customer will see us when it is reached")
    for_: Literal["customer", "us", "relationship"] | None = Field(
        default=None, alias="for", description="Whose value it is: theirs, ours, or the relationship's"
    )
    owner: Ours | None = Field(default=None, description="Who of ours answers for it")
    agreed_with: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(
        default=(), description="Who of theirs has agreed that it is worth reaching"
    )
    measure: Measure | None = Field(
        default=None,
        description="The figure that shows it; `sales` or `sales:FAMILY` takes start and readings from sales.csv",
    )
    start: Reading | None = Field(default=None, description="Where the figure stood at the beginning")
    aim: Reading | None = Field(default=None, description="Where the figure shall stand at the end")
    readings: dict[PastDay, Reading] = Field(default={}, description="By day: what the measure showed")
    since: Day | None = Field(default=None, description="The day on which work on it began")
    due: Day | None = Field(default=None, description="The day by which it is to be reached")
    stages: Annotated[tuple[StageGoal, ...], Items("stages")] = Field(
        default=(), description="Steps on the way, each with a date"
    )
    reached: PastDay | None = Field(default=None, description="The day on which it was reached")
    dropped: Day | None = Field(default=None, description="The day on which it was given up")
    because: Text = Field(
        default="", description="Why it was given up or, while it is open, why its date or aim was changed"
    )
    about: Annotated[tuple[Topic, ...], OneOrMany()] = Field(
        default=(), description="What it is about: deliveries, sales, a contact or a date of this account"
    )
    who: Annotated[tuple[Anyone, ...], OneOrMany()] = Field(
        default=(), description="Others who work on it, of ours or of theirs"
    )
    site: SiteId | None = Field(default=None, description="The place it is for")
    private: Flag = Field(default=False, description="true: checked and counted, but never published or exported")

    @property
    def open(self) -> bool:
        """Neither reached nor dropped."""
        return self.reached is None and self.dropped is None


class Action(Item):
    """Who does what by when."""

    what: Text = Field(description="What will be different once it is done")
    who: Annotated[tuple[Anyone, ...], OneOrMany()] = Field(
        default=(), description="Who does it: one of ours or of theirs"
    )
    due: Day | None = Field(default=None, description="The day by which it is to be done")
    goal: GoalId | None = Field(default=None, description="The goal it serves")
    done: PastDay | None = Field(default=None, description="The day on which it was done")
    dropped: Day | None = Field(default=None, description="The day on which it was given up")
    because: Text = Field(default="", description="Why it was given up or, while it is open, why its date was moved")
    about: Annotated[tuple[Topic, ...], OneOrMany()] = Field(
        default=(), description="What it is about: deliveries, sales, a contact or a date of this account"
    )
    site: SiteId | None = Field(default=None, description="The place it is for")

    @property
    def open(self) -> bool:
        """Neither done nor dropped."""
        return self.done is None and self.dropped is None


class Decision(Item):
    """A decision wanted from somebody senior."""

    ask: Text = Field(description="What somebody senior is asked to decide")
    of: Annotated[tuple[Ours, ...], OneOrMany()] = Field(default=(), description="Who is asked")
    asked_on: PastDay | None = Field(default=None, description="When they were asked")
    decided_on: PastDay | None = Field(default=None, description="When they decided")
    outcome: Text = Field(default="", description="What they decided")


class Period(Record):
    """The current 90 days and the point to reach in the relationship."""

    ends: Day = Field(description="The last day of the 90 days")
    reach: Text = Field(default="", description="The point to reach in the relationship by then")


class PastPeriod(Item):
    """A period that is over, with its verdict."""

    ends: Day = Field(description="The last day of that period")
    reach: Text = Field(default="", description="The point that was to be reached")
    reached: Literal["yes", "partly", "no"] | None = Field(default=None, description="The verdict")
    because: Text = Field(default="", description="What explains the verdict")


class Plan(Record):
    """The plan of one account: Intelligence, Intentions, Implementation."""

    reviewed: PastDay | None = Field(default=None, description="The day of the last 30-day review among ourselves")
    reviewed_by: Annotated[tuple[Ours, ...], OneOrMany()] = Field(default=(), description="Who held it")
    period: Period | None = Field(default=None, description="The current 90 days")
    past_periods: Annotated[tuple[PastPeriod, ...], Items("past_periods")] = Field(
        default=(), description="The periods before, each with its verdict"
    )
    intelligence: Intelligence | None = Field(default=None, description="What is the situation?")
    intentions: dict[Id, Goal] = Field(
        default={}, description="What do we want to reach? Each goal stands under its id"
    )
    implementation: Annotated[tuple[Action, ...], Items("implementation")] = Field(
        default=(), description="Who does what by when: the actions"
    )
    decisions: Annotated[tuple[Decision, ...], Items("decisions")] = Field(
        default=(), description="What only somebody senior can decide"
    )


class PlanOfYear(Record):
    """What ended in a year and was moved out of the plan; it still counts as part of it."""

    past_periods: Annotated[tuple[PastPeriod, ...], Items("past_periods")] = Field(
        default=(), description="The periods that ended in that year, each with its verdict"
    )
    intentions: dict[Id, Goal] = Field(default={}, description="The goals that were reached or given up in that year")
    implementation: Annotated[tuple[Action, ...], Items("implementation")] = Field(
        default=(), description="The actions that were done or given up in that year"
    )
    decisions: Annotated[tuple[Decision, ...], Items("decisions")] = Field(
        default=(), description="What somebody senior decided in that year"
    )


class Evidence(Record):
    """What shows that an indicator of partnership holds."""

    evidence: Text = Field(default="", description="What happened, and who saw it")
    on: PastDay | None = Field(default=None, description="When it happened")
    private: Flag = Field(default=False, description="true: checked and counted, but never published or exported")


class Answer(Record):
    """An answer from an audit and what came of it."""

    answer: Text = Field(default="", description="What they said, in their words")
    action: ActionId | None = Field(default=None, description="The action that comes of it")
    goal: GoalId | None = Field(default=None, description="The goal that comes of it")
    reason: Text = Field(default="", description="Why nothing needs to come of it")
    private: Flag = Field(default=False, description="true: checked and counted, but never published or exported")


class Audit(Record):
    """The answers from one audit; its date is the file's name."""

    who: Annotated[tuple[Ours, ...], OneOrMany()] = Field(default=(), description="Who of ours asked")
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(
        default=(), alias="with", description="Who of theirs answered"
    )
    marks: Marks | None = Field(default=None, description="What they give us out of ten")
    seen_as: Literal["supplier", "partner"] | None = Field(default=None, description="What they see in us")
    answers: dict[QuestionId, Answer] = Field(
        default={}, description="By question of the audit menu: what they said, and what comes of it"
    )


class NoteHead(Record):
    """The front matter of a dated note."""

    kind: NoteKind = Field(description="What happened")
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(
        default=(), alias="with", description="Who of theirs was there"
    )
    who: Annotated[tuple[Ours, ...], OneOrMany()] = Field(default=(), description="Who of ours was there")
    signals: Annotated[tuple[Text, ...], OneOrMany()] = Field(
        default=(), description="Trends in their trade, in words that other accounts use too"
    )
    about: Annotated[tuple[Topic, ...], OneOrMany()] = Field(
        default=(), description="What it is about: deliveries, sales, a contact or a date of this account"
    )
    site: SiteId | None = Field(default=None, description="The place it is about")
    resolved: PastDay | None = Field(default=None, description="For an issue: the day on which it was put right")
    private: Flag = Field(default=False, description="true: checked and counted, but never published or exported")


class Details(Record):
    """The part of an account that `account.yml` holds; a light account's file may carry all of `AccountFile`."""

    name: Text = Field(description="What the customer is called")
    stage: Stage = Field(description="How far the relationship has come")
    country: Text = Field(default="", description="Where they are")
    region: Text = Field(default="", description="The sales region, as you name your regions")
    segment: Text = Field(default="", description="Their trade or size, as you name your segments")
    crm_id: Text = Field(default="", description="Their number in your other systems; kept as written")
    manager: Ours | None = Field(default=None, description="The account manager")
    buddy: Ours | None = Field(default=None, description="The colleague with whom the manager talks dilemmas through")
    sponsor: Ours | None = Field(default=None, description="The executive sponsor, the point of escalation")
    team: Annotated[tuple[Ours, ...], OneOrMany()] = Field(default=(), description="Others of ours who serve them")
    selection: Selection | None = Field(
        default=None, description="Why they are a key account, or why a candidate was refused"
    )
    sites: dict[Id, Site] = Field(
        default={},
        description="Their places, by id; then contacts, goals, actions, notes and rows of exports may name one",
    )
    wallet: dict[Text, Money] = Field(default={}, description="By year: what they spend on what we could sell them")
    dates: Annotated[tuple[KeyDate, ...], Items("dates")] = Field(
        default=(), description="Contract ends, notice days, tenders, price rounds"
    )
    planned: Annotated[tuple[Planned, ...], Items("planned")] = Field(
        default=(), description="What is booked; it quiets the rules that ask for a meeting"
    )
    promises: Annotated[tuple[Promise, ...], Items("promises")] = Field(
        default=(), description="What being a key account means in practice, and whether we keep it"
    )
    waivers: Annotated[tuple[Waiver, ...], Items("waivers")] = Field(
        default=(), description="Findings that we accept for a while"
    )
    formerly: Annotated[tuple[Id, ...], OneOrMany()] = Field(
        default=(), description="Names that its file or folder had before; links to them still lead here"
    )


class AccountFile(Details):
    """One account's whole document, whether it is written in one file or in a folder."""

    contacts: dict[Id, Contact] = Field(default={}, description="Their people, by id")
    plan: Plan | None = Field(default=None, description="The plan")
    partnership: dict[IndicatorId, Evidence] | None = Field(
        default=None, description="Evidence by indicator of partnership"
    )
