"""The engine: levels by stage and by hand, profile, grace, silence, identities, waivers, and mistakes in kamgen.yml."""

from __future__ import annotations

import difflib

import pytest

from kamgen.project import Clock, check_workspace
from kamgen.rules import rule_book
from kamgen.rules.engine import Scope, at_or_above
from tests.conftest import NOW, Write, checked, lines

OVERDUE = """\
name: Ernst Handel
stage: key
plan:
  implementation:
    - {what: Agree the stock count, who: margaret-peacock, due: 2026-04-30}
"""
TEAM = "margaret-peacock: {name: Margaret Peacock}\nandrew-fuller: {name: Andrew Fuller, senior: true}\n"


def levels(write: Write, settings: str, account: str = OVERDUE, rule: str = "KAM404") -> list[str]:
    """The levels of a rule's findings for one account under some settings."""
    files = {"accounts/a.yml": account, "playbook/kamgen.yml": settings, "playbook/team.yml": TEAM}
    return [f.level for f in checked(write(files), rule).findings]


def test_a_level_may_be_set_for_all_stages(workspace: Write) -> None:
    assert levels(workspace, "rules: {KAM404: error}") == ["error"]


def test_a_rule_may_be_named_instead_of_numbered(workspace: Write) -> None:
    assert levels(workspace, "rules: {action-overdue: info}") == ["info"]


def test_a_rule_may_be_switched_off_for_one_stage(workspace: Write) -> None:
    settings = "rules: {KAM404: {key: off}}"
    assert levels(workspace, settings) == []
    assert levels(workspace, settings, OVERDUE.replace("stage: key", "stage: customer")) == ["warning"]


def test_a_stage_may_be_given_a_rule_that_does_not_apply_by_default(workspace: Write) -> None:
    prospect = OVERDUE.replace("stage: key", "stage: prospect")
    assert levels(workspace, "rules: {KAM404: error}", prospect) == []
    assert levels(workspace, "rules: {KAM404: {prospect: info}}", prospect) == ["info"]


def test_the_rules_own_numbers_may_be_set_by_stage(workspace: Write) -> None:
    late = OVERDUE.replace("2026-04-30", "2026-04-25")
    assert levels(workspace, "rules: {KAM404: {error_after: 10d}}", late) == ["error"]
    assert levels(workspace, "rules: {KAM404: {key: {error_after: 10d}}}", late) == ["error"]
    assert levels(workspace, "rules: {KAM404: {customer: {error_after: 10d}}}", late) == ["warning"]


def test_profile_start_keeps_few_rules_at_full_strength(workspace: Write) -> None:
    account = OVERDUE + "  reviewed: 2026-04-20\n"
    assert levels(workspace, "profile: start", account) == ["warning"]
    no_owner = account.replace("who: margaret-peacock, ", "")
    assert levels(workspace, "profile: full", no_owner, "KAM401") == ["error"]
    assert levels(workspace, "profile: start", no_owner, "KAM401") == ["info"]


def test_during_the_grace_a_new_key_account_is_only_informed(workspace: Write) -> None:
    stale = "name: A\nstage: key\nselection: {{agreed_on: {}}}\nplan: {{reviewed: 2026-03-20}}\n"
    assert levels(workspace, "", stale.format("2026-03-07"), "KAM502") == ["info"]
    assert levels(workspace, "", stale.format("2026-03-06"), "KAM502") == ["warning"]


def test_a_value_that_cannot_be_read_is_not_called_missing_too(workspace: Write) -> None:
    account = OVERDUE.replace("due: 2026-04-30", "due: 30.04.2026").replace("who: margaret-peacock", "hwo: x")
    files = {"accounts/a.yml": account, "playbook/team.yml": TEAM}
    assert {f.code for f in checked(workspace(files), "KAM0", "KAM4").findings} == {"KAM003", "KAM006"}


def test_an_unreadable_file_silences_the_rules_that_need_it(workspace: Write) -> None:
    files = {
        "accounts/a/account.yml": "name: A\nstage: key\n",
        "accounts/a/plan.yml": "reviewed: 2026-01-01\nintentions: [\n",
        "playbook/team.yml": TEAM,
    }
    assert {f.code for f in checked(workspace(files), "KAM0", "KAM1", "KAM502").findings} == {"KAM001"}


def test_an_unreadable_export_silences_the_rules_that_count_it(workspace: Write) -> None:
    files = {
        "accounts/a.yml": "name: A\nstage: key\ncontacts: {bob: {name: Bob, level: influencer}}\n",
        "accounts/activities.csv": "date,account,contact,who,kind\n2026-05-01,a,bob,ann,visit\n",
    }
    assert [f.code for f in checked(workspace(files), "KAM507").findings] == []
    root = workspace({"accounts/a.yml": files["accounts/a.yml"], "accounts/activities.csv": b"\xff\xfe"})
    assert [f.code for f in checked(root, "KAM010", "KAM507").findings] == ["KAM010"]


def test_a_message_carries_no_control_characters(workspace: Write) -> None:
    account = OVERDUE.replace("Agree the stock count", '"Agree \\e[31mred\\a"')
    found = checked(workspace({"accounts/a.yml": account, "playbook/team.yml": TEAM}), "KAM404").findings
    assert [f.message for f in found] == ['Overdue since 2026-04-30: "Agree  [31mred " (Margaret Peacock).']


def test_identities_are_unique_in_a_run(workspace: Write) -> None:
    files = {"accounts/a.yml": OVERDUE + OVERDUE.partition("implementation:\n")[2], "playbook/team.yml": TEAM}
    ids = [f.id for f in checked(workspace(files)).findings]
    assert len(ids) == len(set(ids))
    assert "KAM404|a|plan.implementation.agree-the-stock-count~2" in ids


def test_a_waiver_suppresses_exactly_its_subject(workspace: Write) -> None:
    waiver = """
waivers:
  - rule: KAM404
    subject: plan.implementation.agree-the-stock-count
    reason: Handed over, agreed with the sponsor
    agreed_by: andrew-fuller
    until: {}
"""
    files = {"accounts/a.yml": OVERDUE + waiver.format("2026-05-06"), "playbook/team.yml": TEAM}
    result = checked(workspace(files), "KAM404")
    assert [f.suppressed for f in result.findings] == ["waiver"]
    assert at_or_above(result.findings, "info") == []
    files["accounts/a.yml"] = OVERDUE + waiver.format("2026-05-05")
    assert [f.suppressed for f in checked(workspace(files), "KAM404").findings] == [None]


def waived(rule: str) -> str:
    """The overdue account with a waiver of a rule."""
    return f"{OVERDUE}waivers:\n  - {{rule: {rule}, reason: Building, agreed_by: andrew-fuller, until: 2026-06-01}}\n"


def test_a_waiver_may_name_its_rule(workspace: Write) -> None:
    files = {"accounts/a.yml": waived("action-overdue"), "playbook/team.yml": TEAM}
    assert [f.suppressed for f in checked(workspace(files), "KAM404").findings] == ["waiver"]


def test_the_workspaces_own_waivers_stand_in_kamgen_yml(workspace: Write) -> None:
    waiver = "waivers:\n  - {{rule: KAM012, subject: {}, reason: Ours, until: 2026-06-01}}\n"
    files = {"playbook/old.yml": "", "playbook/kamgen.yml": waiver.format("playbook/old%2Eyml")}
    assert [f.suppressed for f in checked(workspace(files), "KAM012").findings] == ["waiver"]
    files["playbook/kamgen.yml"] = waiver.format("playbook/new%2Eyml")
    assert [f.suppressed for f in checked(workspace(files), "KAM012").findings] == [None]


def test_a_waiver_in_kamgen_yml_does_not_speak_for_an_account(workspace: Write) -> None:
    files = {
        "accounts/a.yml": OVERDUE,
        "playbook/team.yml": TEAM,
        "playbook/kamgen.yml": "waivers: [{rule: KAM404, reason: Building, until: 2026-06-01}]\n",
    }
    assert [f.suppressed for f in checked(workspace(files), "KAM404").findings] == [None]


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("KAM001", {"accounts/a/plan.yml": "intentions: [\n"}),
        ("KAM010", {"accounts/a/plan.yml": b"\xff"}),
        ("KAM011", {"accounts/a/plan.yml": "reviewed: &x 2026-01-01\n"}),
        ("KAM017", {}),
        ("KAM018", {}),
        ("KAM020", {}),
    ],
)
def test_some_findings_cannot_be_waived(workspace: Write, code: str, files: dict[str, str | bytes]) -> None:
    account = f"""\
name: A
stage: suspect
waivers:
  - {{id: it, rule: {code}, reason: We know, agreed_by: andrew-fuller, until: 2026-06-01}}
  - {{id: over, rule: KAM105, reason: We knew, until: 2026-05-01}}
  - {{id: idle, rule: KAM105, reason: We know, until: 2026-06-01}}
  - {{id: long, rule: KAM105, reason: We know, until: 2028-06-01}}
"""
    root = workspace({"playbook/team.yml": TEAM, "accounts/a/account.yml": account, **files})
    found = [f for f in checked(root).findings if f.code == code]
    assert [f.suppressed for f in found] == [None] * len(found)
    assert found


def test_a_waiver_of_no_rule_is_an_unknown_reference(workspace: Write) -> None:
    def told(rule: str) -> list[str]:
        files = {"accounts/a.yml": waived(rule), "playbook/team.yml": TEAM}
        return [f"{f.place.line}:{f.place.column} {f.text}" for f in checked(workspace(files), "KAM008").findings]

    assert told("action-overdu") == ['7:12 There is no rule "action-overdu". Did you mean "action-overdue"?']
    assert told("kam404") == ['7:12 There is no rule "kam404". Did you mean "KAM404"?']
    assert told("hopeless") == ['7:12 There is no rule "hopeless". `kamgen rule` lists them.']


def test_who_agreed_to_a_waiver_in_kamgen_yml_is_one_of_ours(workspace: Write) -> None:
    waiver = "waivers:\n  - {rule: KAM510, reason: Moving, agreed_by: andrew-fuler, until: 2026-06-01}\n"
    files = {"accounts/a.yml": OVERDUE, "playbook/team.yml": TEAM, "playbook/kamgen.yml": waiver}
    found = lines(checked(workspace(files), "KAM007"))
    assert [line.partition(": ")[2] for line in found] == [
        'KAM007 "andrew-fuler" is not one of our people (playbook/team.yml). Did you mean "andrew-fuller"?'
    ]


def test_an_unused_waiver_is_told_in_a_full_run_only(workspace: Write) -> None:
    root = workspace({"accounts/a.yml": waived("KAM502"), "playbook/team.yml": TEAM})
    assert "KAM018" in {f.code for f in checked(root).findings}
    assert {f.code for f in checked(root, "KAM018").findings} == {"KAM018"}
    assert "KAM018" not in {f.code for f in checked(root, "KAM0").findings}
    part = check_workspace(root, Clock(NOW), Scope(accounts=frozenset({"a"})))
    assert "KAM018" not in {f.code for f in part.findings}


def test_mistakes_in_the_choice_of_rules_are_findings_with_lines(workspace: Write) -> None:
    settings = """\
rules:
  KAM999: off
  KAM404: {eror_after: 30d, key: loud}
  KAM502: {warn_after: soon}
"""
    near = difflib.get_close_matches("KAM999", rule_book(), 1)[0]
    assert lines(checked(workspace({"playbook/kamgen.yml": settings}))) == [
        f'error playbook/kamgen.yml:2:3: KAM003 There is no rule "KAM999". Did you mean "{near}"?',
        'error playbook/kamgen.yml:3:12: KAM003 KAM404 has no setting "eror_after". Did you mean "error_after"?',
        'error playbook/kamgen.yml:3:34: KAM004 "loud" is no level; it can be error, warning, info, off.',
        'error playbook/kamgen.yml:4:24: KAM004 "warn_after" is "soon": '
        "write a number of days or weeks such as 60d or 8w, or never.",
    ]


def test_the_same_input_gives_the_same_findings_in_the_same_order(workspace: Write) -> None:
    root = workspace({"accounts/a.yml": OVERDUE, "accounts/b.yml": "name: B\n", "accounts/c.yml": OVERDUE})
    assert lines(checked(root)) == lines(checked(root))
    places = [(f.place.path, f.place.line, f.place.column) for f in checked(root).findings]
    assert places == sorted(places)
