"""The pipeline and the long tail: stages, prospects with their next step, who rises, and families lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kamgen.facts.sales import months_up_to
from kamgen.pages import Page, pipeline
from kamgen.pages.pipeline import render
from tests.conftest import write_files
from tests.pages.reader import read, targets
from tests.pages.test_pages import site_of, words
from tests.pages.test_programme import TEAM

YEARS = months_up_to("2026-04", 24)
HEAD = "account,month,product,amount\n"


def rows(account: str, amounts: Mapping[str, int], product: str = "tea") -> str:
    return "".join(f"{account},{month},{product},{amount}\n" for month, amount in amounts.items())


def monthly(amount: int, *months: str) -> dict[str, int]:
    return dict.fromkeys(months, amount)


FULL = {
    "playbook/team.yml": TEAM,
    "playbook/kamgen.yml": "as_of: 2026-05-06\ncurrency: USD\n",
    "playbook/offer.yml": "tea: {name: Fine teas}\nrye: {name: Rye bread}\n",
    "accounts/alpenkost.yml": "name: Alpenkost\nstage: key\nmanager: ann-adams\n",
    "accounts/bergland.yml": "name: Bergland & Co\nstage: customer\nmanager: bob-brown\nregion: North\n",
    "accounts/cafe.yml": "name: Cafe\nstage: customer\nmanager: ann-adams\n",
    "accounts/dolomia.yml": "name: Dolomia\nstage: customer\n",
    "accounts/esposito.yml": """\
name: Esposito
stage: prospect
manager: bob-brown
planned:
  - {what: visit, who: bob-brown, on: 2026-05-20}
""",
    "accounts/fontana.yml": """\
name: Fontana
stage: suspect
plan:
  implementation:
    - {what: Send the price list, who: ann-adams, due: 2026-04-30}
    - {what: Buy XSECRET lunch, who: ann-adams, due: 2026-04-01, private: true}
""",
    "accounts/gulliver.yml": "name: Gulliver\nstage: prospect\n",
    "accounts/sales.csv": HEAD
    + rows("alpenkost", monthly(500, *YEARS))
    + rows("bergland", monthly(10, *YEARS[:18]) | monthly(30, *YEARS[18:]))
    + rows("cafe", monthly(50, *YEARS))
    + rows("cafe", monthly(20, *YEARS[9:20]), "rye")
    + rows("gulliver", {"2026-03": 7}),
}


def page_of(root: Path, files: Mapping[str, str]) -> Page:
    """The page of a workspace; it must be well-formed, and lead to pages that are there."""
    site = site_of(write_files(root, dict(files)))
    (page,) = render(site)
    found = read(page)
    assert found.faults == []
    assert {target for target, _ in targets(page, found)} - {"programme/"} <= site.addresses
    return page


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return page_of(tmp_path_factory.mktemp("pipeline"), FULL)


@pytest.fixture(scope="module")
def text(page: Page) -> str:
    return words(page)


def test_the_verdict_comes_first(text: str) -> None:
    assert (
        "1 of the 3 accounts in the long tail rises, Bergland & Co most. 1 of 3 prospects and suspects has no next "
        "step. 1 product family is no longer bought."
    ) in text


def test_accounts_and_sales_by_stage(text: str) -> None:
    assert "Key accounts 1 1 USD 6,000" in text
    assert "Customers 3 2 USD 1,000" in text
    assert "Suspects 1 0 USD 0" in text


def test_stages_that_disagree_with_sales(text: str) -> None:
    assert "Called a prospect or suspect, and buys: Gulliver. Change the stage" in text
    assert "1 key account or customer bought nothing in the twelve months: Dolomia. Ask why" in text


def test_next_steps_overdue_first_and_none_last(page: Page, text: str) -> None:
    assert "Fontana Suspect Send the price list 30 Apr 2026 overdue by 6 days Ann Adams nobody" in text
    assert "Esposito Prospect Visit planned 20 May 2026 in 14 days Bob Brown Bob Brown" in text
    assert "Gulliver Prospect no next step nobody" in text
    assert text.index("Fontana Suspect") < text.index("Esposito Prospect") < text.index("Gulliver Prospect")
    assert 'href="../accounts/fontana/#action-send-the-price-list"' in page.html
    assert "XSECRET" not in page.html


def test_who_rises_stands_before_the_rest(page: Page, text: str) -> None:
    rises, rest = text.index("Who rises"), text.index("The rest of the long tail")
    assert "+USD 120 USD 60 → USD 180 Fine teas Apr 2026 1 month Bob Brown" in text[rises:rest].replace(
        "USD 120USD", "USD 120 USD"
    )
    assert "Cafe" in text[rest : text.index("Families no longer bought")]
    assert 'data-by-stage="Customer" data-by-region="North"' in page.html


def test_without_a_year_before_growth_cannot_be_told(text: str) -> None:
    assert "1 account bought nothing in those months a year before, so growth cannot be told: it stands below" in text


def test_families_lost(text: str) -> None:
    lost = text[text.index("Families no longer bought") :]
    assert "Cafe Customer Rye bread 8 of 12 months USD 160 Dec 2025 Ann Adams" in lost


def test_long_lists_say_how_many_more_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "MOST_IN_TAIL", 1)
    monkeypatch.setattr(pipeline, "MOST_AHEAD", 1)
    told = words(page_of(tmp_path, FULL))
    assert "And 1 smaller ones, not shown (USD 7 together)" in told
    assert "And 2 more, not shown: they stand among all accounts." in told


# --- When there is nothing --------------------------------------------------------------------------


def test_without_sales(tmp_path: Path) -> None:
    told = words(page_of(tmp_path, {"accounts/one.yml": "name: One\nstage: customer\n"}))
    assert "1 account, and what they buy is not known. There is no prospect and no suspect." in told
    assert "No sales are known. Put sales.csv into accounts/" in told
    assert "None. If new business is to come from anywhere" in told
    assert told.count("Not known without sales.") == 3


def test_only_key_accounts_buy(tmp_path: Path) -> None:
    files = {"accounts/one.yml": "name: One\nstage: key\n", "accounts/sales.csv": HEAD + "one,2026-04,tea,5\n"}
    told = words(page_of(tmp_path, files))
    assert "Only key accounts bought in the last twelve months." in told
    assert "Nobody outside the key accounts bought anything in the last twelve full months." in told
    assert "No account has stopped buying a family that it bought steadily." in told
