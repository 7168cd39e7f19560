"""Text in accounts is data: whatever stands in a field, a note, a file's name or a cell comes out as text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Browser

from tests.site.conftest import Build, build

# Each of these would do something if it were taken for more than text; PRODUCT would come of a template that runs.
PRODUCT = "62615533"
ATTACKS = [
    "<script>window.kgpwn=1</script>",
    "<img src=x onerror=window.kgpwn=1>",
    '"><svg onload=window.kgpwn=1>',
    "' onmouseover=window.kgpwn=1 x='",
    "[x](javascript:window.kgpwn=1)",
    "{{ 7919*7907 }}",
    "{% set x = 7919*7907 %}{{ x }}",
    "{% endraw %}{{ 7919*7907 }}",
    "{{ hello.__globals__ }}",
    '--8<-- "mkdocs.yml"',
    "{: onclick=window.kgpwn=1 }",
    "{ onclick=window.kgpwn=1 }",
    "<!-- --><iframe src=javascript:window.kgpwn=1></iframe>",
    "${7919*7907} #{7919*7907}",
    "</title><script>window.kgpwn=1</script>",
    "&lt;script&gt;window.kgpwn=1&lt;/script&gt;",
]
MARKER = "kgpwn"


PLAYBOOK = '# Playbook\n\n{{ key_accounts_table() }}\n\n{{ team_table() }}\n\n{{ account("a1") }}\n'


def quoted(text: str) -> str:
    """A text as a YAML scalar."""
    return json.dumps(text)


def hostile_files() -> dict[str, str | bytes]:
    """A workspace in which every field that takes text holds every attack."""
    all_of_them = quoted(" ".join(ATTACKS))
    files: dict[str, str | bytes] = {
        "playbook/team.yml": f"ann: {{name: {all_of_them}, title: {all_of_them}, senior: true}}\n",
        "playbook/offer.yml": f"tea: {{name: {all_of_them}}}\n",
        "playbook/kamgen.yml": "as_of: 2026-05-06\n",
        "accounts/sales.csv": "account,month,product,amount\na1,2026-04,"
        + ";".join(ATTACKS).replace(",", "")[:200].replace('"', "")
        + ",12\n",
        "playbook/playbook.md": PLAYBOOK,
    }
    for number, attack in enumerate(ATTACKS):
        files |= _account(f"a{number}", quoted(attack), attack)
    files |= _account("all", all_of_them, "\n\n".join(ATTACKS))
    return files


def _account(slug: str, text: str, prose: str) -> dict[str, str | bytes]:
    plan = f"""\
reviewed: 2026-05-01
reviewed_by: [ann]
period: {{ends: 2026-07-01, reach: {text}}}
past_periods:
  - {{id: p, ends: 2026-04-01, reach: {text}, reached: partly, because: {text}}}
intelligence:
  business: {text}
  culture: {text}
  aims: {text}
  pressures: {text}
  strengths: [{text}]
  opportunities:
    - {{id: o, what: {text}, source: {text}, on: 2026-05-01, parked: 2026-05-01, because: {text}}}
intentions:
  g:
    goal: {text}
    for: customer
    owner: ann
    measure: {text}
    start: {text}
    aim: {text}
    readings: {{2026-05-01: {text}}}
    because: {text}
    stages: [{{id: s, what: {text}, due: 2026-05-02}}]
implementation:
  - {{id: x, what: {text}, who: ann, due: 2026-05-01, goal: g}}
  - {{id: y, what: {text}, who: bob, dropped: 2026-05-01, because: {text}}}
decisions:
  - {{id: d, ask: {text}, of: ann, outcome: {text}, decided_on: 2026-05-01}}
"""
    note = f"---\nkind: visit\nwith: [bob]\nsignals: [{text}]\n---\n# {prose}\n\n{prose}\n"
    return {
        f"accounts/{slug}/account.yml": f"""\
name: {text}
stage: key
country: {text}
region: {text}
segment: {text}
crm_id: {text}
manager: ann
selection: {{reason: {text}, agreed_by: ann, agreed_on: 2026-05-01}}
sites: {{here: {{name: {text}, country: {text}}}}}
dates: [{{id: d, what: {text}, on: 2026-06-01}}]
promises: [{{id: p, what: {text}, owner: ann, measure: {text}, target: {{at_least: 1}}, kept: {{2026-04: 0}}}}]
waivers: [{{id: w, rule: KAM999, reason: {text}, until: 2026-06-01}}]
""",
        f"accounts/{slug}/contacts.yml": f"bob: {{name: {text}, title: {text}, level: influencer, covered_by: ann}}\n",
        f"accounts/{slug}/plan.yml": plan,
        f"accounts/{slug}/plan.md": f"## Intelligence\n\n{prose}\n\n```\n{prose}\n```\n",
        f"accounts/{slug}/partnership.yml": f"asks-our-advice: {{evidence: {text}, on: 2026-05-01}}\n",
        f"accounts/{slug}/audits/2026-05-01.yml": (
            f"who: ann\nwith: bob\nanswers: {{unresolved: {{answer: {text}, reason: {text}}}}}\n"
        ),
        f"accounts/{slug}/notes/2026-05-01-{{{{7919*7907}}}}.md": note,
        f"accounts/{slug}/notes/2026-05-02-visit.md": note,
        f"accounts/{slug}/<img onerror=kgpwn>.txt": "x",
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site built from nothing but attacks."""
    from tests.conftest import write_files
    from tests.site.conftest import MKDOCS_YML

    mkdocs = MKDOCS_YML + "markdown_extensions: [attr_list, md_in_html, tables, pymdownx.snippets]\n"
    root = write_files(tmp_path_factory.mktemp("hostile"), {"mkdocs.yml": mkdocs, **hostile_files()})
    done = build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def test_no_attack_is_alive_in_any_page(hostile: Path) -> None:
    pages = sorted(hostile.rglob("*.html"))
    assert len(pages) > 2 * len(ATTACKS)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert PRODUCT not in text, page
        assert "site_name" not in text, page
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in ("iframe", "object", "embed"), page
            if element.tag in ("script", "style"):
                assert MARKER not in (element.text or ""), page
            for name, value in element.attrib.items():
                assert not str(name).lower().startswith("on"), (page, name, value)
                assert not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE), (page, name, value)


def test_the_attacks_are_there_to_read(hostile: Path) -> None:
    page = html5lib.parse(
        (hostile / "accounts/all/index.html").read_text(encoding="utf-8"), namespaceHTMLElements=False
    )
    shown = " ".join("".join(page.itertext()).split())
    for attack in ATTACKS:
        assert " ".join(attack.split()) in shown


def test_no_attack_is_alive_in_the_search_index_or_any_other_file(hostile: Path) -> None:
    index = json.loads((hostile / "search/search_index.json").read_text(encoding="utf-8"))
    for entry in index["docs"]:
        for text in (entry["title"], entry["text"]):
            assert PRODUCT not in text
            tags = set(re.findall(r"<\s*/?\s*([a-zA-Z!]+)", text))
            assert tags <= {"p", "code", "pre", "li", "ol", "ul", "sub", "sup"}, text
    for path in hostile.rglob("*"):
        if path.is_file() and path.suffix not in (".woff2", ".png", ".gz"):
            assert PRODUCT not in path.read_text(encoding="utf-8", errors="replace"), path


@pytest.mark.browser
def test_a_browser_runs_none_of_it(hostile: Path, browser: Browser) -> None:
    page = browser.new_page()
    for address in ("accounts/all/", "accounts/", "", "people/ann/", "findings/", "playbook/", "accounts/all/audit/"):
        page.goto((hostile / address / "index.html").as_uri())
        page.mouse.move(300, 300)
        assert page.evaluate("window.kgpwn") is None, address
    page.close()


def test_a_playbook_page_may_not_take_an_address_of_ours(built: Build, tmp_path: Path) -> None:
    from tests.conftest import write_files
    from tests.site.conftest import MKDOCS_YML

    files = {"mkdocs.yml": MKDOCS_YML, "accounts/a.yml": "name: A\nstage: customer\n", "playbook/rules.md": "# Mine\n"}
    done = build(write_files(tmp_path / "taken", files))
    assert done.returncode == 1
    assert "rules.md would stand at an address of kamgen's own" in done.stdout + done.stderr
