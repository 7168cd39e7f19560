"""`kamgen build --history`, and the plugin's option `history`: the year is told when it is asked for, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history import commit_on
from tests.site.conftest import MKDOCS_YML, build, mkdocs

FILES = {
    "mkdocs.yml": MKDOCS_YML,
    "playbook/playbook.md": "# Playbook\n",
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    "accounts/a.yml": "name: Alfreds Futterkiste\nstage: key\n",
}
YEAR = "Over the last twelve months"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    commit_on(tmp_path, "2026-01-05", FILES)
    return tmp_path


def page(root: Path) -> str:
    return (root / "site/accounts/a/index.html").read_text(encoding="utf-8")


def test_the_year_is_told_when_it_is_asked_for(root: Path) -> None:
    done = build(root, "--history", "--strict")
    assert done.returncode == 1, done.stderr  # the account has errors, and no link is broken
    done = build(root, "--history")
    assert done.returncode == 0, done.stderr
    assert YEAR in page(root)
    assert "31 Jan 2026</time>: unknown (git does not know this account before then)" in page(root)
    # A table by month is left out on paper, as everything older is.
    assert '<details class="kg-details kg-older">\n<summary>Month by month' in page(root)
    assert build(root).returncode == 0
    assert YEAR not in page(root)


def test_a_workspace_may_want_it_always(root: Path) -> None:
    (root / "mkdocs.yml").write_text(MKDOCS_YML.replace("kamgen,", "{kamgen: {history: true}},"), encoding="utf-8")
    done = mkdocs(root)
    assert done.returncode == 0, done.stderr
    assert YEAR in page(root)
