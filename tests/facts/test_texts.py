"""Texts: words, every text of an account, what was never filled in, and what was copied."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kamgen.facts.copies import copies
from kamgen.facts.placeholders import placeholders
from kamgen.facts.texts import count_words, document_texts, phrase, says_only, section_texts, shown
from kamgen.model.account import AccountFile, Audit
from kamgen.model.portfolio import Account, HeldAudit, Portfolio
from kamgen.read.playbook import default_settings

WORDS = default_settings().words
FORTY = " ".join(f"word{i}" for i in range(40))


def account(slug: str = "example", prose: dict[str, str] | None = None, **more: Any) -> Account:
    record = AccountFile.model_validate({"name": slug.title(), "stage": "key", **more})
    return Account(slug, "key", record, sections=prose or {})


def portfolio(*accounts: Account) -> Portfolio:
    return Portfolio(date(2026, 5, 6), default_settings(), {one.slug: one for one in accounts})


def business(slug: str, text: str) -> Account:
    return account(slug, plan={"intelligence": {"business": text}})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("- | ...", 0), ("Côte de Blaye", 3), ("USD 20,145", 3), ("冷蔵庫を満たし続ける", 5), ("Kunde 冷蔵", 2)],
)
def test_words_are_counted_in_any_script(text: str, expected: int) -> None:
    assert count_words(text) == expected


def test_a_phrase_is_words_alone() -> None:
    assert phrase(" Follow-up,\n STRASSE! ") == phrase("follow up straße") == "follow up strasse"


def test_a_message_quotes_one_line() -> None:
    assert shown("Agree\n  the count") == "Agree the count"
    assert shown("Agree the count with Linz, Graz and Wels", 30) == "Agree the count with Linz …"
    assert len(shown("x" * 200)) <= 80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Follow up", True),
        ("follow-up!", True),
        ("Call, visit and meet", True),
        ("Call & then visit", True),
        ("Call 14 shops", False),
        ("Callback list printed", False),
        ("Price the half wheels and follow up", False),
        ("", False),
        ("...", False),
    ],
)
def test_nothing_but_phrases(text: str, expected: bool) -> None:
    assert says_only(text, WORDS.vague_actions) is expected


def test_no_phrases_no_verdict() -> None:
    assert not says_only("Follow up", ())


def test_texts_are_words_of_somebodys_own() -> None:
    one = account(
        manager="todo",
        contacts={"rolf": {"name": "Rolf", "level": "influencer", "covered_by": "anna"}},
        plan={
            "intentions": {
                "first": {"goal": "They ask us", "for": "us", "measure": "lines", "start": "few", "aim": "3"}
            },
            "implementation": [
                {"what": "Visit Graz", "id": "graz", "who": "anna", "goal": "first", "due": "2026-06-01"}
            ],
        },
    )
    audit = HeldAudit("2026-03-18", date(2026, 3, 18), "", Audit.model_validate({"answers": {"q": {"answer": "Well"}}}))
    whole = Account("example", "key", one.record, audits=(audit,))
    found = {".".join(keys): text for keys, text in document_texts(whole)}
    assert found == {
        "name": "Example",
        "contacts.rolf.name": "Rolf",
        "plan.intentions.first.goal": "They ask us",
        "plan.intentions.first.measure": "lines",
        "plan.intentions.first.start": "few",
        "plan.implementation.graz": "Visit Graz",
        "audits.2026-03-18.answers.q.answer": "Well",
    }


def test_a_section_is_its_entries_and_its_prose() -> None:
    plan = {
        "intelligence": {"business": "Wholesale", "threats": [{"id": "a", "what": "A rival", "source": "Rolf"}]},
        "implementation": ["Visit Graz"],
    }
    one = account(prose={"intelligence": "More."}, plan=plan)
    assert [text for _, text in section_texts(one, "intelligence")] == ["More.", "Wholesale", "A rival", "Rolf"]
    assert list(section_texts(one, "implementation")) == [(("plan", "implementation", "visit-graz"), "Visit Graz")]
    assert not list(section_texts(one, "intentions"))
    assert not list(section_texts(account(), "intelligence"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TODO", True),
        ("  (tbd.)  ", True),
        ("**N/A**", True),
        ("n.a.", True),
        ("......", True),
        ("…", True),
        ("—", True),
        ("????", True),
        ("Lorem ipsum dolor sit amet", True),
        ("<How do they make money?>", True),
        ("<Name>", True),
        ("Two depots.\n\n- <Until when?>\n", True),
        ("TODO list", False),
        ("Not TODO", False),
        ("NA", False),
        ("None", False),
        ("0", False),
        ("", False),
        ("Done ...", False),
        ("<https://intranet.example/depots>", False),
        ("<rolf@house.example>", False),
        ("</td>", False),
        ("<!-- seen -->", False),
        ("<3", False),
        ("Margin <5 and >3", False),
        ("They asked <what?> twice", False),
        ("Text\n<br>\nText", False),
    ],
)
def test_placeholders(text: str, expected: bool) -> None:
    assert bool(placeholders(WORDS.placeholder).in_value(text)) is expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Call\n\nTODO\n", "TODO"),
        ("# <What was it about?>\n\nThey want an answer by Monday.\n", "<What was it about?>"),
        ("# Rang Roland, all fine", ""),
        ("# Call\n\nTODO\n\nRing Linz\n", ""),
        ("", ""),
    ],
)
def test_placeholders_in_prose(markdown: str, expected: str) -> None:
    assert placeholders(WORDS.placeholder).in_prose(markdown) == expected


def test_a_workspace_without_placeholders_has_only_prompts() -> None:
    none = placeholders(())
    assert not none.in_value("TODO")
    assert not none.in_value("...")
    assert none.in_value("<What do they do?>")


def test_copies_name_each_other() -> None:
    found = copies(
        portfolio(business("a", f"Here {FORTY}."), business("b", f"There {FORTY}!"), business("c", "No")), 30
    )
    assert [(one.account, one.others, one.count, one.words) for one in found] == [
        ("a", ("b",), 1, 40),
        ("b", ("a",), 1, 40),
    ]
    assert found[0].passage == f"{FORTY}."
    assert found[0].keys == ("plan", "intelligence", "business")


@pytest.mark.parametrize(("shared", "expected"), [(29, 0), (30, 2), (31, 2)])
def test_copies_begin_at_the_size(shared: int, expected: int) -> None:
    text = " ".join(FORTY.split()[:shared])
    assert len(copies(portfolio(business("a", f"x {text} y"), business("b", f"v {text} w")), 30)) == expected


def test_copies_in_many_accounts_are_counted() -> None:
    found = copies(portfolio(*(business(f"a-{i}", FORTY) for i in range(5))), 30)
    assert [(one.others, one.count) for one in found][:2] == [(("a-1", "a-2"), 4), (("a-0", "a-2"), 4)]


def test_the_order_of_words_matters() -> None:
    turned = " ".join(reversed(FORTY.split()))
    assert not copies(portfolio(business("a", FORTY), business("b", turned)), 30)


def test_one_copy_a_text_the_longest() -> None:
    short, long = " ".join(f"s{i}" for i in range(30)), " ".join(f"l{i}" for i in range(50))
    text = f"{short} https://a.example/x {long}"
    found = copies(portfolio(business("a", text), business("b", long), business("c", short)), 30)
    assert (found[0].account, found[0].words, found[0].others) == ("a", 50, ("b",))
    assert len(found) == 3


def test_history_quotations_and_placeholders_are_not_compared() -> None:
    def closed(slug: str) -> Account:
        plan = {
            "intelligence": {"business": f"Lorem ipsum {FORTY}", "culture": f"<{FORTY}?>"},
            "intentions": {"a": {"goal": FORTY, "reached": "2026-04-01"}, "b": {"goal": "B", "stages": [_done(FORTY)]}},
            "implementation": [_done(FORTY), {"what": f"x {FORTY}", "dropped": "2026-04-01"}],
        }
        return account(slug, {"intentions": f"They wrote:\n\n> {FORTY}\n"}, plan=plan)

    assert not copies(portfolio(closed("a"), closed("b")), 30)
    assert not copies(portfolio(), 30)


def test_what_is_private_is_counted_and_not_named() -> None:
    def threat(slug: str, private: bool) -> Account:
        entry = {"what": FORTY, "private": private}
        return account(slug, plan={"intelligence": {"threats": [entry]}})

    found = {one.account: one for one in copies(portfolio(threat("a", True), threat("b", False)), 30)}
    assert (found["a"].others, found["a"].count) == (("b",), 1)
    assert (found["b"].others, found["b"].count) == ((), 1)


def _done(what: str) -> dict[str, str]:
    return {"what": what, "done": "2026-04-01"}
