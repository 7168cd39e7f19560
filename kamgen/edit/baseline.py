"""Writing the baseline: taken in once, then only made smaller, unless somebody says otherwise."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from kamgen.edit.atomic import write_files
from kamgen.finding import Finding
from kamgen.model.portfolio import Portfolio
from kamgen.read.baseline import BASELINE, FORMAT
from kamgen.rules.baseline import belongs, fixed, in_words

CANNOT_READ = frozenset({"KAM001", "KAM010", "KAM011"})
MOST_NAMED = 20


def write_baseline(root: Path, portfolio: Portfolio, findings: Sequence[Finding], known: Collection[str] | None) -> str:
    """Write the baseline after a full run and say what was done.

    `known` are the identities that were in it; None: it begins anew with all that was found. What is mended is taken
    out; new findings are never taken in beside old ones, so that a run cannot hide new debt.
    """
    found = {finding.id: finding for finding in findings if belongs(finding)}
    if known is None:
        _write(root, found)
        return _begun(found.values())
    mended = fixed(portfolio, findings, known)
    kept = set(known) - set(mended)
    if mended:
        _write(root, kept)
    return _renewed(portfolio, mended, kept, [one for name, one in found.items() if name not in kept])


def _write(root: Path, identities: Iterable[str]) -> None:
    text = json.dumps({"format": FORMAT, "findings": sorted(identities)}, ensure_ascii=False, indent=2)
    write_files({root / BASELINE: f"{text}\n"})


def _begun(findings: Collection[Finding]) -> str:
    blind = sum(finding.code in CANNOT_READ for finding in findings)
    lines = [f"Written: {BASELINE} with {_counted(len(findings))}. From now on only new ones count. Keep it in git."]
    if blind:
        lines.append(f"{blind} of them say that a file cannot be read. Mend these first: no rule sees what is in it.")
    return "\n".join(lines) + "\n"


def _renewed(portfolio: Portfolio, mended: Sequence[str], kept: Collection[str], new: Collection[Finding]) -> str:
    names = {slug: account.name for slug, account in portfolio.accounts.items()}
    lines = [f"Fixed: {in_words(names, identity)}" for identity in mended[:MOST_NAMED]]
    if len(mended) > MOST_NAMED:
        lines.append(f"… and {len(mended) - MOST_NAMED} more.")
    done = f"{_counted(len(mended))} fixed and taken out" if mended else "Nothing in it is fixed yet"
    lines.append(f"{done}. {BASELINE} holds {_counted(len(kept))}.")
    if new:
        one = len(new) == 1
        lines.append(
            f"{_counted(len(new))} {'is' if one else 'are'} not in it and {'counts' if one else 'count'}. "
            f"To take {'it' if one else 'them'} in as well: kamgen baseline --renew"
        )
    return "\n".join(lines) + "\n"


def _counted(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"
