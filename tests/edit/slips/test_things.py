"""What is meant by what somebody typed: an id, the end of a path, a whole path, or the words of the thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kamgen.edit.slips.things import THINGS, find, find_ours, name_of, named, things
from kamgen.errors import KamgenError
from kamgen.model.account import AccountFile
from kamgen.model.playbook import Person
from kamgen.model.portfolio import Account
from kamgen.model.slips import Thing
from tests.conftest import Write, checked
from tests.edit.slips.samples import FOLDER

MANY = {f"step-{number}": {"goal": f"Step {number}", "due": "2026-06-30"} for number in range(9)}


@pytest.fixture
def account(workspace: Write) -> Account:
    return checked(workspace(FOLDER), "KAM001").portfolio.accounts["ernst-handel"]


@pytest.mark.parametrize(
    ("word", "sorts", "path"),
    [
        ("call-linz", ["action"], "plan.implementation.call-linz"),
        ("Call Linz about the invoices", ["action"], "plan.implementation.call-linz"),
        ("call linz  about the INVOICES", ["action"], "plan.implementation.call-linz"),
        ("call linz about the invoices!", THINGS, "plan.implementation.call-linz"),
        ("joint-forecast", ["action"], "plan.implementation.joint-forecast"),
        ("implementation/joint-forecast", THINGS, "plan.implementation.joint-forecast"),
        ("no-empty-shelves/joint-forecast", THINGS, "plan.intentions.no-empty-shelves.stages.joint-forecast"),
        (" stages.joint-forecast ", THINGS, "plan.intentions.no-empty-shelves.stages.joint-forecast"),
        ("plan.intentions.no-empty-shelves", THINGS, "plan.intentions.no-empty-shelves"),
        ("They buy more cheese", ["goal"], "plan.intentions.more-cheese"),
        ("roland-mendel", ["contact"], "contacts.roland-mendel"),
        ("roland mendel", ["contact"], "contacts.roland-mendel"),
        ("energy-costs", ["claim"], "plan.intelligence.threats.energy-costs"),
        ("threats/energy-costs", ["claim"], "plan.intelligence.threats.energy-costs"),
        ("Two pallets short", ["complaint"], "notes.2026-04-10-two-pallets-short"),
        ("2026-04-10-two-pallets-short", ["complaint"], "notes.2026-04-10-two-pallets-short"),
        ("a-second-driver", ["decision"], "plan.decisions.a-second-driver"),
    ],
)
def test_a_thing_is_found(account: Account, word: str, sorts: list[Thing], path: str) -> None:
    assert find(account, word, sorts).key == path


@pytest.mark.parametrize(
    ("word", "sorts", "said"),
    [
        (
            "put-the-forecast-sheet",
            ["action", "stage"],
            'There is no action or stage "put-the-forecast-sheet" in Ernst Handel. '
            'Did you mean "put-the-forecast-sheet-on-their-intranet"? Open: '
            "put-the-forecast-sheet-on-their-intranet, share-twelve-months-of-stock-data, "
            "implementation/joint-forecast, baseline-agreed, no-empty-shelves/joint-forecast.",
        ),
        (
            "Rolland Mendel",
            ["contact"],
            'There is no contact "Rolland Mendel" in Ernst Handel. Did you mean "roland-mendel"? '
            "Open: roland-mendel, sabine-moser.",
        ),
        (
            "joint-forecast",
            ["action", "stage", "goal"],
            '"joint-forecast" is the name of an action (implementation/joint-forecast) and of a stage '
            "(no-empty-shelves/joint-forecast). Type the name in brackets of the one you mean.",
        ),
        ("x", ["complaint"], 'There is no complaint "x" in Ernst Handel. Open: 2026-04-10-two-pallets-short.'),
        ("", ["decision"], 'There is no decision "" in Ernst Handel. Open: free-samples-for-the-two-depots.'),
        ("../../etc", ["claim"], 'There is no opportunity or threat "../../etc" in Ernst Handel. Open: '),
    ],
)
def test_what_is_not_found_is_told_with_what_there_is(
    account: Account, word: str, sorts: list[Thing], said: str
) -> None:
    with pytest.raises(KamgenError) as told:
        find(account, word, sorts)
    assert str(told.value).startswith(said)


def test_at_most_seven_are_listed() -> None:
    record = AccountFile.model_validate({"name": "A", "stage": "key", "plan": {"intentions": MANY}})
    with pytest.raises(KamgenError, match=r"Open: step-0, .*, step-6 and 2 more\.$"):
        find(Account("a", "key", record), "nothing-like-it", ["goal"])


def test_where_nothing_is_open_it_says_so() -> None:
    record = AccountFile.model_validate({"name": "A", "stage": "key"})
    with pytest.raises(KamgenError, match=r"^There is no goal \"x\" in A\. None is open\.$"):
        find(Account("a", "key", record), "x", ["goal"])


def test_the_shortest_name_means_one_thing_alone(account: Account) -> None:
    every = things(account)
    names = {name_of(one, every): one.path for one in every}
    assert len(names) == len(every)
    for name, path in names.items():
        assert find(account, name, THINGS).path == path


def test_private_things_are_found_and_never_listed() -> None:
    goals = {"ours": {"goal": "We grow", "private": "true"}, "theirs": {"goal": "They grow"}}
    record = AccountFile.model_validate({"name": "A", "stage": "key", "plan": {"intentions": goals}})
    account = Account("a", "key", record)
    assert list(named(account)) == ["theirs"]
    assert find(account, "ours", ["goal"]).private
    with pytest.raises(KamgenError) as told:
        find(account, "our", ["goal"])
    assert "ours" not in str(told.value).partition("in A.")[2]


TEAM = {"anna": Person(name="Anna Berg"), "anna-2": Person(name="Anna  Berg"), "jo": Person(name="José Ruíz")}


@pytest.mark.parametrize(("word", "person"), [("anna", "anna"), ("jose ruiz", "jo"), ("José Ruíz", "jo")])
def test_our_people_are_found_by_name(word: str, person: str) -> None:
    assert find_ours(TEAM, word) == person


def test_of_two_of_a_name_neither_is_taken() -> None:
    with pytest.raises(KamgenError, match=r"is the name of anna and of anna-2\. Type the id"):
        find_ours(TEAM, "Anna Berg")


def test_somebody_unknown_is_refused() -> None:
    with pytest.raises(KamgenError, match=r'^"Josef Ruiz" is not one of our people .* Did you mean "jo"\?$'):
        find_ours(TEAM, "Josef Ruiz")


def test_without_a_team_an_id_stands_as_it_is() -> None:
    assert find_ours(None, "Anna Berg") == "anna-berg"


def test_the_samples_are_in_order(workspace: Write, tmp_path: Path) -> None:
    assert [one for one in checked(workspace(FOLDER)).findings if one.level == "error"] == []
