"""The search leads to the account, then to its people, goals and notes; a code, a name or a phrase finds it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.bench.workload import write_workload
from tests.site.conftest import Watched, build
from tests.site.kinds import kind

# The bar of a large site: at 1,000 accounts the index weighed 4.3 MB when there were half as many pages.
KB_PER_ACCOUNT = 4.3

Entry = Mapping[str, Any]


def found(site: Watched, words: str) -> list[str]:
    """The addresses that the search box offers for some words, best first, without what it adds to mark the words."""
    page = site.go(f"?{urlencode({'q': words})}")
    page.wait_for_selector("a.md-search-result__link")
    links = "(all) => all.map((one) => one.pathname.slice(1) + one.hash)"
    return list(page.locator("a.md-search-result__link").evaluate_all(links))


LEADS = [
    # an account by its name, by a part of it, and by what its people call it
    ("Ernst Handel", "accounts/ernst-handel/"),
    ("QUICK-Stop", "accounts/quick-stop/"),
    ("Hungry Owl", "accounts/hungry-owl-all-night-grocers/"),
    # people of theirs and ours
    ("Roland Mendel", "accounts/ernst-handel/#contact-roland-mendel"),
    ("Mehmet Yıldız", "accounts/ernst-handel/#contact-mehmet-yildiz"),
    ("Janet Leverling", "people/janet-leverling/"),
    # goals, notes, and a sentence in the middle of one
    ("every cheese they used to order", "accounts/ernst-handel/#goal-cheese-counter"),
    ("Walked the Graz depot", "accounts/ernst-handel/#note-2026-03-12-graz-visit"),
    ("heat the offices next door", "accounts/ernst-handel/#note-2026-04-23-depot-plans"),
    ("first full day in the Linz depot", "accounts/ernst-handel/notes/#note-2025-09-24-first-day-in-linz"),
    # rules by code and by name, and pages of the playbook
    ("KAM404", "rules/KAM404/"),
    ("action-overdue", "rules/KAM404/"),
    ("audit menu", "audit/"),
    ("hinder", "audit/#future"),
]


@pytest.mark.browser
def test_what_people_look_for_comes_first(site: Watched) -> None:
    wrong = {}
    for words, target in LEADS:
        links = found(site, words)
        leading = links[: 1 if "#" not in target else 5]  # an entry stands below its page
        if target not in leading:
            wrong[words] = links[:8]
    assert json.dumps(wrong, indent=1) == "{}"


@pytest.mark.browser
def test_an_account_stands_before_the_pages_that_repeat_it(site: Watched) -> None:
    links = found(site, "sale or return")
    assert "accounts/quick-stop/" in links[0]
    assert not [link for link in links if "/people/" in link or "/actions/" in link]


@pytest.fixture(scope="module")
def entries(demo: Path) -> Sequence[Entry]:
    index = json.loads((demo / "search/search_index.json").read_text(encoding="utf-8"))
    docs: Sequence[Entry] = index["docs"]
    return docs


def test_an_account_has_entries_for_its_people_goals_and_notes(entries: Sequence[Entry]) -> None:
    titles = {entry["location"]: entry["title"] for entry in entries}
    home = "accounts/ernst-handel/"
    assert titles[home] == "Ernst Handel"
    assert titles[f"{home}#contact-roland-mendel"] == "Roland Mendel"
    assert titles[f"{home}#goal-cheese-counter"].startswith("Their hotel customers find")
    assert titles[f"{home}#note-2026-03-12-graz-visit"] == "Walked the Graz depot"


def test_an_account_leads(entries: Sequence[Entry]) -> None:
    boosts: dict[str, float] = {}
    for entry in entries:
        name = kind(entry["location"].partition("#")[0])
        boosts[name] = max(boosts.get(name, 1), entry.get("boost", 1))
    assert boosts.pop("accounts/*/") > max(boosts.values())


def test_tables_navigation_and_what_is_true_for_a_day_stay_out(entries: Sequence[Entry]) -> None:
    assert max(len(entry["text"]) for entry in entries if entry["location"].startswith("accounts/")) < 4_000
    for entry in entries:
        text = f" {entry['title']} {entry['text']} "
        assert " Edit " not in text, entry["location"]
        assert "Portfolio Accounts Actions" not in text
        assert "overdue by" not in text or entry["location"].startswith(("rules/", "reading/")), entry["location"]
    repeated = {entry["location"] for entry in entries if entry["location"].startswith(("people/", "actions/"))}
    assert not [location for location in repeated if "#" in location]


def test_words_of_neighbours_do_not_run_together(entries: Sequence[Entry]) -> None:
    glued = [entry["location"] for entry in entries if "Threat:" in entry["text"] and "dayThreat:" in entry["text"]]
    assert glued == []


def test_the_index_of_many_accounts_stays_light(tmp_path: Path) -> None:
    """`make bench` measures it at 1,000 and 4,000 accounts; it grows with their number."""
    write_workload(tmp_path, 60)
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    index = tmp_path / "site/search/search_index.json"
    docs = json.loads(index.read_text(encoding="utf-8"))["docs"]
    ours = sum(len(json.dumps(entry)) for entry in docs if entry["location"].startswith("accounts/"))
    assert ours / 60 < KB_PER_ACCOUNT * 1000
