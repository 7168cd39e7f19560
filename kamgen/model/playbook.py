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

    name: Text
    title: Text = ""
    reports_to: Ours | None = None
    senior: Flag = Field(default=False, description="Can sponsor, agree, audit and waive")
    leaves: Day | None = None


class Definition(Record):
    """One usual definition of a key account, and the question it forgets."""

    name: Text
    ask: Text = ""


class Criterion(Record):
    """What accounts are chosen by: a weight, and a scale from 1 to 5 or a figure that is computed."""

    name: Text
    weight: Number = Decimal(1)
    computed: Computed | None = None
    scale: dict[Text, Text] = {}


class Criteria(Record):
    """criteria.yml: score = sum of weight times score over the sum of weights, 1 to 5."""

    definitions: dict[Id, Definition] = {}
    criteria: dict[Id, Criterion] = {}
    threshold: Number = Decimal("3.5")


class Indicator(Record):
    """An observable sign that the customer sees a partner in us."""

    name: Text
    look_for: Text = ""


class Question(Record):
    """A question of the audit menu and the rule codes whose gap it helps to close."""

    part: MenuPart
    ask: Text
    for_: Annotated[tuple[Text, ...], OneOrMany()] = Field(default=(), alias="for")


class Family(Record):
    """A product family that we sell."""

    name: Text
