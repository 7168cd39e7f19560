"""The measurements of one size: checking and building, each against the tools that a team would use without kamgen."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamgen.model.files import KINDS
from kamgen.read.history import MEMORY
from tests.bench.past import write_past
from tests.bench.plain import site_pages, visible, write_plain
from tests.bench.table import Row
from tests.bench.timing import BIN, Cost, Job, race, rounds
from tests.bench.workload import REPOSITORY, write_workload

CHECK_BAR, BUILD_BAR, SCALING_BAR, MEMORY_BAR = 0.10, 1.0, 4.5, 400
SINCE_COLD_BAR, SINCE_WARM_BAR, CHECK_WARM_BAR = 3.0, 1.5, 1.5
# Up to how many accounts home may weigh how many kB of HTML; and the largest page of an account, at any size.
HOME_BARS, ACCOUNT_BAR = ((100, 300), (1000, 1000)), 150
BARS_FROM = 1000  # accounts: the bars are set for this workload, and smaller ones are shown beside it
MEMORY_AT = 1000  # the bar on memory is for this size alone

CHECK, CHECK_CSV, OTHER_CHECK, BUILD, OTHER_BUILD = "check", "check with sales.csv", "linters", "build", "mkdocs"
LOG, NO_GIT, SINCE, SINCE_AGAIN = "git log", "check without git", "since the last review", "since the last review, warm"
IN_GIT, IN_GIT_AGAIN = "check in git", "check in git, warm"


@dataclass(frozen=True, slots=True)
class Workspaces:
    """The same accounts: whole, without the exports, as ready-made Markdown for plain MkDocs, and with a past in git.

    `present` is the one with a past as its last commit left it, without git.
    """

    accounts: int
    whole: Path
    bare: Path
    plain: Path
    schemas: Path
    past: Path
    present: Path


def prepare(folder: Path, accounts: int) -> Workspaces:
    """Write the workload; the plain one comes later, from the built site."""
    folders = (folder / name for name in ("whole", "bare", "plain", "schemas", "past", "present"))
    made = Workspaces(accounts, *folders)
    write_workload(made.whole, accounts)
    shutil.copytree(made.whole, made.bare, ignore=shutil.ignore_patterns("*.csv"))
    made.schemas.mkdir()
    for kind in KINDS:
        text = subprocess.run([BIN / "kamgen", "schema", kind], capture_output=True, check=True).stdout
        (made.schemas / f"{kind}.json").write_bytes(text)
    return made


def check_jobs(made: Workspaces) -> tuple[Job, Job, Job]:
    """kamgen without and with the exports, and the linters on the same YAML files, a process for each kind of file."""
    command = [str(BIN / "kamgen"), "check", "--format", "json"]
    accepted = (0, 1)  # findings are what it is for
    return (
        Job(CHECK, [command], made.bare, [made.bare / ".cache"], accepted),
        Job(CHECK_CSV, [command], made.whole, [made.whole / ".cache"], accepted),
        Job(OTHER_CHECK, list(_linters(made)), made.bare),
    )


def _linters(made: Workspaces) -> Iterator[Sequence[str]]:
    yield [str(BIN / "yamllint"), "-d", "relaxed", "accounts", "playbook"]
    for kind, (_, patterns) in KINDS.items():
        files = sorted(str(path.relative_to(made.bare)) for glob in patterns for path in made.bare.glob(glob))
        if files:
            yield [str(BIN / "check-jsonschema"), "--schemafile", str(made.schemas / f"{kind}.json"), *files]


def build_job(made: Workspaces) -> Job:
    """kamgen's own build."""
    return Job(BUILD, [[str(BIN / "kamgen"), "build"]], made.whole, [made.whole / ".cache", made.whole / "site"])


def plain_job(made: Workspaces) -> Job:
    """MkDocs with Material on ready-made pages with the same text; made from the site, so that must stand."""
    if not made.plain.exists():
        write_plain(made.whole, made.whole / "site", made.plain)
    return Job(OTHER_BUILD, [[str(BIN / "mkdocs"), "build"]], made.plain, [made.plain / "site"])


def past_jobs(made: Workspaces) -> tuple[Job, ...]:
    """What changed since the last review, and a check, each cold and then warm; and what they stand by."""
    if not made.past.exists():
        shutil.copytree(made.bare, made.past, ignore=shutil.ignore_patterns(".cache"))
        write_past(made.past, made.accounts)
        shutil.copytree(made.past, made.present, ignore=shutil.ignore_patterns(".git"))
    check = [str(BIN / "kamgen"), "check", "--format", "json"]
    since = [str(BIN / "python"), "-m", "tests.bench.past", str(made.past)]
    accepted = (0, 1)
    memory = [made.past / ".git" / f"{MEMORY}{ending}" for ending in ("", "-shm", "-wal")]
    return (
        Job(NO_GIT, [check], made.present, accepted=accepted),
        Job(LOG, [["git", "log", "--name-only"]], made.past),
        Job(SINCE, [since], REPOSITORY, memory),
        Job(SINCE_AGAIN, [since], REPOSITORY),
        Job(IN_GIT, [check], made.past, memory, accepted),
        Job(IN_GIT_AGAIN, [check], made.past, accepted=accepted),
    )


def repetitions(accounts: int) -> tuple[int, int]:
    """How often kamgen and the slower others run: often where it is quick, since noise weighs more there."""
    return (5, 3) if accounts <= 250 else (3, 2) if accounts <= 1000 else (2, 1)


def measure(made: Workspaces, compare: bool) -> dict[str, Cost]:
    """Time everything of one size; `compare` with the others, or for the sake of scaling measure kamgen alone."""
    ours, others = repetitions(made.accounts)
    check, check_csv, linters = check_jobs(made)
    building = build_job(made)
    if not compare:
        return race(rounds([check, check_csv, building], [ours, ours, others]))
    best = race(rounds([check, check_csv, linters], [ours, ours, others]))
    best |= race(rounds(past_jobs(made), [others] * 6))
    best[BUILD] = building.run()  # the plain pages are made from its site
    return race(rounds([plain_job(made), building], [others, others - 1]), best)


def rows(made: Workspaces, best: Mapping[str, Cost]) -> Iterator[Row]:
    """The rows of one size."""
    accounts = made.accounts
    yield _ratio(accounts, "check, YAML only / yamllint + check-jsonschema", best[CHECK], best[OTHER_CHECK], CHECK_BAR)
    yield Row(accounts, "check, with sales.csv", f"{best[CHECK_CSV].seconds:.2f} s")
    yield _memory(accounts, "check, peak memory", best[CHECK_CSV], best[OTHER_CHECK])
    yield _ratio(accounts, "build / MkDocs with Material, same text", best[BUILD], best[OTHER_BUILD], BUILD_BAR)
    yield _memory(accounts, "build, peak memory", best[BUILD], best[OTHER_BUILD])
    yield from _past_rows(accounts, best)
    yield from _weights(made, best)


def _past_rows(accounts: int, best: Mapping[str, Cost]) -> Iterator[Row]:
    """A year of history against the same without: reading one's own past costs something, and not much."""
    check = best[NO_GIT]
    both = Cost(best[LOG].seconds + check.seconds, 0)
    yield _ratio(accounts, "since the last review, cold / git log + check", best[SINCE], both, SINCE_COLD_BAR)
    yield _ratio(accounts, "since the last review, warm / check", best[SINCE_AGAIN], check, SINCE_WARM_BAR)
    yield _ratio(accounts, "check in git, warm / check without git", best[IN_GIT_AGAIN], check, CHECK_WARM_BAR)
    yield _ratio(accounts, "check in git, cold / check without git", best[IN_GIT], check, None)


def _ratio(accounts: int, what: str, ours: Cost, other: Cost, bar: float | None) -> Row:
    figures = f"{ours.seconds:.2f} s", f"{other.seconds:.2f} s"
    return Row(accounts, what, *figures, ours.seconds / other.seconds, bar, held=accounts >= BARS_FROM)


def _memory(accounts: int, what: str, ours: Cost, other: Cost) -> Row:
    bar = MEMORY_BAR if accounts == MEMORY_AT else None
    return Row(accounts, what, f"{ours.peak:.0f} MB", f"{other.peak:.0f} MB", ours.peak, bar, " MB")


def _weights(made: Workspaces, best: Mapping[str, Cost]) -> Iterator[Row]:
    ours, other = _weigh(made.whole / "site"), _weigh(made.plain / "site")
    speeds = [f"{site.pages / cost.seconds:.0f}" for site, cost in ((ours, best[BUILD]), (other, best[OTHER_BUILD]))]
    for what, figures in (
        ("site, pages", (f"{ours.pages:,}", f"{other.pages:,}")),
        ("site, visible words", (f"{ours.words:,}", f"{other.words:,}")),
        ("build, pages a second", speeds),
        ("site, bytes a page", (f"{ours.bytes / ours.pages:,.0f}", f"{other.bytes / other.pages:,.0f}")),
        ("site, search index", (f"{ours.index / 1e6:.2f} MB", f"{other.index / 1e6:.2f} MB")),
    ):
        yield Row(made.accounts, what, *figures)
    yield from _heaviest(made)


def _heaviest(made: Workspaces) -> Iterator[Row]:
    """Home, and the page of the largest account; their bars hold at any size."""
    site = made.whole / "site"
    home = (site / "index.html").stat().st_size / 1000
    largest = max((page.stat().st_size for page in (site / "accounts").glob("*/index.html")), default=0) / 1000
    home_bar = next((kilobytes for most, kilobytes in HOME_BARS if made.accounts <= most), None)
    yield Row(made.accounts, "site, home", f"{home:.0f} kB", "", home, home_bar, " kB")
    yield Row(made.accounts, "site, largest account", f"{largest:.0f} kB", "", largest, ACCOUNT_BAR, " kB")


@dataclass(frozen=True, slots=True)
class _Weight:
    pages: int
    words: int
    bytes: int
    index: int


def _weigh(site: Path) -> _Weight:
    pages = list(site_pages(site))
    index = site / "search" / "search_index.json"
    json.loads(index.read_text(encoding="utf-8"))
    words = sum(visible(page).words for page in pages)
    return _Weight(len(pages), words, sum(page.stat().st_size for page in pages), index.stat().st_size)


def scaling(accounts: int, small: Mapping[str, Cost], large: Mapping[str, Cost]) -> Iterator[Row]:
    """What four times the accounts cost: the large size's rows."""
    for name in (CHECK, CHECK_CSV, BUILD):
        ratio = large[name].seconds / small[name].seconds
        figures = f"{large[name].seconds:.2f} s", f"{small[name].seconds:.2f} s"
        yield Row(accounts, f"{name}, against a quarter of the accounts", *figures, ratio, SCALING_BAR)
