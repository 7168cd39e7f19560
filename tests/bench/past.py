"""A year of commits behind the made-up workspace, each changing the plans of one or two accounts; and what is asked of
it: `python -m tests.bench.past` prints how many accounts changed since their last review, and by how many changes.
"""

from __future__ import annotations

import gc
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from kamgen.facts.past import since_last_review
from kamgen.project import Clock, with_history
from kamgen.read.workspace import read_workspace
from tests.bench.words import sentence
from tests.bench.workload import TODAY

COMMITS_PER_ACCOUNT = 3
YEAR = 365
_GIT = ("git", "-c", "core.autocrlf=false", "-c", "gc.auto=0")
_ACTION = re.compile(r"(?<=\n- what: )(?:.+\n)+?(?=- what|\Z)")
_DUE = re.compile(r"(?<=\n  due: )\S+")
_REVIEWED = re.compile(r"(?<=^reviewed: )\S+", re.MULTILINE)

_Files = dict[str, str]


def write_past(root: Path, accounts: int) -> None:
    """Commit the workspace a year ago, then change it three times as often as there are accounts.

    The files end as the last commit left them.
    """
    chance = random.Random(accounts)
    changed: _Files = {}
    stream = b"".join(_stream(root, chance, accounts * COMMITS_PER_ACCOUNT, changed))
    for arguments in (["init", "--quiet", "--initial-branch", "main"], ["fast-import", "--quiet"]):
        subprocess.run([*_GIT, *arguments], cwd=root, input=stream, check=True, env=_own())
    for name, text in changed.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    subprocess.run([*_GIT, "reset", "--quiet"], cwd=root, check=True, env=_own())


def _own() -> dict[str, str]:
    """Nobody's own settings of git."""
    return {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}


def _stream(root: Path, chance: random.Random, commits: int, changed: _Files) -> Iterator[bytes]:
    """What `git fast-import` reads; `changed` gets the last text of every file that a commit touched."""
    start = TODAY - timedelta(days=YEAR)
    yield _commit(start, {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in _files(root)})
    plans = sorted(str(path.relative_to(root)) for path in (root / "accounts").glob("*/plan.yml"))
    texts = {name: (root / name).read_text(encoding="utf-8") for name in plans}
    for number in range(commits):
        day = start + timedelta(days=1 + number * (YEAR - 1) // commits)
        files: _Files = {}
        for name in chance.sample(plans, min(chance.randint(1, 2), len(plans))):
            files |= _edited(chance, name, texts, day)
        changed |= files
        yield _commit(day, files)


def _files(root: Path) -> list[Path]:
    return sorted(path for room in ("accounts", "playbook") for path in (root / room).rglob("*") if path.is_file())


def _commit(day: date, files: _Files) -> bytes:
    moment = int(datetime.combine(day, time(12), UTC).timestamp())
    head = f"commit refs/heads/main\ncommitter Somebody <somebody@example.com> {moment} +0000\ndata 8\na change\n"
    return head.encode() + b"".join(_file(name, text.encode()) for name, text in files.items()) + b"\n"


def _file(name: str, content: bytes) -> bytes:
    return f"M 100644 inline {name}\ndata {len(content)}\n".encode() + content + b"\n"


def _edited(chance: random.Random, name: str, texts: _Files, day: date) -> _Files:
    """One day's work on an account: a review, a date moved, an action done, or a note of a call."""
    what = chance.choice(("review", "move", "move", "done", "note"))
    if what == "note":
        title = sentence(chance, "step")
        note = f"{name.removesuffix('plan.yml')}notes/{day}-talk.md"
        return {note: f"---\nkind: call\n---\n# {title}\n\n{sentence(chance, 'note')}\n"}
    text = texts[name]
    if what == "review":
        text = _REVIEWED.sub(str(day), text)
    else:
        action = chance.choice(list(_ACTION.finditer(text)))
        text = text[: action.start()] + _worked(action[0], what, day, chance) + text[action.end() :]
    texts[name] = text
    return {name: text}


def _worked(action: str, what: str, day: date, chance: random.Random) -> str:
    if what == "done" and "\n  done:" not in action:
        return f"{action}  done: {day}\n"
    return _DUE.sub(str(day + timedelta(days=chance.randint(7, 60))), action)


def main(folder: str) -> None:
    """Tell what changed since the last review, for every account of a workspace."""
    gc.disable()  # as the command line does: a process that ends soon need not look for rubbish
    root = Path(folder).resolve()
    read = read_workspace(root, Clock(datetime.now(UTC)).day)
    portfolio = with_history(root, read.portfolio)
    told = [since_last_review(portfolio, account) for account in portfolio.accounts.values()]
    known = [changes for changes in told if changes is not None]
    print(f"{len(known)} accounts are known as they were reviewed, with {sum(map(len, known))} changes since.")


if __name__ == "__main__":
    main(*sys.argv[1:])
