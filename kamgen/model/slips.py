"""Slips: small typed records of something that happened, each of which becomes one change of an account's files.

A slip says what somebody knows ("done", "leaves in June, Karin takes over") in the words of the trade and with few
fields; `edit.slips` knows where that is written. Commands, forms and the links of the site are made from these records:
the docstring says what a slip is for, a field's `title` is its label and its `description` the help beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, Field, TypeAdapter

from kamgen.model.account import NoteKind, Record
from kamgen.model.files import headed, tidied
from kamgen.model.values import (
    Day,
    Flag,
    OneOrMany,
    PastDay,
    PolicyLevel,
    Reading,
    Ref,
    Stage,
    Stance,
    Text,
    refuse,
)

Thing = Literal["action", "stage", "goal", "contact", "claim", "complaint", "decision"]


@dataclass(frozen=True, slots=True)
class Names:
    """Marks a text as the name of something in the account: its id, or its key path where the id alone is not enough.

    A claim is an opportunity or a threat, a complaint the file name (without ending) of a note of the kind `issue`.
    """

    things: tuple[Thing, ...]


def _said(text: str) -> str:
    """A text that says something."""
    return text or refuse("KAM004", "say it in a few words")


def _figure(value: Decimal | str) -> Decimal | str:
    """What a measure shows, which is something."""
    return value if str(value).strip() else refuse("KAM004", "write a number or a few words")


def _somebody(people: tuple[str, ...]) -> tuple[str, ...]:
    """People, of whom there is at least one."""
    return people or refuse("KAM004", "name at least one person")


# People type names as well as ids, so what names somebody or something is any text.
Said = Annotated[Text, AfterValidator(_said)]
Ours = Annotated[Said, Ref(("ours",))]
Theirs = Annotated[Said, Ref(("contact",))]
GoalId = Annotated[Said, Ref(("goal",))]
DefinitionId = Annotated[Said, Ref(("definition",))]
Figure = Annotated[Reading, AfterValidator(_figure)]
OurPeople = Annotated[tuple[Ours, ...], OneOrMany(), AfterValidator(_somebody)]
AnItem = Annotated[Said, Names(("action", "stage", "goal"))]


class Slip(Record):
    """What every slip says. `agreement`: it needs a second pair of eyes, and so becomes a pull request."""

    agreement: ClassVar[bool] = False

    account: Said = Field(title="Account", description="Its name, or its id as in the address of its page")
    on: PastDay | None = Field(default=None, title="When", description="The day it happened; left out: today")
    by: Ours | None = Field(default=None, title="Who reports it", description="Who of ours says so")


class Done(Slip):
    """An action or a stage is done, or a goal is reached."""

    slip: Literal["done"] = "done"
    item: AnItem = Field(title="What", description="The action, stage or goal")


class Move(Slip):
    """An action, a stage or a goal gets a later (or an earlier) date, for a reason."""

    slip: Literal["move"] = "move"
    item: AnItem = Field(title="What", description="The action, stage or goal")
    to: Day = Field(title="New date", description="The day by which it will be done, such as 2026-05-29")
    why: Said = Field(title="Why", description="What it waits for, in a sentence")


class Drop(Slip):
    """An action, a stage or a goal is given up, or an opportunity or a threat is left for now, for a reason."""

    slip: Literal["drop"] = "drop"
    item: Annotated[Said, Names(("action", "stage", "goal", "claim"))] = Field(
        title="What", description="The action, stage or goal; or the opportunity or threat that is left for now"
    )
    why: Said = Field(title="Why", description="Why it is no longer wanted, in a sentence")


class Checked(Slip):
    """What stands there about a contact, an opportunity or a threat is still true."""

    slip: Literal["checked"] = "checked"
    item: Annotated[Said, Names(("contact", "claim"))] = Field(
        title="What", description="The contact, or the opportunity or threat"
    )


class Leaves(Slip):
    """One of the customer's people leaves, or has left."""

    slip: Literal["leaves"] = "leaves"
    contact: Theirs = Field(title="Who leaves", description="One of their people")
    last_day: Day = Field(title="Their last day", description="Such as 2026-06-30; a guess is better than nothing")
    source: Literal["told", "heard"] = Field(
        title="How we know", description="told: they or their firm told us; heard: somebody else says so"
    )
    successor: Text = Field(
        default="", title="Who follows", description="The name of who takes over; empty: not known yet"
    )
    meets: Ours | None = Field(
        default=None,
        title="Who of ours meets them",
        description="Who of ours gets to know the successor; empty: who covers them now",
    )


class Joined(Slip):
    """Somebody new at the customer."""

    slip: Literal["joined"] = "joined"
    name: Said = Field(title="Name", description="First and last name")
    title: Text = Field(default="", title="Job title", description="What it says on their card")
    level: PolicyLevel | None = Field(
        default=None,
        title="Level",
        description="instigator decides policy, influencer shapes it, implementer carries it out",
    )
    stance: Stance | None = Field(default=None, title="Stance", description="How they stand to us")
    covered_by: Annotated[tuple[Ours, ...], OneOrMany()] = Field(
        default=(), title="Who of ours keeps in touch", description="One or more of our people"
    )
    follows: Theirs | None = Field(default=None, title="In place of", description="Whose place they take, if anybody's")


class Noted(Slip):
    """A visit, a call, a meeting, or anything else worth a note."""

    slip: Literal["note"] = "note"
    what: NoteKind = Field(title="Kind", description="What it was")
    title: Said = Field(title="In a few words", description="What it was about")
    text: Text = Field(default="", title="What was said", description="What you heard, saw and agreed")
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(
        default=(), alias="with", title="Who of theirs", description="Who of theirs was there"
    )
    who: Annotated[tuple[Ours, ...], OneOrMany()] = Field(
        default=(), title="Who of ours", description="Who of ours was there"
    )


class Heard(Slip):
    """An opportunity or a threat: who said what."""

    slip: Literal["heard"] = "heard"
    sort: Literal["opportunity", "threat"] = Field(title="What is it", description="An opportunity or a threat for us")
    what: Said = Field(title="What is changing", description="In a sentence")
    source: Said = Field(title="Who says so", description="Who said it and on what occasion")
    goal: GoalId | None = Field(default=None, title="Goal", description="The goal that answers it, if there is one")


class Measured(Slip):
    """What a goal's measure shows today."""

    slip: Literal["reading"] = "reading"
    goal: GoalId = Field(title="Goal", description="The goal whose measure was read")
    value: Figure = Field(title="What it shows", description="The figure, such as 9")


class Complaint(Slip):
    """The customer complains."""

    slip: Literal["complaint"] = "complaint"
    title: Said = Field(title="In a few words", description="What went wrong")
    text: Text = Field(
        default="", title="What happened", description="What it means for them, and who puts it right by when"
    )
    with_: Annotated[tuple[Theirs, ...], OneOrMany()] = Field(
        default=(), alias="with", title="Who of theirs", description="Who complained"
    )


class Resolved(Slip):
    """A complaint is put right."""

    slip: Literal["resolved"] = "resolved"
    complaint: Annotated[Said, Names(("complaint",))] = Field(title="Which complaint", description="The note of it")
    what: Text = Field(default="", title="What was done", description="What put it right, and what they said to it")


class Decided(Slip):
    """A decision that was asked for has been made."""

    slip: Literal["decided"] = "decided"
    decision: Annotated[Said, Names(("decision",))] = Field(title="Which decision", description="What was asked")
    outcome: Said = Field(title="What was decided", description="In a sentence")


class Outcome(Record):
    """What became of one action, stage or goal at a review: exactly one of done, a new date, or dropped."""

    item: AnItem = Field(title="What", description="The action, stage or goal")
    done: PastDay | None = Field(default=None, title="Done on", description="The day it was done")
    to: Day | None = Field(default=None, title="New date", description="The day by which it will be done")
    dropped: Flag = Field(default=False, title="Dropped", description="true: it is given up")
    why: Text = Field(default="", title="Why", description="Why it moves or is given up")

    @property
    def id(self) -> str:
        """What tells it from the others of its list."""
        return self.item


class Reviewed(Slip):
    """The 30-day review among ourselves was held."""

    slip: Literal["review"] = "review"
    held_by: OurPeople = Field(title="Who held it", description="Who of ours sat together")
    reached: Literal["yes", "partly", "no"] | None = Field(
        default=None,
        title="Was the point reached",
        description="The verdict on the point to reach, if its 90 days are over",
    )
    because: Text = Field(default="", title="Because", description="What explains the verdict")
    reach: Text = Field(
        default="", title="Next point to reach", description="Where the relationship shall stand in 90 days"
    )
    ends: Day | None = Field(default=None, title="By", description="The last day of the next 90 days")
    outcomes: tuple[Outcome, ...] = Field(
        default=(), title="What became of each", description="By action, stage or goal: done, a new date, or dropped"
    )


class NewStage(Slip):
    """The account comes to another stage."""

    agreement: ClassVar[bool] = True
    slip: Literal["stage"] = "stage"
    stage: Stage = Field(title="New stage", description="How far the relationship has come")
    why: Said = Field(title="Why", description="What has changed, in a sentence")


class Chosen(Slip):
    """The account is chosen as a key account, or the reason is renewed."""

    agreement: ClassVar[bool] = True
    slip: Literal["selection"] = "selection"
    reason: Said = Field(title="Why they are key", description="In a sentence that everybody can read")
    definition: Annotated[tuple[DefinitionId, ...], OneOrMany()] = Field(
        default=(), title="Definition", description="What makes them key: ids of the definitions in criteria.yml"
    )
    agreed_by: OurPeople = Field(title="Who agreed", description="At least one of them senior")


class NewAim(Slip):
    """A goal gets another aim, for a reason."""

    agreement: ClassVar[bool] = True
    slip: Literal["aim"] = "aim"
    goal: GoalId = Field(title="Goal", description="The goal whose aim changes")
    aim: Figure = Field(title="New aim", description="Where the figure shall stand at the end")
    why: Said = Field(title="Why", description="What has changed, in a sentence")


class Waived(Slip):
    """A finding is accepted for a while, for a reason."""

    agreement: ClassVar[bool] = True
    slip: Literal["waiver"] = "waiver"
    rule: Said = Field(title="Rule", description="The rule's code, such as KAM604")
    subject: Text = Field(default="", title="Of what", description="Exactly one thing; empty: the whole account")
    reason: Said = Field(title="Why", description="Why we live with it for now")
    agreed_by: OurPeople = Field(title="Who agreed", description="Somebody senior, where the finding is an error")
    until: Day = Field(title="Until", description="The last day on which it holds; at most 180 days ahead")


AnySlip = Annotated[
    Done
    | Move
    | Drop
    | Checked
    | Leaves
    | Joined
    | Noted
    | Heard
    | Measured
    | Complaint
    | Resolved
    | Decided
    | Reviewed
    | NewStage
    | Chosen
    | NewAim
    | Waived,
    Field(discriminator="slip"),
]
SLIPS: dict[str, type[Slip]] = {one.model_fields["slip"].default: one for one in get_args(get_args(AnySlip)[0])}


def slip_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of slip; each field's label is its title."""
    record = SLIPS[kind]
    schema = TypeAdapter(record).json_schema(by_alias=True, mode="validation")
    schema["required"] = ["slip", *schema["required"]]
    tidy = tidied(schema)
    _label(tidy, record)
    for part in tidy.get("$defs", {}).values():
        _label(part, Outcome)  # the only record within a slip
    return headed(f"kamgen: slip {kind}", tidy)


def _label(schema: dict[str, Any], record: type[Record]) -> None:
    """Put the labels back that were taken out with the titles that nobody wrote."""
    for name, field in record.model_fields.items():
        if field.title:
            schema["properties"][field.alias or name]["title"] = field.title


def as_slip(tree: object) -> Slip:
    """A slip from plain values; raises pydantic's ValidationError."""
    return _adapter().validate_python(tree)


@cache
def _adapter() -> TypeAdapter[Slip]:
    return TypeAdapter(AnySlip)  # it takes a tenth of a second
