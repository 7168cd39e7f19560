"""Whole processes, timed and weighed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: processor time in seconds, and the peak memory of its largest process in MB."""

    seconds: float
    peak: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, max(self.peak, other.peak))


@dataclass(frozen=True, slots=True)
class Job:
    """Commands that belong together, run one after the other in a folder; `fresh` goes before each run.

    `accepted` are the exit codes of a run that did its work.
    """

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path
    fresh: Sequence[Path] = ()
    accepted: Sequence[int] = (0,)

    def run(self) -> Cost:
        """Run all commands once, cold: nothing that a run before has made is left."""
        for path in self.fresh:
            _remove(path)
        costs = [_run(command, self.folder, self.accepted) for command in self.commands]
        return sum(costs[1:], costs[0])


def _remove(path: Path) -> None:
    if path.is_file():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def _run(command: Sequence[str], folder: Path, accepted: Sequence[int]) -> Cost:
    """Run one command; raises SystemExit with its last words when it fails, since then its time means nothing."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in accepted:
            output.seek(0)
            words = output.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(command)[:200]} ended with {process.returncode}:\n{words}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 * _MAXRSS_UNIT))


# Linux counts peak memory in KiB, macOS in bytes.
_MAXRSS_UNIT = 1024 if sys.platform == "darwin" else 1


def race(rounds: Iterable[Sequence[Job]], before: Mapping[str, Cost] | None = None) -> dict[str, Cost]:
    """Run jobs in turns (A B A B), so that a busy machine is busy for all of them.

    The cheapest run of each counts, those `before` included.
    """
    best = dict(before or {})
    for jobs in rounds:
        for job in jobs:
            cost = job.run()
            if job.name not in best or cost.seconds < best[job.name].seconds:
                best[job.name] = cost
    return best


def rounds(jobs: Sequence[Job], times: Sequence[int]) -> list[list[Job]]:
    """Rounds in which each job takes part as often as `times` says, from the first round on."""
    return [[job for job, most in zip(jobs, times, strict=True) if number < most] for number in range(max(times))]
