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
        ("forecast intranet", ["action"], "plan.implementation.put-the-forecast-sheet-on-their-intranet"),
        ("forecast-sheet", THINGS, "plan.implementation.put-the-forecast-sheet-on-their-intranet"),
        ("INVOICES", THINGS, "plan.implementation.call-linz"),
        ("shelves", ["goal"], "plan.intentions.no-empty-shelves"),
        ("pallets", ["complaint"], "notes.2026-04-10-two-pallets-short"),
        ("Róland", ["contact"], "contacts.roland-mendel"),
        ("sales manager", ["contact"], "contacts.roland-mendel"),
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
            "put-the-forcast-sheet-on-their",
            ["action", "stage"],
            'There is no action or stage "put-the-forcast-sheet-on-their" in Ernst Handel. '
            'Did you mean "put-the-forecast-sheet-on-their-intranet"? Open: '
            '"Put the forecast sheet on their intranet", "Share twelve months of stock data", '
            '"Joint forecast" (implementation/joint-forecast), "Baseline agreed", '
            '"Joint forecast" (no-empty-shelves/joint-forecast).',
        ),
        (
            "Rolland Mendel",
            ["contact"],
            'There is no contact "Rolland Mendel" in Ernst Handel. Did you mean "Roland Mendel"? '
            "On file: Roland Mendel (Sales Manager), Petra Hofer (last day 2026-04-30), Sabine Moser.",
        ),
        (
            "joint-forecast",
            ["action", "stage", "goal"],
            '"joint-forecast" is the name of an action (implementation/joint-forecast) and of a stage '
            "(no-empty-shelves/joint-forecast). Type the name in brackets of the one you mean.",
        ),
        ("x", ["complaint"], 'There is no complaint "x" in Ernst Handel. Open: "Two pallets short" (2026-04-'),
        ("", ["decision"], 'There is no decision "" in Ernst Handel. Open: "Free samples for the two depots".'),
        ("o", ["action"], 'There is no action "o" in Ernst Handel. Open: '),
        ("10", ["complaint"], 'There is no complaint "10" in Ernst Handel. Open: '),
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
    with pytest.raises(KamgenError, match=r'Open: "Step 0", .*, "Step 6" and 2 more\.$'):
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
    assert find(account, "they", ["goal"]).id == "theirs"
    with pytest.raises(
        KamgenError, match=r'^"grow" can be 2 of them: "They grow" \(theirs\), one that is private\. Say which'
    ):
        find(account, "grow", ["goal"])


ROLANDS = {
    "roland-mendel": {"name": "Roland Mendel", "title": "Head of purchasing", "leaves": "2026-06-30"},
    "roland-huber": {"name": "Roland Huber"},
    "eva-lang": {"name": "Eva Lang", "title": "Assistant to Mr Mendel"},
}


@pytest.fixture
def rolands() -> Account:
    return Account("a", "key", AccountFile.model_validate({"name": "A", "stage": "key", "contacts": ROLANDS}))


def test_of_two_with_a_first_name_both_are_told_and_neither_is_taken(rolands: Account) -> None:
    """Whoever is to leave as well: a slip may be about them."""
    with pytest.raises(KamgenError) as told:
        find(rolands, "roland", ["contact"])
    assert str(told.value) == (
        '"roland" can be 2 people: Roland Mendel (Head of purchasing, last day 2026-06-30), Roland Huber. Say which.'
    )
    with pytest.raises(KamgenError, match=r'Did you mean "Roland Huber" or "Roland Mendel"\?'):
        find(rolands, "Rolando", ["contact"])


def test_a_name_goes_before_a_title(rolands: Account) -> None:
    assert find(rolands, "Mendel", ["contact"]).id == "roland-mendel"
    assert find(rolands, "assistant", ["contact"]).id == "eva-lang"


def test_what_is_open_goes_before_what_is_not() -> None:
    actions = [
        {"what": "Call Linz", "done": "2026-04-02"},
        {"what": "Call Graz"},
        {"what": "Ask Wels", "done": "2026-04-02"},
    ]
    record = AccountFile.model_validate({"name": "A", "stage": "key", "plan": {"implementation": actions}})
    account = Account("a", "key", record)
    assert find(account, "call", ["action"]).id == "call-graz"
    assert find(account, "wels", ["action"]).id == "ask-wels"


TEAM = {
    "anna": Person(name="Anna Berg"),
    "anna-2": Person(name="Anna  Berg"),
    "jo": Person(name="José Ruíz", title="The buyer"),
}


@pytest.mark.parametrize(
    ("word", "person"), [("anna", "anna"), ("jose ruiz", "jo"), ("José Ruíz", "jo"), ("RUIZ", "jo"), ("buyer", "jo")]
)
def test_our_people_are_found_by_name(word: str, person: str) -> None:
    assert find_ours(TEAM, word) == person


def test_of_two_of_a_name_neither_is_taken() -> None:
    with pytest.raises(KamgenError, match=r"can be 2 of our people: Anna Berg \(anna\), Anna Berg \(anna-2\)\. Say"):
        find_ours(TEAM, "Anna Berg")
    with pytest.raises(KamgenError, match=r'^"Berg" can be 2 of our people: '):
        find_ours(TEAM, "Berg")


def test_somebody_unknown_is_refused() -> None:
    with pytest.raises(KamgenError, match=r'^"Josef Ruiz" is not one of our people .* Did you mean "José Ruíz"\?$'):
        find_ours(TEAM, "Josef Ruiz")


def test_without_a_team_an_id_stands_as_it_is() -> None:
    assert find_ours(None, "Anna Berg") == "anna-berg"


def test_the_samples_are_in_order(workspace: Write, tmp_path: Path) -> None:
    assert [one for one in checked(workspace(FOLDER)).findings if one.level == "error"] == []
