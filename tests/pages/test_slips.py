"""Forms to say what happened: their addresses, the texts that they carry, and the links beside what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest

from kamgen.errors import KamgenError
from kamgen.model.slip_body import body
from kamgen.model.slip_fields import form_fields
from kamgen.model.slips import SLIPS
from kamgen.pages import Page, Site, searching
from kamgen.pages.slips import LONGEST_TITLE, Target, address, target_of
from kamgen.read.filled import filled_in
from tests.conftest import write_files
from tests.pages.test_account import SECRET_FILES, SMALL_FILES, Files
from tests.pages.test_pages import SMALL, assert_sound, attack_files, pages_of, site_of

GITHUB = Target("github", "https://github.com/acme/accounts")
GITLAB = Target("gitlab", "https://gitlab.example/sales/acme/accounts")
EMAIL = Target("email", "plans@example.com")
TARGETS = (GITHUB, GITLAB, EMAIL)
HOSTILE = "A \"b\" & 'c' <d> #1 100%41\r\nBcc: x@y.z\n### Account\n\nother\t+ü€😀=?"
HOME = "accounts/ernst-handel/"

# What a plan may hold besides the small workspace's.
_PLAN, _CONTACTS = (str(SMALL[f"{HOME}{name}.yml"]) for name in ("plan", "contacts"))
MORE: Files = {
    "accounts/ernst-handel/plan.yml": _PLAN.replace(
        "      - {what: Baseline agreed, due: 2026-02-28, done: 2026-02-20}\n",
        "      - {what: Baseline agreed, due: 2026-02-28, done: 2026-02-20}\n"
        "      - {what: Joint forecast, due: 2026-06-30}\n      - {what: Share stock data, due: 2026-07-30}\n",
    ).replace(
        "implementation:\n",
        "  more-dairy: {goal: Dairy comes from us, measure: sales, aim: 90000, due: 2026-12-31}\nimplementation:\n",
    ),
    "accounts/ernst-handel/contacts.yml": _CONTACTS
    + "long-unseen: {name: Long Unseen, level: implementer, covered_by: [margaret-peacock]}\n",
    "accounts/ernst-handel/notes/2026-04-02-thawed.md": "---\nkind: issue\n---\n# Thawed pallets\n",
    "accounts/ernst-handel/notes/2026-01-02-late.md": "---\nkind: issue\nresolved: 2026-01-09\n---\n# Came late\n",
}


def offering(root: Path, files: Files, target: Target = GITHUB) -> Site:
    """A site that offers forms."""
    return replace(site_of(write_files(root, files)), slips=target)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return offering(tmp_path_factory.mktemp("offering"), {**SMALL_FILES, **MORE})


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, Page]:
    return pages_of(site)


@pytest.fixture(scope="module")
def bare(site: Site) -> dict[str, Page]:
    """The same pages where no forms are offered."""
    return pages_of(replace(site, slips=None))


def fields(url: str) -> dict[str, str]:
    """What an address of a form on GitHub fills in."""
    return dict(parse_qsl(urlsplit(url).query, strict_parsing=True))


LINK = re.compile(r'<a(?: class="kg-say" id="(\w+)" aria-labelledby="([\w ]+)")? href="([^"]*)">([^<]*)</a>')


def forms(page: Page, prefix: str = GITHUB.to + "/issues/new?") -> Iterator[tuple[str, dict[str, str]]]:
    """The links to forms on a page: their word, and what they fill in."""
    for _, _, url, word in LINK.findall(page.html):
        if unescape(url).startswith(prefix):
            yield word, fields(unescape(url))


def about(page: Page, key: str, value: str) -> list[str]:
    """The words that stand beside one thing, in order."""
    return [word for word, filled in forms(page) if filled.get(key) == value]


# --- Where slips are sent ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "target"),
    [
        ({"github": "https://github.com/acme/accounts"}, GITHUB),
        ({"github": " https://github.com/acme/accounts.git/ "}, GITHUB),
        ({"github": "https://git.acme.example:8443/a/.b"}, Target("github", "https://git.acme.example:8443/a/.b")),
        ({"gitlab": "https://gitlab.example/sales/acme/accounts/"}, GITLAB),
        ({"email": "plans@example.com"}, EMAIL),
        ({"email": "key.accounts+plans@mail.example.co.uk"}, Target("email", "key.accounts+plans@mail.example.co.uk")),
    ],
)
def test_a_place_to_which_slips_are_sent(option: object, target: Target) -> None:
    assert target_of(option) == target


ONE_OF = (
    "Write one of github: https://github.com/acme/accounts, gitlab: https://gitlab.example/acme/accounts "
    "or email: plans@example.com."
)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (True, f"It needs exactly one place to which slips are sent. {ONE_OF}"),
        ("github", f"It needs exactly one place to which slips are sent. {ONE_OF}"),
        ({}, f"It needs exactly one place to which slips are sent. {ONE_OF}"),
        ({"github": "https://github.com/a/b", "email": "a@b.example"}, "It needs exactly one place"),
        ({"bitbucket": "https://bitbucket.org/a/b"}, f'"bitbucket" is not known. {ONE_OF}'),
        ({"github": None}, f'"github" needs an address. {ONE_OF}'),
        ({"github": ["https://github.com/a/b"]}, '"github" needs an address.'),
        (
            {"github": "http://github.com/acme/accounts"},
            '"http://github.com/acme/accounts" is no web address. It begins with https://, such as '
            "https://github.com/acme/accounts.",
        ),
        ({"github": "acme/accounts"}, "is no web address"),
        ({"gitlab": "javascript:alert(1)//a/b"}, "is no web address"),
        ({"gitlab": "https://[::1/a/b"}, "is no web address"),
        ({"gitlab": "https://gitlab.example:port/a/b"}, "is no web address"),
        ({"gitlab": "https://bot:secret@gitlab.example/a/b"}, "Leave out name and password"),
        ({"github": "https://github.com/acme/accounts?tab=issues"}, "is more than the address of a repository"),
        ({"github": "https://github.com/acme/accounts#readme"}, "is more than the address of a repository"),
        ({"github": 'https://github.com/acme/a"b'}, "is more than the address of a repository"),
        ({"github": "https://github.com/acme/../../x"}, "is more than the address of a repository"),
        ({"github": 'https://git"hub.com/acme/accounts'}, "is no web address"),
        ({"github": "https://github.com&x/acme/accounts"}, "is no web address"),
        ({"github": "https://github.com/acme"}, "does not lead to a repository"),
        ({"github": "https://github.com/acme/accounts/issues"}, "does not lead to a repository"),
        ({"gitlab": "https://gitlab.example/"}, "is more than the address of a repository"),
        (
            {"email": "plans"},
            '"plans" is no e-mail address. Write it like plans@example.com, without a name around it.',
        ),
        ({"email": "Plans <plans@example.com>"}, "is no e-mail address"),
        ({"email": "plans@example.com?bcc=x@y.example"}, "is no e-mail address"),
        ({"email": "a@example.com,b@example.com"}, "is no e-mail address"),
        ({"email": "plans@example"}, "is no e-mail address"),
    ],
)
def test_a_wrong_place_is_told_in_plain_words(option: object, said: str) -> None:
    with pytest.raises(KamgenError) as error:
        target_of(option)
    assert said in str(error.value)


@pytest.mark.parametrize("scheme", ["https", "http", "ssh"])
def test_a_password_is_not_repeated(scheme: str) -> None:
    with pytest.raises(KamgenError) as error:
        target_of({"gitlab": f"{scheme}://bot:secret@gitlab.example/a/b"})
    assert "secret" not in str(error.value)


# --- Addresses --------------------------------------------------------------------------------------

DONE = {"account": "ernst-handel", "item": "agree-the-stock-count"}


def test_the_address_of_a_form_on_github() -> None:
    assert address(GITHUB, "done", DONE, "Done: Agree the stock count") == (
        "https://github.com/acme/accounts/issues/new?template=kamgen-done.yml&title=Done:+Agree+the+stock+count"
        "&slip=done&account=ernst-handel&item=agree-the-stock-count"
    )


def test_the_address_of_an_issue_on_gitlab() -> None:
    assert address(GITLAB, "done", DONE, "Done: Agree the stock count") == (
        "https://gitlab.example/sales/acme/accounts/-/issues/new?issue%5Btitle%5D=Done:+Agree+the+stock+count"
        "&issue%5Bdescription%5D=%23%23%23+Slip%0A%0Adone%0A%0A%23%23%23+Account%0A%0Aernst-handel%0A%0A"
        "%23%23%23+What%0A%0Aagree-the-stock-count%0A"
    )


def test_the_address_of_a_mail() -> None:
    assert address(EMAIL, "done", DONE, "Done: Agree the stock count") == (
        "mailto:plans@example.com?subject=Done:%20Agree%20the%20stock%20count"
        "&body=Slip:%20done%0D%0AAccount:%20ernst-handel%0D%0AWhat:%20agree-the-stock-count%0D%0A"
    )


def test_a_form_that_asks_for_a_title_keeps_its_own() -> None:
    """GitHub would fill the field with the title of the issue."""
    assert fields(address(GITHUB, "note", {"account": "a"}, "Note: A")) == {
        "template": "kamgen-note.yml",
        "slip": "note",
        "account": "a",
    }


PLAIN = re.compile(r"[A-Za-z0-9._~%+:/?=&@,-]+")


@pytest.mark.parametrize("target", TARGETS)
def test_hostile_words_stay_in_their_place(target: Target) -> None:
    url = address(target, "done", {"account": "a", "item": HOSTILE}, f"Done: {HOSTILE}")
    assert PLAIN.fullmatch(url)
    parts = urlsplit(url)
    assert url.startswith("mailto:plans@example.com?" if target is EMAIL else target.to + "/")
    assert parts.fragment == ""
    line = " ".join(f"Done: {HOSTILE}".split())[: LONGEST_TITLE - 1].rstrip() + "…"
    if target is GITHUB:
        assert fields(url) == {"template": "kamgen-done.yml", "title": line, "slip": "done", "account": "a"} | {
            "item": HOSTILE
        }
        return
    names = ("subject", "body") if target is EMAIL else ("issue[title]", "issue[description]")
    given = {key: unquote(value) for key, value in (part.split("=", 1) for part in parts.query.split("&"))}
    if target is GITLAB:
        given = {key: values[0] for key, values in parse_qs(parts.query, strict_parsing=True).items()}
    assert tuple(map(unquote, given)) == names
    title, text = given.values()
    assert title == line
    read = filled_in(text, "email" if target is EMAIL else "gitlab")
    assert read.values == {"slip": "done", "account": "a", "item": " ".join(HOSTILE.split())}
    assert read.left_out == ()


def test_letters_that_cannot_be_written_do_no_harm() -> None:
    for target in TARGETS:
        assert PLAIN.fullmatch(
            address(target, "done", {"account": "a", "item": "b\udce9\ud800"}, "Done: b\udce9\ud800")
        )


# --- Texts ------------------------------------------------------------------------------------------


def test_a_mail_asks_for_what_is_not_known_and_says_how_it_is_written() -> None:
    assert body("leaves", {"account": "ernst-handel", "contact": "roland-mendel"}, "lines") == (
        "Slip: leaves\n"
        "Account: ernst-handel\n"
        "Who leaves: roland-mendel\n"
        "Their last day: \n"
        "How we know: \n"
        "Who follows: \n"
        "Who of ours meets them: \n"
        "\n"
        "-- \n"
        "Their last day: Such as 2026-06-30; a guess is better than nothing\n"
        "How we know: told: they or their firm told us; heard: somebody else says so\n"
    )


def test_an_issue_asks_under_headings_with_the_help_in_remarks() -> None:
    assert body("move", {"account": "a", "item": "b"}, "headings") == (
        "### Slip\n\nmove\n\n### Account\n\na\n\n### What\n\nb\n\n"
        "### New date\n\n<!-- The day by which it will be done, such as 2026-05-29 -->\n\n\n### Why\n\n\n"
    )


@pytest.mark.parametrize("kind", SLIPS)
def test_what_is_filled_in_is_read_back_and_nothing_else(kind: str) -> None:
    """Whoever reads the text finds the values, and takes no help for one."""
    needed = {
        one.key: one.choices[0] if one.choices else f"some-{one.key}" for one in form_fields(kind) if one.required
    }
    for values in (needed, {"account": "ernst-handel"}):
        mail = body(kind, values, "lines").partition("\n-- \n")[0]
        for read in (filled_in(body(kind, values, "headings"), "gitlab"), filled_in(mail, "email")):
            assert {key: value for key, value in read.values.items() if value} == {"slip": kind, **values}
            assert read.left_out == ()


def test_done_asks_for_nothing_and_leaves_for_at_most_four_things() -> None:
    assert not [line for line in body("done", DONE, "lines").splitlines() if line.endswith(": ")]
    leaves = body("leaves", {"account": "a", "contact": "b"}, "lines").partition("\n-- \n")[0]
    assert len([line for line in leaves.splitlines() if line.endswith(": ")]) == 4


# --- Links ------------------------------------------------------------------------------------------


def test_without_a_place_there_are_none(bare: dict[str, Page]) -> None:
    for page in bare.values():
        assert "kg-say" not in page.html
        assert 'id="s1"' not in page.html


def test_a_page_is_the_same_but_for_the_links(pages: dict[str, Page], bare: dict[str, Page]) -> None:
    """A page with links less the links is the page without them."""
    for name, page in pages.items():
        html = re.sub(r' ?<a class="kg-say".*?</a>|\s?<details class="kg-say">.*?</details>', "", page.html)
        html = re.sub(r'<span id="s\d+">(.*?)</span>', r"\1", html)
        assert re.sub(r' id="s\d+"', "", html) == bare[name].html, name


@pytest.mark.parametrize("target", TARGETS)
def test_pages_with_links_are_sound(site: Site, target: Target) -> None:
    offered = replace(site, slips=target)
    assert_sound(offered, pages_of(offered))


def test_what_can_be_said_on_the_page_of_an_account(pages: dict[str, Page]) -> None:
    page = pages[HOME]
    assert about(page, "item", "agree-the-stock-count") == ["Done", "Later", "Drop"]
    assert about(page, "item", "plan-the-year-after") == ["Done", "Later", "Drop"]
    assert about(page, "item", "joint-forecast") == ["Done", "Later", "Drop"]
    assert about(page, "item", "no-empty-shelves") == ["Reached", "Later", "Drop"]
    assert about(page, "goal", "no-empty-shelves") == ["Reading"]
    assert about(page, "item", "roland-mendel") == ["Still true"]
    assert about(page, "contact", "roland-mendel") == ["Leaves"]
    assert about(page, "item", "two-new-depots") == ["Still true", "Leave for now"]
    assert about(page, "complaint", "2026-04-02-thawed") == ["Put right"]
    assert about(page, "decision", "free-samples") == ["Decided"]


def test_what_is_over_or_read_from_the_sales_has_no_link(pages: dict[str, Page]) -> None:
    page = pages[HOME]
    for key, value in (
        ("item", "baseline-agreed"),
        ("item", "share-a-stand"),
        ("item", "old-hand"),
        ("contact", "old-hand"),
        ("complaint", "2026-01-02-late"),
        ("goal", "more-dairy"),
    ):
        assert about(page, key, value) == [], value
    assert about(page, "item", "more-dairy") == ["Reached", "Later", "Drop"]


def test_something_changed_is_a_menu_on_every_account(pages: dict[str, Page]) -> None:
    for name in (HOME, "accounts/light/"):
        menu = re.findall(r"<summary>Something changed</summary>.*?</details>", pages[name].html)
        assert len(menu) == 1
        account = name.split("/")[1]
        found = dict(forms(Page("", "", menu[0])))
        assert {word: (filled["slip"], filled["account"]) for word, filled in found.items()} == {
            "Note": ("note", account),
            "Complaint": ("complaint", account),
            "Opportunity or threat": ("heard", account),
            "Somebody new": ("joined", account),
            "Review held": ("review", account),
            "New stage": ("stage", account),
        }
    assert found["New stage"]["title"] == "New stage: Light & Co"


def test_what_every_link_fills_in_is_known_to_the_form(pages: dict[str, Page]) -> None:
    count = 0
    for page in pages.values():
        for _, filled in forms(page):
            kind = filled["slip"]
            assert filled.pop("template") == f"kamgen-{kind}.yml"
            assert filled.keys() - {"title"} <= {"slip", *(one.key for one in form_fields(kind))}
            assert filled["account"] in ("ernst-handel", "light")
            count += 1
    assert count > 40


def test_a_link_in_sight_is_called_by_its_word_and_its_thing(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for own, names, _, word in LINK.findall(page.html):
            if not own:
                continue
            assert names.split()[0] == own
            assert re.search(rf'<\w+ id="{names.split()[1]}"[^>]*>[^<]+<', page.html), word
    html = pages[HOME].html
    mark = re.search(r'<strong id="(s\d+)">Agree the stock count</strong>', html)
    assert mark
    assert f'<a class="kg-say" id="{mark[1]}a" aria-labelledby="{mark[1]}a {mark[1]}"' in html
    assert f'<details class="kg-say"><summary aria-labelledby="{mark[1]}">' in html


def test_names_that_two_things_share_are_told_apart(pages: dict[str, Page]) -> None:
    page = pages[HOME]
    action = "plan.implementation.share-stock-data"
    stage = "plan.intentions.no-empty-shelves.stages.share-stock-data"
    assert about(page, "item", "share-stock-data") == []
    assert about(page, "item", action) == about(page, "item", stage) == ["Done", "Later", "Drop"]


def test_a_work_list_has_them_too(pages: dict[str, Page]) -> None:
    actions = pages["actions/"]
    assert about(actions, "item", "agree-the-stock-count") == ["Done", "Later", "Drop"]
    mine = pages["people/margaret-peacock/"]
    assert about(mine, "item", "agree-the-stock-count") == ["Done", "Later", "Drop"]
    assert about(mine, "item", "plan-the-year-after") == ["Done", "Later", "Drop"]
    assert about(mine, "item", "plan.implementation.share-stock-data") == ["Done", "Later", "Drop"]  # waited for
    assert about(mine, "decision", "free-samples") == ["Decided"]
    assert about(pages["people/andrew-fuller/"], "decision", "free-samples") == ["Decided"]
    assert set(about(mine, "contact", "long-unseen")) == {"Leaves"}
    assert set(about(mine, "item", "long-unseen")) == {"Still true"}


def test_other_pages_have_none(pages: dict[str, Page]) -> None:
    told = {"actions", "people"} | {"accounts"}
    for name, page in pages.items():
        if name.split("/")[0] not in told or name in ("accounts/", f"{HOME}audit/", f"{HOME}review/"):
            assert "kg-say" not in page.html, name


def test_the_search_does_not_find_their_words(pages: dict[str, Page], bare: dict[str, Page]) -> None:
    for name in (HOME, "accounts/light/"):
        found, before = (" ".join(searching.words_of(one[name]).split()) for one in (pages, bare))
        assert re.sub(r"\s+(?=[<,.])|(?<=>)\s+", "", found) == re.sub(r"\s+(?=[<,.])|(?<=>)\s+", "", before)
        assert "Leave for now" not in found


def test_nothing_private_is_in_an_address(tmp_path: Path) -> None:
    for number, target in enumerate(TARGETS):
        offered = offering(tmp_path / str(number), SECRET_FILES, target)
        for page in pages_of(offered).values():
            told = unquote(unescape(page.html)).casefold()
            assert "xsecret" not in told, page.address
            for name in ("silent-partner", "silent partner", "hidden-goal"):
                assert name not in told, (page.address, name)


def test_hostile_texts_open_no_other_form(tmp_path: Path) -> None:
    offered = offering(tmp_path, dict(attack_files()))
    pages = pages_of(offered)
    assert_sound(offered, pages)
    found = [filled for page in pages.values() for _, filled in forms(page)]
    assert len(found) > 20
    assert {filled["account"] for filled in found} <= {"ernst-handel", "light"}
    assert {filled["template"] for filled in found} <= {f"kamgen-{kind}.yml" for kind in SLIPS}
