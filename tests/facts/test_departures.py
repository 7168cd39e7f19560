"""Whose leaving costs something, where nobody is tied, and how each site is: edges first."""

from __future__ import annotations

from datetime import date
from typing import Any

from kamgen.facts.departures import Departure, account_gaps, departures, sites, without_ties
from kamgen.model.account import AccountFile
from kamgen.model.portfolio import Account, Portfolio
from kamgen.read.playbook import default_settings

TODAY = date(2026, 5, 6)


def of(contacts: dict[str, dict[str, Any]], **more: Any) -> tuple[Portfolio, Account]:
    people = {name: {"name": name.title(), **facts} for name, facts in contacts.items()}
    record = AccountFile.model_validate({"name": "Example", "stage": "key", "contacts": people, **more})
    one = Account("example", "key", record)
    return Portfolio(TODAY, default_settings(), {one.slug: one}), one


def test_nobody() -> None:
    portfolio, one = of({})
    assert departures(portfolio, one) == []
    assert sites(portfolio, one) == []
    assert without_ties(portfolio, one) == ()
    assert [gap.level for gap in account_gaps(portfolio, one)] == ["instigator", "influencer", "implementer"]


def test_nobody_is_lost_where_two_know_everybody() -> None:
    contacts = {
        "boss": {"level": "instigator", "covered_by": ["ann", "bea"]},
        "chief": {"level": "instigator", "covered_by": ["ann", "bea"]},
    }
    assert departures(*of(contacts)) == []


def test_an_only_tie_and_an_only_level() -> None:
    contacts = {
        "boss": {"level": "instigator", "covered_by": ["ann"]},
        "buyer": {"level": "influencer", "covered_by": ["ann", "bea"]},
        "agent": {"level": "influencer", "covered_by": ["ann", "bea"]},
    }
    plan = {
        "intentions": {"g": {"goal": "G", "owner": "ann"}},
        "implementation": [{"what": "A", "who": "boss"}, {"what": "B", "who": "ann"}],
    }
    assert departures(*of(contacts, plan=plan)) == [
        Departure("ann", True, ("boss",), 0, ("instigator",), 1, 1),
        Departure("boss", False, (), 0, ("instigator",), 0, 1),
    ]


def test_private_people_are_counted_and_never_named() -> None:
    contacts: dict[str, dict[str, Any]] = {
        "boss": {"level": "instigator", "covered_by": ["ann"], "private": True},
        "buyer": {"level": "influencer", "covered_by": ["ann", "bea"]},
        "agent": {"level": "influencer", "covered_by": ["ann", "bea"]},
        "ghost": {"level": "implementer", "private": True},
        "clerk": {"level": "implementer"},
    }
    portfolio, one = of(contacts)
    assert departures(portfolio, one) == [Departure("ann", True, (), 1, ("instigator",))]
    assert without_ties(portfolio, one) == ("clerk",)
    assert [gap.level for gap in account_gaps(portfolio, one)] == ["implementer"]


def test_who_has_left_is_no_loss() -> None:
    assert departures(*of({"boss": {"covered_by": ["ann"], "leaves": "2026-05-05"}})) == []


def test_those_who_leave_most_people_alone_come_first() -> None:
    contacts = {
        "a": {"covered_by": ["bea"]},
        "b": {"covered_by": ["ann"]},
        "c": {"covered_by": ["ann"]},
    }
    assert [(one.person, one.alone) for one in departures(*of(contacts))] == [("ann", ("b", "c")), ("bea", ("a",))]


def test_each_site_has_a_shape_and_gaps() -> None:
    contacts = {
        "graz-boss": {"level": "instigator", "covered_by": ["ann"], "site": "graz"},
        "linz-clerk": {"level": "implementer", "covered_by": ["ann", "bea"], "site": "linz"},
        "linz-buyer": {"level": "influencer", "covered_by": ["bea"], "site": "linz"},
    }
    found = sites(*of(contacts, sites={"graz": {"name": "Graz"}, "linz": {"name": "Linz"}}))
    assert [(one.sites, one.people, one.shape.word, [gap.level for gap in one.gaps]) for one in found] == [
        (("graz",), 1, "bow-tie", ["influencer", "implementer"]),
        (("linz",), 2, "lopsided", ["instigator"]),
    ]
