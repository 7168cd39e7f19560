"""What does a rule look for, why, and how is it put right? The rule book: an index, and a page for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from kamgen.facts.lessons import lessons
from kamgen.facts.standing import Tally, tally
from kamgen.model.values import STAGES
from kamgen.pages import Page, Site, words
from kamgen.pages.links import rule_address
from kamgen.pages.prose import prose
from kamgen.pages.templates import page
from kamgen.rules import Entry, Number, Rule, rule_book
from kamgen.rules.examples import shown_files
from kamgen.rules.strictness import strictness

OFF = "off"


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
        repeats=True,
        wide=True,
        number=len(book),
        finding=len(site.findings_by_rule),
        families=[(words.FAMILIES[family], [_row(site, entry) for entry in rules]) for family, rules in families],
    )
    for entry in book:
        yield _rule_page(site, entry)


def _row(site: Site, entry: Entry) -> tuple[Entry, str, Tally]:
    """A rule, its levels in force in a few words, and what it finds now."""
    return entry, _levels_in_words(site, entry.rule), tally(site.findings_by_rule.get(entry.rule.code, ()))


def _levels(site: Site, rule: Rule) -> list[tuple[str, str, str]]:
    """For each stage (or once, for rules about the workspace): the default level and the one in force."""
    settings = site.portfolio.settings
    stages = (None,) if len(rule.levels) == 1 else STAGES
    return [
        (
            words.MANY_STAGES[stage] if stage else "The workspace",
            rule.level(stage) or OFF,
            strictness(rule, stage, settings).level or OFF,
        )
        for stage in stages
    ]


def _levels_in_words(site: Site, rule: Rule) -> str:
    """Error for key accounts; warning for customers and prospects."""
    levels: dict[str, list[str]] = {}
    for who, _, level in _levels(site, rule):
        levels.setdefault(level, []).append(who.lower())
    if len(levels) == 1:
        return next(iter(levels)) if len(rule.levels) == 1 else f"{next(iter(levels))} for all"
    return "; ".join(f"{level} for {words.several(who)}" for level, who in levels.items() if level != OFF)


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
        bad=shown_files(rule.bad),
        good=shown_files(rule.good),
        now=next(iter(lessons(site.findings_by_rule.get(rule.code, ()))), None),
    )


def _in_force(site: Site, rule: Rule, name: str) -> Number:
    """A setting as it holds for accounts of every stage that has none of its own."""
    read = rule.days if isinstance(rule.settings[name].default, timedelta) else rule.number
    return read(site.portfolio, None, name)
