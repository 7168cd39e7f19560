"""From problems to findings: levels by stage, grace, silence where the cause is told, places, waivers, order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kamgen.finding import Finding, Level, Problem
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Entry, Rule, rule_book, worst_first
from kamgen.rules.strictness import Strictness, check_choices, strictness

# Families that only inform while an account has been key for less than the grace (design: a new plan needs time).
GRACE_FAMILIES = frozenset({2, 5, 6, 8})
NEVER_WAIVED = frozenset({"KAM001", "KAM010", "KAM011", "KAM017", "KAM018", "KAM020"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Which findings are wanted: codes (None: all) and account slugs (None: all, and the workspace's own)."""

    codes: frozenset[str] | None = None
    accounts: frozenset[str] | None = None

    def covers(self, code: str) -> bool:
        """Whether a rule is wanted."""
        return self.codes is None or code in self.codes

    def speaks_of(self, account: str) -> bool:
        """Whether an account's findings are wanted; about the playbook everybody wants to know."""
        return self.accounts is None or not account or account in self.accounts


def judge(portfolio: Portfolio, told: Iterable[Problem], scope: Scope, help_base: str) -> list[Finding]:
    """Every finding of a run, sorted by place. `told` is what the reader found; `help_base` the rule pages' address."""
    problems = [*told, *check_choices(portfolio.settings)]
    wanted = [p for p in problems if scope.covers(p.code)]
    for entry in rule_book().values():
        if entry.check and scope.covers(entry.rule.code):
            wanted += _sound(portfolio, entry)
    judged = (_finding(portfolio, problem, help_base) for problem in wanted if scope.speaks_of(problem.account))
    unique = _with_unique_ids(sorted((f for f in judged if f), key=_order))
    return [_waived(portfolio, finding) for finding in unique]


def _sound(portfolio: Portfolio, entry: Entry) -> Iterator[Problem]:
    """A rule's problems, but for those whose cause the reader has told already."""
    assert entry.check
    for problem in entry.check(portfolio):
        account = portfolio.accounts.get(problem.account)
        unread = portfolio.unread | (account.unread if account else frozenset())
        if unread.isdisjoint(entry.rule.needs) and not _distrusted(portfolio, problem):
            yield replace(problem, code=entry.rule.code, hint=problem.hint or entry.rule.hint)


def _distrusted(portfolio: Portfolio, problem: Problem) -> bool:
    """Whether the subject, or something it is part of, stands in the file but could not be understood."""
    name = problem.subject
    while name:
        if (problem.account, name) in portfolio.distrusted:
            return True
        name = name.rpartition(".")[0]
    return False


def _finding(portfolio: Portfolio, problem: Problem, help_base: str) -> Finding | None:
    rule = rule_book()[problem.code].rule
    account = portfolio.accounts.get(problem.account)
    level = _level(portfolio, account, rule, problem)
    if level is None:
        return None
    return Finding(
        code=rule.code,
        name=rule.name,
        level=level,
        message=_printable(problem.message),
        hint=_printable(problem.hint or rule.hint),
        place=problem.place or portfolio.place(problem.account, problem.subject, problem.code == "KAM003"),
        account=problem.account,
        subject=problem.subject,
        help=f"{help_base}{rule.code}/" if help_base else f"kamgen rule {rule.code}",
    )


def _printable(text: str) -> str:
    """A text without control characters: it quotes files, and a terminal would obey them."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def _level(portfolio: Portfolio, account: Account | None, rule: Rule, problem: Problem) -> Level | None:
    if account is None and problem.account == "" and len(rule.levels) > 1:
        in_force = strictness(rule, "key", portfolio.settings)
    else:
        in_force = strictness(rule, account.stage if account else None, portfolio.settings)
    if in_force.level is None or problem.level:
        return problem.level if in_force.level else None
    if account and rule.family in GRACE_FAMILIES and in_grace(portfolio, account):
        return "info"
    return _escalated(in_force, problem)


def _escalated(in_force: Strictness, problem: Problem) -> Level | None:
    lifts = problem.escalate and in_force.level == "warning" and not in_force.by_hand
    return "error" if lifts else in_force.level


def in_grace(portfolio: Portfolio, account: Account) -> bool:
    """Whether the account became key so recently that its plan may still be growing (`grace` in kamgen.yml)."""
    agreed_on = account.record.selection.agreed_on if account.record.selection else None
    return agreed_on is not None and portfolio.as_of - agreed_on <= portfolio.settings.grace


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.place.path, finding.place.line, finding.place.column, finding.code, finding.subject


def _with_unique_ids(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, a second one on the same subject numbered: an identity stands once in a run."""
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        yield finding if count == 1 else replace(finding, subject=f"{finding.subject}~{count}")


def _waived(portfolio: Portfolio, finding: Finding) -> Finding:
    account = portfolio.accounts.get(finding.account)
    waivers = account.record.waivers if account else portfolio.settings.waivers
    for waiver in waivers:
        fits = waiver.rule in (finding.code, finding.name) and waiver.subject in ("", finding.subject)
        if fits and portfolio.as_of <= waiver.until and finding.code not in NEVER_WAIVED:
            return replace(finding, suppressed="waiver")
    return finding


def at_or_above(findings: Iterable[Finding], threshold: str) -> list[Finding]:
    """The findings that count against a run: not suppressed, and at or above the level (`never`: none)."""
    if threshold == "never":
        return []
    limit = worst_first(threshold)  # type: ignore[arg-type]
    return [f for f in findings if not f.suppressed and worst_first(f.level) <= limit]
