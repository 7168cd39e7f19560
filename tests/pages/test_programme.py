"""The programme: who is key and why, who might be, how the business is spread, and what we can carry."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kamgen.pages import Page
from kamgen.pages.programme import render
from tests.conftest import write_files
from tests.pages.reader import read, targets
from tests.pages.test_pages import site_of, words

TEAM = """\
ann-adams: {name: Ann Adams, title: Account Manager}
bob-brown: {name: Bob Brown, title: Account Manager}
cas-cole: {name: Cas Cole, title: Director, senior: true}
"""
SETTINGS = "as_of: 2026-05-06\ncurrency: USD\nlimits: {accounts_per_manager: 1}\n"
CRITERIA = """\
definitions: {must-not-lose: {name: The ones we must not lose, ask: At a loss?}}
criteria:
  profit: {name: Profit, weight: 3, scale: {1: little, 5: much}}
  access: {name: Opens doors}
  size: {name: Size, computed: sales}
threshold: 3.5
"""
SALES = "account,month,product,amount,margin\n"


def key(name: str, marks: str, extra: str = "") -> str:
    return f"""\
name: {name}
stage: key
region: North
manager: ann-adams
sponsor: cas-cole
selection:
  definition: [must-not-lose]
  scores: {{{marks}}}
  reason: They open the trade <b>here</b>.
  agreed_by: [cas-cole]
  agreed_on: 2026-01-20
{extra}"""


FULL = {
    "playbook/team.yml": TEAM,
    "playbook/kamgen.yml": SETTINGS,
    "playbook/criteria.yml": CRITERIA,
    "accounts/alpenkost.yml": key(
        "Alpenkost",
        "profit: 5, access: 4",
        "contacts:\n  x: {name: Xaver, covered_by: ann-adams}\n"
        "  y: {name: XSECRET, covered_by: ann-adams, private: true}\n",
    ),
    "accounts/bergland.yml": key("Bergland", "profit: 2, access: 3"),
    "accounts/cafe.yml": "name: Cafe\nstage: customer\nmanager: bob-brown\n",
    "accounts/dolomia.yml": """\
name: Dolomia
stage: customer
selection: {reason: Only price counts there, agreed_by: [cas-cole], agreed_on: 2026-02-03}
""",
    "accounts/esposito.yml": "name: Esposito\nstage: customer\n",
    "accounts/sales.csv": SALES
    + "alpenkost,2026-04,tea,600,60\nbergland,2026-04,tea,50,-5\ncafe,2026-04,tea,200,80\n"
    + "dolomia,2026-03,tea,100,10\nesposito,2026-03,tea,50,\n",
}


def page_of(root: Path, files: Mapping[str, str]) -> Page:
    """The page of a workspace; it must be well-formed, and lead to pages that are there."""
    site = site_of(write_files(root, dict(files)))
    (page,) = render(site)
    found = read(page)
    assert found.faults == []
    here = {anchor for target, anchor in targets(page, found) if target == page.address and anchor}
    assert here <= set(found.ids)
    assert {target for target, _ in targets(page, found)} <= site.addresses
    return page


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return page_of(tmp_path_factory.mktemp("programme"), FULL)


@pytest.fixture(scope="module")
def text(page: Page) -> str:
    return words(page)


def test_the_verdict_comes_first(text: str) -> None:
    told = text[text.index("2 key accounts") :]
    assert told.startswith(
        "2 key accounts of 5 that buy carry 65 % of sales. 1 scores under the threshold: to be asked about. "
        "1 customer might step up, and nobody has decided on it yet. Ann Adams carries more than one person can."
    )


def test_who_is_key_and_why(page: Page, text: str) -> None:
    assert "They open the trade <b>here</b>. The ones we must not lose" in text
    assert "Ann Adams Cas Cole Cas Cole, 20 Jan 2026" in text
    assert '<tr data-kg-who="ann-adams cas-cole" data-by-region="North">' in page.html
    assert 'href="../accounts/alpenkost/"' in page.html


def test_scores_by_criterion(text: str) -> None:
    assert "Profit ×3" in text
    assert "Size ×1 computed" in text
    assert "Marks from 1 to 5. The threshold is 3.5." in text
    assert "Profit, weight 3 1 little 5 much" in text
    assert "Opens doors, weight 1 Marked from 1 to 5 by those who decide on the list." in text
    assert "Size, weight 1 Computed from sales.csv" in text


def test_up_and_down_with_the_reason(text: str) -> None:
    up, down = text.index("Who might step up or down"), text.index("Bergland scores")
    assert "Cafe USD 200 Buys more than the key account Bergland (USD 50). not decided Bob Brown" in text[up:down]
    assert "Only price counts there Cas Cole, 3 Feb 2026" in text[up:down]
    assert "Bergland scores 2.20, under the threshold of 3.5. Lowest: Profit 2, Size 2." in text


def test_a_refused_candidate_keeps_its_record(text: str) -> None:
    assert "Dolomia (Customer): Only price counts there Cas Cole, 3 Feb 2026" in text


def test_how_the_business_is_spread(text: str) -> None:
    assert "The business depends on Alpenkost (60 %): more than 25 % of all sales from one account. May 2025" in text
    assert "20 % of accounts give about 80 %. Here 1 account gives 60 %." in text
    assert "The smallest set that carries 80 % has 2 of 5 accounts; 1 of them is key." in text
    assert "KAM711" in text


def test_what_is_left_of_sales(text: str) -> None:
    assert "Of what the key accounts buy, 8 % is left (USD 55); of what all others buy, 30 % (USD 90)." in text
    assert "The key accounts bring 38 % of everything that is left." in text
    assert "Bergland USD 50 USD -5 -10 %" in text


def test_load_counts_private_contacts_and_names_none(page: Page, text: str) -> None:
    assert "Ann Adams too much" in text
    assert "2 of about 60" in text
    assert "2 of about 1" in text
    assert "XSECRET" not in page.html
    assert "Key accounts without" not in text


def test_regions_are_compared_only_with_enough_on_both_sides(text: str) -> None:
    assert "Regions are compared from 3 marked key accounts on each side; so many are not there." in text


def test_regions_judged_by_two_measures(tmp_path: Path) -> None:
    files = dict(FULL) | {"playbook/kamgen.yml": SETTINGS + "rules: {KAM709: {accounts: 1}}\n"}
    files["accounts/bergland.yml"] = files["accounts/bergland.yml"].replace("North", "South")
    told = words(page_of(tmp_path, files))
    assert "North 1 1 +2.5 uneven" in told
    assert "KAM709" in told


# --- When there is nothing --------------------------------------------------------------------------


def test_nobody_is_key(tmp_path: Path) -> None:
    told = words(page_of(tmp_path, {"accounts/one.yml": "name: One\nstage: suspect\n"}))
    assert "No account is key yet. Start with few" in told
    assert "Without a key account there is nothing to compare with." in told
    assert "No sales are known. Put sales.csv into accounts/" in told
    assert "Not known: no row of sales.csv gives a margin." in told
    assert "there is no playbook/team.yml" in told


def test_a_key_account_without_anything_said(tmp_path: Path) -> None:
    told = words(page_of(tmp_path, {"accounts/one.yml": "name: One\nstage: key\n", "playbook/team.yml": TEAM}))
    assert "1 key account of 1 that buy." in told
    assert "Not all of them have a complete score." in told
    assert "Nobody has written down why." in told
    assert "Nobody has been marked yet." in told
    assert "Without a complete score, so not judged: One." in told
    assert "Key account without an account manager: One." in told
    assert "Key account without an executive sponsor: One." in told
    assert "Nobody has a part in a key account yet." in told


def test_one_account_with_sales(tmp_path: Path) -> None:
    files = {"accounts/one.yml": "name: One\nstage: key\n", "accounts/sales.csv": SALES + "one,2026-04,tea,5,\n"}
    assert "All sales of the last twelve full months come from one account, One" in words(page_of(tmp_path, files))


def test_criteria_without_weight(tmp_path: Path) -> None:
    files = {"accounts/one.yml": "name: One\nstage: key\n", "playbook/criteria.yml": "criteria: {}\n"}
    assert "No criterion has a weight, so there are no scores." in words(page_of(tmp_path, files))


def test_sales_that_come_to_nothing(tmp_path: Path) -> None:
    files = {
        "accounts/one.yml": "name: One\nstage: key\n",
        "accounts/two.yml": "name: Two\nstage: customer\n",
        "accounts/sales.csv": SALES + "one,2026-04,tea,5,\ntwo,2026-04,tea,-5,\n",
    }
    told = words(page_of(tmp_path, files))
    assert "All accounts together sold nothing in the last twelve full months" in told
