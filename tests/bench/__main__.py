"""`python -m tests.bench [SIZE]...`: measures, prints one table, and ends with 1 when a bar is broken.

A size is a number of accounts; 100 and 1000 are measured when none is named. Bars are held from 1000 on, where the
time to start weighs little; there a quarter of the accounts is measured too, to see how the cost grows. Seconds are
processor time, so that whatever else the machine does weighs little; the cheapest of several runs in turns counts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measure import BARS_FROM, Workspaces, measure, prepare, repetitions, rows, scaling
from tests.bench.table import Row, table
from tests.bench.timing import Cost

DEFAULT_SIZES = (100, 1000)


def main(arguments: Sequence[str]) -> int:
    """Measure the sizes named; 1 when a bar is broken, 2 when a size is no number."""
    if not all(argument.isdigit() and int(argument) >= 20 for argument in arguments):
        print("Sizes are numbers of accounts, from 20 on: python -m tests.bench 100 1000 4000", file=sys.stderr)
        return 2
    sizes = sorted({int(argument) for argument in arguments}) or list(DEFAULT_SIZES)
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kamgen-bench-") as folder:
        found = _measured(Path(folder), sizes)
    print(table(found))
    for size in sizes:
        print("{:,} accounts: kamgen check ran {} times, the others and builds {}.".format(size, *repetitions(size)))
    print(f"Seconds are processor time, the least of all runs. All of it took {time.monotonic() - start:.0f} s.")
    return int(any(row.over for row in found))


def _measured(folder: Path, sizes: Sequence[int]) -> list[Row]:
    quarters = {size // 4 for size in sizes if size >= BARS_FROM}
    costs: dict[int, dict[str, Cost]] = {}
    found: list[Row] = []
    for size in sorted({*sizes, *quarters}):
        made = prepare(folder / str(size), size)
        costs[size] = measure(made, compare=size in sizes)
        found += _rows(made, costs, size in sizes)
        print(f"{size:,} accounts measured", file=sys.stderr)
    return found


def _rows(made: Workspaces, costs: dict[int, dict[str, Cost]], compared: bool) -> list[Row]:
    size = made.accounts
    found = list(rows(made, costs[size])) if compared else []
    if size >= BARS_FROM and size // 4 in costs:
        found += scaling(size, costs[size // 4], costs[size])
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
