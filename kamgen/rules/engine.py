"""From problems to findings: levels by stage, grace, silence where the cause is told, places, waivers, order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kamgen.facts.texts import printable
from kamgen.finding import Finding, Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Portfolio
from kamgen.model.values import STAGES, Stage
from kamgen.rules import Entry, Rule, rule_book, worst_first
from kamgen.rules import waivers as waiving
from kamgen.rules.levels import distrusted, in_force_for, level_of
from kamgen.rules.strictness import check_choices, strictness
from kamgen.rules.waivers import Standing

# Whether a waiver is of use shows only when every rule has run: where waivers alone are asked for, all of them run.
_ABOUT_WAIVERS = frozenset({"KAM017", "KAM018", "KAM020"})
_SETTINGS = subject("playbook/kamgen")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which findings are wanted: codes (None: all), account slugs (None: all), and those of the workspace itself."""

    codes: frozenset[str] | None = None
    accounts: frozenset[str] | None = None
    workspace: bool = True

    def covers(self, code: str) -> bool:
        """Whether a rule is wanted."""
        return self.codes is None or code in self.codes

    def wants(self, code: str, name: str) -> bool:
        """Whether a finding is wanted; mistakes in kamgen.yml always are, since by them nothing else can be trusted."""
        return self.covers(code) or (code < "KAM017" and name.partition(".")[0] == _SETTINGS)

    def speaks_of(self, account: str) -> bool:
        """Whether an account's findings are wanted, or with "" those of the workspace."""
        return (self.accounts is None or account in self.accounts) if account else self.workspace

    @property
    def is_full(self) -> bool:
        """Whether everything is looked at: only then does it mean something that a waiver silenced nothing."""
        return self.codes is None and self.accounts is None


def judge(portfolio: Portfolio, told: Iterable[Problem], scope: Scope, help_base: str) -> list[Finding]:
    """Every finding of a run, sorted by place. `told` is what the reader found; `help_base` the rule pages' address."""
    running = scope
    if scope.codes and "KAM018" in scope.codes <= _ABOUT_WAIVERS:
        running = replace(scope, codes=None)
    waivers = waiving.standings(portfolio)
    every = [one for slug in waivers for one in waivers[slug]]
    problems = [*told, *check_choices(portfolio.settings), *waiving.mistakes(portfolio, every)]
    problems += waiving.expired(every, portfolio.as_of)
    problems += _all_sound(portfolio, running)
    findings, used = _waived(portfolio, waivers, _findings(portfolio, problems, running, help_base))
    if running.is_full:
        idle = waiving.unused(portfolio, every, used)
        findings = sorted([*findings, *_findings(portfolio, idle, running, help_base)], key=_order)
    return [finding for finding in findings if scope.wants(finding.code, finding.subject)]


def _all_sound(portfolio: Portfolio, scope: Scope) -> Iterator[Problem]:
    narrowed: dict[frozenset[Stage | None], Portfolio] = {}
    for entry in rule_book().values():
        if entry.check and scope.covers(entry.rule.code):
            yield from _sound(_in_sight(portfolio, entry.rule, narrowed), entry)


def _in_sight(portfolio: Portfolio, rule: Rule, narrowed: dict[frozenset[Stage | None], Portfolio]) -> Portfolio:
    """The portfolio with the accounts that a rule may speak of; most rules are for the few key accounts."""
    if rule.compares or len(rule.levels) == 1:
        return portfolio
    every: tuple[Stage | None, ...] = (*STAGES, None)
    stages = frozenset(stage for stage in every if strictness(rule, stage, portfolio.settings).level)
    if stages == frozenset(every):
        return portfolio
    if stages not in narrowed:
        accounts = {slug: one for slug, one in portfolio.accounts.items() if one.stage in stages}
        narrowed[stages] = replace(portfolio, accounts=accounts)
    return narrowed[stages]


def _sound(portfolio: Portfolio, entry: Entry) -> Iterator[Problem]:
    """A rule's problems, but for those whose cause the reader has told already."""
    assert entry.check
    for problem in entry.check(portfolio):
        if in_force_for(portfolio, entry.rule, problem.account).level is None:
            continue  # most of what rules for key accounts say of the others
        account = portfolio.accounts.get(problem.account)
        unread = portfolio.unread | (account.unread if account else frozenset())
        if unread.isdisjoint(entry.rule.needs) and not distrusted(portfolio, problem.account, problem.subject):
            yield replace(problem, code=entry.rule.code, hint=problem.hint or entry.rule.hint)


def _findings(portfolio: Portfolio, problems: Iterable[Problem], scope: Scope, help_base: str) -> list[Finding]:
    """The problems that are wanted and in force as findings, sorted, each with an identity of its own."""
    wanted = (p for p in problems if scope.wants(p.code, p.subject) and scope.speaks_of(p.account))
    judged = (_finding(portfolio, problem, help_base) for problem in wanted)
    return list(_with_unique_ids(sorted((f for f in judged if f), key=_order)))


def _finding(portfolio: Portfolio, problem: Problem, help_base: str) -> Finding | None:
    rule = rule_book()[problem.code].rule
    level = level_of(portfolio, rule, problem)
    if level is None:
        return None
    return Finding(
        code=rule.code,
        name=rule.name,
        level=level,
        message=printable(problem.message),
        hint=printable(problem.hint or rule.hint),
        place=problem.place or portfolio.place(problem.account, problem.subject, problem.code == "KAM003"),
        account=problem.account,
        subject=problem.subject,
        help=f"{help_base}{rule.code}/" if help_base else f"kamgen rule {rule.code}",
    )


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.place.path, finding.place.line, finding.place.column, finding.code, finding.subject


def _with_unique_ids(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, a second one on the same subject numbered: an identity stands once in a run."""
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        yield finding if count == 1 else replace(finding, subject=f"{finding.subject}~{count}")


def _waived(
    portfolio: Portfolio, waivers: Mapping[str, tuple[Standing, ...]], findings: Iterable[Finding]
) -> tuple[list[Finding], set[Standing]]:
    """The findings, those that a waiver silences marked so, and the waivers that were of use."""
    told, used = [], set()
    for finding in findings:
        waiver = waiving.silencing(waivers.get(finding.account, ()), finding, portfolio.as_of)
        told.append(replace(finding, suppressed="waiver") if waiver else finding)
        if waiver:
            used.add(waiver)
    return told, used


def at_or_above(findings: Iterable[Finding], threshold: str) -> list[Finding]:
    """The findings that count against a run: not suppressed, and at or above the level (`never`: none)."""
    if threshold == "never":
        return []
    limit = worst_first(threshold)  # type: ignore[arg-type]
    return [f for f in findings if not f.suppressed and worst_first(f.level) <= limit]
