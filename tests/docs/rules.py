"""The rule reference, made from the rules: an index by family, and each rule's manual, levels, settings, examples."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby

from kamgen.model.values import STAGES
from kamgen.pages.words import FAMILIES
from kamgen.project import shown
from kamgen.rules import Entry, Example, Rule, rule_book
from kamgen.rules.examples import shown_files
from tests.docs.tables import code, fenced, table

_WHOM = {"key": "key accounts", "customer": "customers", "prospect": "prospects", "suspect": "suspects"}


def known() -> Collection[str]:
    """The codes of all rules."""
    return rule_book()


def families(numbers: Collection[int]) -> str:
    """The names of families."""
    return ", ".join(f"{number} ({FAMILIES[number]})" for number in sorted(numbers))


def index(_: str) -> str:
    """All rules in short, family by family."""
    return "\n\n".join(
        f"### Family {number}: {FAMILIES[number]}\n\n"
        + table(("Rule", "Name", "K C P S", "Finds"), map(_short, entries))
        for number, entries in _by_family()
    )


def _by_family() -> Iterator[tuple[int, list[Entry]]]:
    for number, entries in groupby(rule_book().values(), key=lambda entry: entry.rule.family):
        yield number, list(entries)


def _short(entry: Entry) -> tuple[str, str, str, str]:
    rule = entry.rule
    return f"[{rule.code}](#{rule.code.lower()})", rule.name, code(" ".join(rule.levels)), entry.summary


def manuals(_: str) -> str:
    """Every rule in full."""
    return "\n\n".join(_manual(entry) for entry in rule_book().values())


def _manual(entry: Entry) -> str:
    rule = entry.rule
    parts = [f"### {rule.code}", f"{code(rule.name)}: {_levels(rule)}.", entry.manual]
    if rule.settings:
        rows = [(code(name), shown(one.default), one.what) for name, one in rule.settings.items()]
        parts.append(table(("Setting", "Default", "Means"), rows))
    parts += ["<details><summary>Examples</summary>", "Reported:", *_files(rule.bad)]
    parts += ["In order:", *_files(rule.good), "</details>"]
    return "\n\n".join(parts)


def _levels(rule: Rule) -> str:
    """Which level holds for whom: "error for key accounts, warning for customers"."""
    if len(rule.levels) == 1:
        return f"{rule.level(None)} for the workspace or a person"
    by_level: dict[str, list[str]] = {}
    for stage in STAGES:
        if level := rule.level(stage):
            by_level.setdefault(level, []).append(_WHOM[stage])
    if len(by_level) == 1 and len(next(iter(by_level.values()))) == len(STAGES):
        return f"{next(iter(by_level))} for every account and for the playbook"
    return "; ".join(f"{level} for {' and '.join(whom)}" for level, whom in by_level.items())


def _files(example: Example) -> list[str]:
    return [fenced(text, f'{_language(title)} title="{title}"') for title, text in shown_files(example)]


def _language(title: str) -> str:
    path = title.partition(" ")[0]
    return {"md": "markdown", "csv": "csv"}.get(path.rpartition(".")[2], "yaml")
