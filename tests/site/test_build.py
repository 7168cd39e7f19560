"""Building: MkDocs and kamgen alike, strictness, the swap, what is published, and the search index."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import write_files
from tests.site.conftest import MKDOCS_YML, Build, build, mkdocs

CLEAN = {
    "mkdocs.yml": MKDOCS_YML,
    "playbook/playbook.md": '# Playbook\n\n{{ account("a") }} {{ setting("rhythm.review") }} {{ rule("KAM404") }}\n',
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    "playbook/team.yml": "ann: {name: Ann Lee}\n",
    "accounts/a.yml": "name: Alfreds Futterkiste\nstage: customer\nmanager: ann\n",
}
BROKEN = {**CLEAN, "accounts/b.yml": "name: Blauer See\nstage: costumer\n"}


def test_plain_mkdocs_builds_it_too(tmp_path: Path) -> None:
    root = write_files(tmp_path, CLEAN)
    done = mkdocs(root, "--strict")
    assert done.returncode == 0, done.stderr
    assert (root / "site/accounts/a/index.html").is_file()


def test_strict_counts_what_fails_a_check_and_nothing_else(tmp_path: Path) -> None:
    root = write_files(tmp_path, BROKEN)
    done = mkdocs(root, "--strict")
    assert done.returncode == 1
    assert 'accounts/b.yml:2:8: KAM004 "stage" is "costumer"' in done.stderr
    assert mkdocs(root).returncode == 0
    (root / "playbook/kamgen.yml").write_text("fail_on: never\n", encoding="utf-8")
    assert mkdocs(root, "--strict").returncode == 0


def test_a_failed_build_leaves_the_last_good_site_standing(tmp_path: Path) -> None:
    root = write_files(tmp_path, CLEAN)
    done = build(root)
    assert (done.returncode, "The site is in " in done.stdout) == (0, True)
    page = root / "site/accounts/a/index.html"
    before = page.read_bytes()
    (root / "playbook/broken.md").write_text("# B\n\n{{ no_such_macro() }}\n", encoding="utf-8")
    done = build(root)
    assert (done.returncode, "The last good site was kept." in done.stderr) == (1, True)
    assert page.read_bytes() == before
    assert sorted(path.name for path in root.iterdir()) == ["accounts", "mkdocs.yml", "playbook", "site"]


def test_a_second_build_takes_the_place_of_the_first(tmp_path: Path) -> None:
    root = write_files(tmp_path, CLEAN)
    assert build(root).returncode == 0
    (root / "accounts/a.yml").unlink()
    (root / "playbook/playbook.md").write_text("# P\n", encoding="utf-8")
    write_files(root, {"accounts/c.yml": "name: C\nstage: customer\n"})
    assert build(root).returncode == 0
    assert not (root / "site/accounts/a").exists()
    assert (root / "site/accounts/c/index.html").is_file()


@pytest.mark.parametrize("target", ["accounts", "playbook/x", "."])
def test_a_site_is_never_built_over_the_workspaces_own_files(tmp_path: Path, target: str) -> None:
    root = write_files(tmp_path, CLEAN)
    done = build(root, "--site-dir", target)
    assert done.returncode == 2
    assert "the workspace's own files stand there" in done.stderr
    assert (root / "accounts/a.yml").is_file()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    root = write_files(tmp_path, {**CLEAN, "papers/contract.txt": "x"})
    done = build(root, "--site-dir", "papers")
    assert done.returncode == 2
    assert "holds other files than a site" in done.stderr
    assert (root / "papers/contract.txt").is_file()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    root = write_files(tmp_path, BROKEN)
    build(root, "--site-dir", "one")
    build(root, "--site-dir", "two")
    one = {p.relative_to(root / "one"): p.read_bytes() for p in (root / "one").rglob("*") if p.is_file()}
    two = {p.relative_to(root / "two"): p.read_bytes() for p in (root / "two").rglob("*") if p.is_file()}
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path] and path.suffix != ".gz"] == []


def test_macros_put_data_on_playbook_pages(built: Build) -> None:
    site = built(CLEAN)
    text = (site / "playbook/index.html").read_text(encoding="utf-8")
    assert '<a href="../accounts/a/">Alfreds Futterkiste</a>' in text
    assert "30 days" in text
    assert '<a href="../rules/KAM404/">KAM404 action&#45;overdue</a>' in text


@pytest.mark.parametrize(
    "call", ['account("nobody")', 'rule("KAM999")', 'setting("rhythm.lunch")', 'menu_questions("x")', 'person("x")']
)
def test_a_macro_that_asks_for_what_is_not_there_stops_the_build(tmp_path: Path, call: str) -> None:
    root = write_files(tmp_path, {**CLEAN, "playbook/playbook.md": f"# P\n\n{{{{ {call} }}}}\n"})
    assert build(root).returncode == 1


def test_what_is_data_is_not_published(demo: Path) -> None:
    published = {path.name for path in demo.rglob("*") if path.is_file()}
    assert not {name for name in published if name.endswith((".yml", ".yaml", ".csv", ".md", ".py"))}


def test_nothing_private_is_published(demo: Path) -> None:
    root = Path(__file__).parent.parent.parent
    note = root / "accounts/hungry-owl-all-night-grocers/notes/2026-04-16-in-confidence.md"
    sentence = max(note.read_text(encoding="utf-8").split("---")[2].split(". "), key=len).strip()[:60]
    assert len(sentence) > 30
    for path in demo.rglob("*"):
        if path.suffix in (".html", ".json"):
            text = path.read_text(encoding="utf-8")
            assert sentence not in text
            assert "in-confidence" not in text


def test_the_footer_says_when_and_edit_links_lead_to_the_very_file(demo: Path) -> None:
    text = (demo / "accounts/ernst-handel/index.html").read_text(encoding="utf-8")
    assert 'class="kg-built" datetime="2026-05-06T12:00:00Z"' in text
    assert "edit/main/accounts/ernst-handel/account.yml" in text
    assert re.search(r"edit/main/accounts/ernst-handel/plan\.yml#L\d+", text)
    assert "6 May 2026" in text


def test_the_search_index_holds_what_people_look_for(demo: Path) -> None:
    docs = json.loads((demo / "search/search_index.json").read_text(encoding="utf-8"))["docs"]

    def found(*words: str) -> set[str]:
        hits = (d for d in docs if all(w.lower() in (d["title"] + " " + d["text"]).lower() for w in words))
        return {hit["location"].partition("#")[0] for hit in hits}

    assert "accounts/ernst-handel/" in {d["location"] for d in docs if d["title"] == "Ernst Handel"}
    assert "accounts/ernst-handel/" in found("Roland Mendel")
    assert "accounts/quick-stop/" in found("sale or return")
    assert "audit/" in found("unresolved") or "audit/" in found("still open between us")
    assert "rules/KAM404/" in found("KAM404")
