"""The measuring itself: a workload without mistakes, the same each time, and pages with the same words."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.bench.past import COMMITS_PER_ACCOUNT, main, write_past
from tests.bench.plain import visible
from tests.bench.table import Row, table
from tests.bench.timing import Job
from tests.bench.workload import write_workload
from tests.conftest import checked
from tests.history import git

ACCOUNTS = 40


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workload")
    write_workload(made, ACCOUNTS)
    return made


def test_the_workload_has_the_shape_it_is_measured_by(root: Path) -> None:
    folders = [path for path in (root / "accounts").iterdir() if path.is_dir()]
    assert len(folders) == ACCOUNTS // 5
    assert len(list((root / "accounts").glob("*.yml"))) == ACCOUNTS - len(folders)
    for folder in folders:
        assert len(list((folder / "notes").iterdir())) == 4
        assert 2500 < (folder / "plan.yml").stat().st_size < 4000
    assert len((root / "accounts" / "sales.csv").read_text().splitlines()) == 1 + ACCOUNTS * 24 * 2


def test_no_file_of_it_is_wrong_and_few_accounts_are(root: Path) -> None:
    result = checked(root)
    assert [f for f in result.findings if f.code.startswith("KAM0")] == []
    assert [f for f in result.findings if f.code == "KAM107"] == []
    assert len(result.portfolio.accounts) == ACCOUNTS
    assert len(result.findings) < ACCOUNTS


def test_the_same_size_gives_the_same_files(root: Path, tmp_path: Path) -> None:
    write_workload(tmp_path, ACCOUNTS)
    files = [path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file()]
    assert files == [path.relative_to(tmp_path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert all((root / path).read_bytes() == (tmp_path / path).read_bytes() for path in files)


def test_the_past_ends_where_the_files_stand(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = tmp_path / "past"
    shutil.copytree(root, made)
    write_past(made, ACCOUNTS)
    assert git(made, "status", "--short", "accounts", "playbook") == ""
    log = git(made, "log", "--format=%as").split()
    assert (len(log), log[-1]) == (1 + ACCOUNTS * COMMITS_PER_ACCOUNT, "2025-05-06")
    assert [f for f in checked(made).findings if f.code.startswith("KAM0")] == []
    main(str(made))
    assert capsys.readouterr().out.startswith(f"{ACCOUNTS // 5} accounts are known as they were reviewed, with ")


PAGE = """<nav>Not this</nav><article class="md-content__inner"><a class="md-content__button">Edit</a>
<h1 id="a">Ernst &amp; Sons<a class="headerlink" href="#a">¶</a></h1><p>Two <b>depots</b> *in* Styria<br>and one.</p>
<ul><li>One<ul><li>Inner</li></ul></li><li><p>Two</p></li></ul><script>var x = 1</script>
<table><thead><tr><th>Name</th><th>Stage</th></tr></thead>
<tbody><tr><td>A|B</td><td><p>key</p></td></tr></tbody></table>
<p hidden>Nobody sees this</p><svg><title>Read aloud</title><text>Drawn</text></svg></article>
<footer>Nor this</footer>"""


def test_the_visible_text_of_a_page_becomes_markdown(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(PAGE, encoding="utf-8")
    found = visible(page)
    assert found.blocks == [
        "# Ernst &amp; Sons",
        "Two depots \\*in\\* Styria and one.",
        "- One",
        "    - Inner",
        "- Two",
        "| Name | Stage |\n| --- | --- |\n| A\\|B | key |",
        "Drawn",
    ]
    assert found.words == 17


def test_a_row_over_its_bar_says_so() -> None:
    fine = Row(1000, "check", "1.00 s", "20.00 s", 0.05, 0.1)
    broken = Row(1000, "memory", "500 MB", "", 500, 400, " MB")
    small = Row(100, "check", "1.00 s", "5.00 s", 0.2, 0.1, held=False)
    assert [row.over for row in (fine, broken, small)] == [False, True, False]
    assert table([fine, broken, small]).splitlines()[2:] == [
        "1,000     check   1.00 s  20.00 s    0.050  ≤ 0.1     ok",
        "1,000     memory  500 MB                    ≤ 400 MB  OVER",
        "100       check   1.00 s  5.00 s     0.200  ≤ 0.1     (over)",
    ]


def test_a_run_that_fails_is_not_measured(tmp_path: Path) -> None:
    def job(code: int) -> Job:
        return Job("exit", [[sys.executable, "-c", f"raise SystemExit({code})"]], tmp_path)

    with pytest.raises(SystemExit, match="ended with 1"):
        job(1).run()
    assert job(0).run().peak > 0
