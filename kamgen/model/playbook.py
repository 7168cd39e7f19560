"""The company's own rules of the game: team, criteria, indicators, audit menu, offer."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from kamgen.model.account import Record
from kamgen.model.values import Day, Flag, Id, Number, OneOrMany, Ours, Text

MenuPart = Literal["past", "future", "key"]
Computed = Literal["sales", "growth", "margin"]


class Person(Record):
    """One of our people."""

    name: Text = Field(description="First and last name")
    title: Text = Field(default="", description="Their job title")
    reports_to: Ours | None = Field(default=None, description="Their boss")
    senior: Flag = Field(default=False, description="true: can sponsor, agree, audit and waive")
    leaves: Day | None = Field(
        default=None, description="Their last day with us; the entry stays, because the past refers to it"
    )
    github: Text = Field(default="", description="Their name at GitHub: an issue of theirs may change accounts")
    gitlab: Text = Field(default="", description="Their user name at GitLab: an issue of theirs may change accounts")
    email: Text = Field(default="", description="Their e-mail address: a mail from it may change accounts")
    formerly: Annotated[tuple[Id, ...], OneOrMany()] = Field(
        default=(), description="Ids that they had before; links to them still lead here"
    )


class Definition(Record):
    """One usual definition of a key account, and the question it forgets."""

    name: Text = Field(description="What a key account is, in this view")
    ask: Text = Field(default="", description="The question that this view forgets")


class Criterion(Record):
    """What accounts are chosen by: a weight, and a scale from 1 to 5 or a figure that is computed."""

    name: Text = Field(description="What is judged")
    weight: Number = Field(default=Decimal(1), description="How much it counts beside the others (1 if left out)")
    computed: Computed | None = Field(default=None, description="The mark comes from sales.csv, and nobody types it")
    scale: dict[Text, Text] = Field(default={}, description="By mark from 1 to 5: what it means")


class Criteria(Record):
    """criteria.yml: score = sum of weight times score over the sum of weights, 1 to 5."""

    definitions: dict[Id, Definition] = Field(default={}, description="The usual definitions of a key account, by id")
    criteria: dict[Id, Criterion] = Field(default={}, description="What accounts are chosen by, by id")
    threshold: Number = Field(
        default=Decimal("3.5"), description="The score from which an account should be key (3.5 if left out)"
    )


class Indicator(Record):
    """An observable sign that the customer sees a partner in us."""

    name: Text = Field(description="The sign")
    look_for: Text = Field(default="", description="What shows it")


class Question(Record):
    """A question of the audit menu and the rule codes whose gap it helps to close."""

    part: MenuPart = Field(description="Which part of the menu: past and present, the future, or being a key account")
    ask: Text = Field(description="The question, as it is asked")
    for_: Annotated[tuple[Text, ...], OneOrMany()] = Field(
        default=(),
        alias="for",
        description="Codes of rules whose gap it helps to close; it then comes first in the account's own menu",
    )


class Family(Record):
    """A product family that we sell."""

    name: Text = Field(description="What the product family is called")
