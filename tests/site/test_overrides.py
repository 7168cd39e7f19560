"""A workspace's own templates, pages and styles: the very example of docs/customise.md, and mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import write_files
from tests.docs.markdown import fences
from tests.site.conftest import MKDOCS_YML, build

DOC = Path(__file__).parents[2] / "docs/customise.md"
ACCOUNT = "name: Alpine Foods\nstage: customer\ncrm_id: A&17\n"
OWN_THEME = MKDOCS_YML.replace("theme: {name: material}", "theme: {name: material, custom_dir: overrides}")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the workspace that the page shows."""
    shown = {
        fence.title: fence.text
        for fence in fences(DOC.read_text(encoding="utf-8"))
        if fence.title and " " not in fence.title
    }
    root = write_files(tmp_path_factory.mktemp("example"), {**shown, "accounts/alpine-foods.yml": ACCOUNT})
    done = build(root, "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def text(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def test_a_template_of_ones_own_takes_the_place_of_the_packaged_one(example: Path) -> None:
    page = text(example, "accounts/alpine-foods")
    link = '<a href="https://crm.example/customers/A%2617">Alpine Foods in the CRM</a>'
    assert link in page
    assert page.index('class="kg-verdict"') < page.index(link)  # the packaged one stands before it


def test_a_block_of_the_layout_stands_on_every_page(example: Path) -> None:
    for address in ("", "accounts", "accounts/alpine-foods", "rules/KAM404"):
        page = text(example, address)
        assert "Something wrong here?" in page
        assert "here the clock stands still" in page
    assert "Something wrong here?" not in text(example, "how-we-work")


def test_a_page_of_ones_own_has_data_on_it(example: Path) -> None:
    page = text(example, "how-we-work")
    assert "every 30 days" in page
    assert '<a href="../accounts/alpine-foods/">Alpine Foods</a>' in page


def test_the_workspaces_style_comes_after_kamgens(example: Path) -> None:
    page = text(example, "accounts/alpine-foods")
    assert page.index("assets/kamgen/kamgen.css") < page.index("house.css")


def test_dates_are_written_in_its_locale(example: Path) -> None:
    assert '<time datetime="2026-05-06">06.05.2026</time>' in text(example, "accounts/alpine-foods")


def test_templates_are_not_published(example: Path) -> None:
    assert not list(example.rglob("verdict.html"))
    assert not (example / "kamgen").exists()


@pytest.mark.parametrize(
    ("template", "words", "line"),
    [
        ("account/verdict.html", "one\n{{ nobody.name }}\n", "account/verdict.html:2: The template fails: 'nobody' is"),
        ("account/verdict.html", "one\n\n{% if %}\n", "account/verdict.html:3: The template fails: Expected an"),
        ("layout.html", '\n{% extends "packaged/nothing.html" %}', "layout.html:2: There is no template"),
        ("layout.html", '{{ here.link("nowhere/") }}', "layout.html:1: The template fails: The page"),
        ("components.html", "{% macro fact(", "components.html:1: The template fails: unexpected"),
    ],
)
def test_a_mistake_ends_the_build_with_its_line(tmp_path: Path, template: str, words: str, line: str) -> None:
    files = {
        "mkdocs.yml": OWN_THEME,
        "playbook/playbook.md": "# P\n",
        "accounts/a.yml": ACCOUNT,
        f"overrides/kamgen/{template}": words,
    }
    done = build(write_files(tmp_path, files))
    assert done.returncode == 1
    assert f"kamgen: overrides/kamgen/{line}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_picture_of_ones_own(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": OWN_THEME,
        "playbook/playbook.md": "# P\n",
        "accounts/a.yml": ACCOUNT,
        "accounts/sales.csv": "account,month,product,amount\na,2026-04,tea,12\na,2026-03,tea,10\n",
        "overrides/kamgen/pictures/bars.svg": "<p>No bars in this house.</p>\n",
    }
    root = write_files(tmp_path, files)
    done = build(root)
    assert done.returncode == 0, done.stderr
    pages = [path.read_text(encoding="utf-8") for path in (root / "site").rglob("index.html")]
    assert any("No bars in this house." in page for page in pages)
    assert not list((root / "site").rglob("bars.svg"))
