"""What does a rule look for, why, and how is it put right? The rule book: an index, and a page for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from kamgen.model.values import STAGES
from kamgen.pages import Page, Site, words
from kamgen.pages.links import rule_address
from kamgen.pages.prose import prose
from kamgen.pages.templates import page
from kamgen.rules import Entry, Example, Number, Rule, rule_book
from kamgen.rules.examples import account_text, example_files
from kamgen.rules.strictness import strictness

_GIVEN = ("playbook/team.yml", "playbook/kamgen.yml")


def addresses(site: Site) -> Iterator[str]:
    """The index, and one page a rule."""
    yield "rules/"
    yield from (rule_address(code) for code in rule_book())


def render(site: Site) -> Iterator[Page]:
    """The rule book."""
    book = rule_book().values()
    families = groupby(book, key=lambda entry: entry.rule.family)
    yield page(
        site,
        "rules/",
        "rules.html",
        "Rules",
        description="Every rule, what it looks for, and how strict it is",
        families=[(words.FAMILIES[family], [_row(site, entry) for entry in rules]) for family, rules in families],
    )
    for entry in book:
        yield _rule_page(site, entry)


def _row(site: Site, entry: Entry) -> tuple[Entry, str, int]:
    """A rule, its levels in force in a few words, and how many findings it has now."""
    return entry, _levels_in_short(site, entry.rule), len(site.findings_by_rule.get(entry.rule.code, ()))


def _levels(site: Site, rule: Rule) -> list[tuple[str, str, str]]:
    """For each stage (or once, for rules about the workspace): the default level and the one in force."""
    settings = site.portfolio.settings
    if len(rule.levels) == 1:
        return [("The workspace", _word(rule.level(None)), _word(strictness(rule, None, settings).level))]
    return [
        (words.MANY_STAGES[stage], _word(rule.level(stage)), _word(strictness(rule, stage, settings).level))
        for stage in STAGES
    ]


def _levels_in_short(site: Site, rule: Rule) -> str:
    rows = _levels(site, rule)
    in_force = [level for _, _, level in rows]
    if len(set(in_force)) == 1:
        return in_force[0] if len(rows) == 1 else f"{in_force[0]} for all"
    return "; ".join(f"{level}: {who.lower()}" for who, _, level in rows if level != "off")


def _word(level: str | None) -> str:
    return {"info": "hint", None: "off"}.get(level, level or "")


def _rule_page(site: Site, entry: Entry) -> Page:
    rule = entry.rule
    return page(
        site,
        rule_address(rule.code),
        "rule.html",
        f"{rule.code} {rule.name}",
        description=entry.summary,
        entry=entry,
        rule=rule,
        manual=prose(entry.manual, f"manual-{rule.code}", 2),
        levels=_levels(site, rule),
        settings=[(name, setting, _in_force(site, rule, name)) for name, setting in rule.settings.items()],
        bad=_files(rule.bad),
        good=_files(rule.good),
        found=site.findings_by_rule.get(rule.code, []),
    )


def _in_force(site: Site, rule: Rule, name: str) -> Number:
    """A setting as it holds for accounts of every stage that has none of its own."""
    read = rule.days if isinstance(rule.settings[name].default, timedelta) else rule.number
    return read(site.portfolio, None, name)


def _files(example: Example) -> list[tuple[str, str]]:
    """The files of an example by path, without those that every example has."""
    if isinstance(example, str):
        return [("accounts/example.yml", account_text(example))]
    return [(path, text) for path, text in example_files(example).items() if path in example or path not in _GIVEN]
