"""What people say in issues and mails: the forms, and the shell steps that take it in, in a throw-away repository."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from kamgen.edit.forms import github_forms, gitlab_templates
from kamgen.edit.templates import FOLDER
from kamgen.model.slip_fields import form_fields
from kamgen.model.slips import SLIPS
from kamgen.pages.slips import Target, address
from kamgen.read.filled import filled_in
from tests.edit.runner import Server, Step
from tests.history import commit, commit_on, git

CI = FOLDER / "ci"
SLIP = CI / "github/workflows/kamgen-slips.yml"
GITLAB, MAIL = CI / "gitlab/gitlab-ci.yml", CI / "cron/kamgen-mail.sh"
PWN = '\'; touch pwned; "$(touch pwned)" `touch pwned` ${{ github.token }} @all fixes #3'
FILES = {
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    "playbook/team.yml": "anna: {name: Anna, github: Anna-G, gitlab: anna.g, email: anna@example.com}\n",
    "accounts/ernst.yml": """\
name: Ernst Handel
stage: customer
plan:
  implementation:
    - {id: share-data, what: Share data, who: anna, due: 2026-05-29}
    - {id: call-them, what: Call them, who: anna, due: 2026-05-29}
""",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server with a small workspace on its main branch, a clone of it, and an open issue."""
    seed = tmp_path / "seed"
    commit_on(seed, "2026-05-01", FILES)
    made = Server(tmp_path)
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), str(made.remote))
    git(tmp_path, "clone", "--quiet", str(made.remote), str(made.clone))
    made.state |= {"issues": [{"iid": 7}]}
    yield made
    assert not list(tmp_path.rglob("pwned")), "a text was run as a command"


def form(**fields: str) -> str:
    return "\n\n".join(f"### {label.replace('_', ' ')}\n\n{value}" for label, value in fields.items())


DONE = form(Slip="done", Account="ernst", What="share-data")
DROP = form(Slip="drop", Account="ernst", What="share-data", Why=PWN)
WRONG = form(Slip="done", Account="ernst", What=PWN)
STAGE = form(Slip="stage", Account="ernst", New_stage="key", Why=PWN)


def remote(server: Server, *arguments: str) -> str:
    return git(server.remote, *arguments).strip()


def stands(server: Server, branch: str = "main") -> Any:
    """The account as the server has it."""
    return yaml.safe_load(remote(server, "show", f"{branch}:accounts/ernst.yml"))


def protect(server: Server) -> None:
    """The main branch takes no push any more."""
    hook = server.remote / "hooks/update"
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    hook.chmod(0o755)


def somebody_is_faster(server: Server, files: dict[str, str | None]) -> None:
    """While kamgen runs for the first time, somebody else pushes a change."""
    other = server.home / "other"
    git(server.home, "clone", "--quiet", str(server.remote), str(other))
    commit(other, "2026-05-05", files)
    flag, real = server.home / "once", Path(sys.executable).parent / "kamgen"
    script = server.bin / "kamgen"
    script.write_text(
        f'#!/bin/sh\n"{real}" "$@"\ncode=$?\n'
        f'if [ ! -f "{flag}" ]; then touch "{flag}"; git -C "{other}" push --quiet; fi\nexit $code\n'
    )
    script.chmod(0o755)


# --- The forms ------------------------------------------------------------------------------------------


def test_the_public_schema_accepts_every_form(tmp_path: Path) -> None:
    names = {"config.yml": "github-issue-config"}
    for name, text in github_forms().items():
        (tmp_path / name.rpartition("/")[2]).write_text(text, encoding="utf-8")
    forms = [str(path) for path in sorted(tmp_path.glob("kamgen-*.yml"))]
    assert len(forms) == len(SLIPS)
    for schema, files in (("github-issue-forms", forms), (names["config.yml"], [str(tmp_path / "config.yml")])):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("kind", SLIPS)
def test_a_form_asks_for_what_a_slip_holds(kind: str) -> None:
    asked = yaml.safe_load(github_forms()[f"ISSUE_TEMPLATE/kamgen-{kind}.yml"])["body"]
    keys = [one["id"] for one in asked]
    assert keys == ["slip", *(one.key for one in form_fields(kind))]
    assert "by" not in keys, "nobody speaks for somebody else"
    assert asked[0]["attributes"]["value"] == kind
    needed = [info.alias or name for name, info in SLIPS[kind].model_fields.items() if info.is_required()]
    assert [one["id"] for one in asked if one["validations"]["required"]] == ["slip", *needed]
    # As GitHub writes what was filled in; what was left empty has its own words.
    text = "\n\n".join(
        f"### {one['attributes']['label']}\n\n{kind if n == 0 else '_No response_'}" for n, one in enumerate(asked)
    )
    assert filled_in(text, "github").values == {"slip": kind} | dict.fromkeys(keys[1:], "")


def test_a_form_is_found_by_what_it_is_for() -> None:
    names = {kind: yaml.safe_load(github_forms()[f"ISSUE_TEMPLATE/kamgen-{kind}.yml"])["name"] for kind in SLIPS}
    assert names["aim"] == "A goal gets another aim"
    assert len(set(names.values())) == len(SLIPS)
    assert all(" " in name for name in names.values()), "one word says too little"


@pytest.mark.parametrize("kind", SLIPS)
def test_the_links_of_the_pages_fit_the_forms(kind: str) -> None:
    known = {one.key: "x" for one in form_fields(kind)}
    query = parse_qs(urlsplit(address(Target("github", "https://github.example/a/b"), kind, known, "A title")).query)
    assert f"ISSUE_TEMPLATE/{query.pop('template')[0]}" in github_forms()
    asked = {one["id"] for one in yaml.safe_load(github_forms()[f"ISSUE_TEMPLATE/kamgen-{kind}.yml"])["body"]}
    assert query.keys() - {"title"} <= asked
    assert query["slip"] == [kind]


def test_a_template_of_gitlab_is_a_form_that_is_still_empty() -> None:
    for kind in SLIPS:
        text = gitlab_templates()[f"issue_templates/kamgen-{kind}.md"]
        found = filled_in(text, "gitlab")
        assert (found.kind, set(found.values.values()), found.left_out) == (kind, {kind, ""}, ())


# --- GitHub ---------------------------------------------------------------------------------------------


def issue(server: Server, body: str, login: str = "anna-g", **more: Any) -> list[Step]:
    """Run the workflow for an issue that was opened."""
    user = {"login": login}
    event = {"action": "opened", "sender": user, "issue": {"number": 12, "title": PWN, "body": body, "user": user}}
    (server.temp / "event.json").write_text(json.dumps(event | more))
    known = {
        "github.token": "a-token",
        "github.repository": "sales/plans",
        "github.server_url": "https://github.example",
        "github.run_id": "5",
        "github.event.issue.number": "12",
        "github.event.repository.default_branch": "main",
    }
    steps = server.job(SLIP, "slip", known)
    assert "a-token" not in "".join(step.out + step.err for step in steps)
    return steps


def test_an_issue_becomes_a_change_and_is_answered_and_closed(server: Server) -> None:
    steps = issue(server, DROP)
    assert [step.code for step in steps] == [0, 0, 0], steps
    action = stands(server)["plan"]["implementation"][0]
    assert (action["dropped"].isoformat(), action["because"]) == ("2026-05-06", PWN)
    assert remote(server, "log", "--format=%an: %B", "-1", "main") == (
        "github-actions[bot]: ernst: drop (anna, issue 12)"
    )
    assert remote(server, "diff", "--name-only", "main~", "main") == "accounts/ernst.yml"
    (comment,) = server.state["comments"]
    assert (comment["issue"], server.state["closed"], server.state["pulls"]) == ("12", ["12"], [])
    assert comment["body"].startswith("Thank you, Anna. This is written down:\n\n**Ernst Handel**\n\n- ")
    before = remote(server, "rev-parse", "main")
    assert [step.code for step in issue(server, DROP)] == [0, 0, 0]
    assert remote(server, "rev-parse", "main") == before
    assert "stood there already" in server.state["comments"][1]["body"]
    assert server.state["closed"] == ["12", "12"]


@pytest.mark.parametrize(("body", "login"), [(WRONG, "anna-g"), (DONE, "mallory")], ids=["wrong", "stranger"])
def test_what_cannot_be_taken_stays_open_with_the_reason(server: Server, body: str, login: str) -> None:
    before = remote(server, "for-each-ref")
    assert [step.code for step in issue(server, body, login)] == [0, 0, 0]
    assert remote(server, "for-each-ref") == before
    (comment,) = server.state["comments"]
    assert "This was not written down" in comment["body"]
    assert server.state["closed"] == []


def test_an_issue_whose_title_was_edited_is_left_alone(server: Server) -> None:
    assert [step.code for step in issue(server, DONE, action="edited", changes={"title": {}})] == [0, 0, 0]
    assert not server.calls


def test_when_somebody_is_faster_the_change_is_made_anew(server: Server) -> None:
    somebody_is_faster(server, {"accounts/other.yml": "name: Other\nstage: prospect\n"})
    assert [step.code for step in issue(server, DONE)] == [0, 0, 0]
    assert "done" in stands(server)["plan"]["implementation"][0]
    assert "name: Other" in remote(server, "show", "main:accounts/other.yml")
    assert (server.state["closed"], server.state["pulls"]) == (["12"], [])


def test_when_somebody_has_said_the_same_nothing_is_left_to_do(server: Server) -> None:
    somebody_is_faster(
        server, {"accounts/ernst.yml": FILES["accounts/ernst.yml"].replace("id: share", "done: 2026-05-04, id: share")}
    )
    assert [step.code for step in issue(server, DONE)] == [0, 0, 0]
    assert stands(server)["plan"]["implementation"][0]["done"].isoformat() == "2026-05-04"
    assert "stood there already" in server.state["comments"][0]["body"]


def test_a_main_branch_that_takes_no_push_gets_a_pull_request(server: Server) -> None:
    protect(server)
    assert [step.code for step in issue(server, DONE)] == [0, 0, 0]
    assert "done" not in stands(server)["plan"]["implementation"][0]
    assert "done" in stands(server, "kamgen/issue-12")["plan"]["implementation"][0]
    (pull,) = server.state["pulls"]
    assert (pull["head"], pull["base"]) == ("kamgen/issue-12", "main")
    assert server.state["closed"] == []


def test_what_needs_agreement_becomes_one_pull_request(server: Server) -> None:
    for text in (STAGE, STAGE.replace("key", "prospect")):
        assert [step.code for step in issue(server, text)] == [0, 0, 0]
    assert stands(server)["stage"] == "customer"
    assert stands(server, "kamgen/issue-12")["stage"] == "prospect"
    assert remote(server, "rev-list", "--count", "main..kamgen/issue-12") == "2"
    (pull,) = server.state["pulls"]
    assert pull["title"] == "ernst: stage (anna, issue 12)"
    assert pull["body"] == "From issue #12, where it says what changes.\n\nCloses #12\n"
    first, second = server.state["comments"]
    assert "somebody else's agreement" in first["body"]
    assert f"It is proposed in {pull['url']} and counts" in second["body"]
    assert server.state["closed"] == []


def test_without_the_right_to_open_pull_requests_the_answer_leads_there(server: Server) -> None:
    server.state |= {"no pulls": True}
    assert [step.code for step in issue(server, STAGE)] == [0, 0, 0]
    address = "https://github.example/sales/plans/compare/main...kamgen/issue-12"
    assert address in server.state["comments"][0]["body"]


def test_when_it_goes_wrong_the_issue_is_told(server: Server) -> None:
    git(server.clone, "rm", "--quiet", "-r", "accounts")
    git(server.clone, "commit", "--quiet", "--message", "gone")
    git(server.clone, "push", "--quiet", "origin", "main")
    codes = [step.code for step in issue(server, DONE)]
    assert codes == [0, 2, 0]
    assert "https://github.example/sales/plans/actions/runs/5" in server.state["comments"][0]["body"]


def test_no_text_of_an_issue_reaches_a_step() -> None:
    text = SLIP.read_text(encoding="utf-8")
    used = set(re.findall(r"github\.event\.issue\.(\w+)", text))
    assert used == {"number", "body"}
    assert re.findall(r".*github\.event\.issue\.body.*", text) == [
        "    if: contains(github.event.issue.body, '### Slip')"
    ]


# --- GitLab ---------------------------------------------------------------------------------------------


def gitlab_issue(server: Server, text: str, name: str = "anna.g", action: str = "open", **given: str) -> Step:
    """Run the job for an issue that was opened."""
    issue = {"iid": 7, "title": PWN, "description": text, "author_id": 3, "action": action}
    event = {"object_kind": "issue", "user": {"id": 3, "username": name}, "object_attributes": issue}
    payload = server.temp / "payload"
    payload.write_text(json.dumps(event))
    known = {
        "CI_PIPELINE_SOURCE": "trigger",
        "CI_DEFAULT_BRANCH": "main",
        "CI_SERVER_URL": str(server.home),
        "CI_PROJECT_PATH": "remote",
        "CI_SERVER_HOST": "gitlab.example",
        "TRIGGER_PAYLOAD": str(payload),
        "KAMGEN_SLIPS_TOKEN": "t0ken",
    }
    done = server.gitlab_job(GITLAB, "slips", known | given)
    assert "t0ken" not in done.out + done.err
    return done


def test_gitlab_takes_an_issue(server: Server) -> None:
    done = gitlab_issue(server, DROP)
    assert done.code == 0, done.err
    assert stands(server)["plan"]["implementation"][0]["because"] == PWN
    (note,) = server.state["notes"]
    assert note["path"] == "https://gitlab.example/api/v4/projects/7/issues/7/notes"
    assert note["body"].startswith("Thank you, Anna. This is written down:")
    assert server.state["issues"] == [{"iid": 7, "state_event": "close"}]


def test_gitlab_leaves_open_what_it_cannot_take(server: Server) -> None:
    before = remote(server, "for-each-ref")
    for text, name in ((WRONG, "anna.g"), (DONE, "mallory")):
        assert gitlab_issue(server, text, name).code == 0
    assert remote(server, "for-each-ref") == before
    assert ["not written down" in note["body"] for note in server.state["notes"]] == [True, True]
    assert server.state["issues"] == [{"iid": 7}]


def test_gitlab_passes_over_what_is_no_slip(server: Server) -> None:
    assert gitlab_issue(server, DONE, action="close").code == 0
    assert gitlab_issue(server, "The site is slow").code == 0
    assert not server.calls
    without = gitlab_issue(server, DONE, KAMGEN_SLIPS_TOKEN="")
    assert (without.code, "nothing was written down" in without.out) == (2, True)


def test_gitlab_opens_one_merge_request(server: Server) -> None:
    for text in (STAGE, STAGE.replace("key", "prospect")):
        done = gitlab_issue(server, text)
        assert done.code == 0, done.err
    (request,) = server.state["merge_requests"]
    assert (request["source_branch"], request["target_branch"]) == ("kamgen/issue-7", "main")
    assert request["description"] == "From issue #7, where it says what changes.\n\nCloses #7"
    assert stands(server)["stage"] == "customer"
    assert stands(server, "kamgen/issue-7")["stage"] == "prospect"
    assert "merge request of the branch kamgen/issue-7" in server.state["notes"][0]["body"]
    assert server.state["issues"] == [{"iid": 7}]


def test_gitlab_makes_a_change_anew_and_respects_protection(server: Server) -> None:
    somebody_is_faster(server, {"accounts/other.yml": "name: Other\nstage: prospect\n"})
    assert gitlab_issue(server, DONE).code == 0
    assert "done" in stands(server)["plan"]["implementation"][0]
    protect(server)
    assert gitlab_issue(server, DONE.replace("share-data", "call-them")).code == 0
    assert "done" not in stands(server)["plan"]["implementation"][1]
    assert "done" in stands(server, "kamgen/issue-7")["plan"]["implementation"][1]


def test_gitlab_starts_nothing_else_for_an_issue() -> None:
    known = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    for name in ("check", "changes", "preview", "weekly", "pages"):
        (rule,) = known[name]["rules"]
        assert '!= "trigger"' in rule["if"] or re.search(
            r'PIPELINE_SOURCE == "(schedule|merge_request_event)"', rule["if"]
        )


# --- Mails ----------------------------------------------------------------------------------------------


def mails(server: Server, **texts: str) -> Path:
    """A folder of saved mails, each by its name."""
    folder = server.home / "mails"
    (folder / "new").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / "new" / name).write_text(text, encoding="utf-8")
    return folder


def mail(text: str, sender: str = "Anna <anna@example.com>", head: str = "") -> str:
    return f"From: {sender}\nSubject: {PWN}\n{head}\n{text}"


def take(server: Server, *arguments: str, trust: str = "yes") -> tuple[int, str]:
    environment = server.environment() | {"TRUST_MAIL": trust}
    done = subprocess.run(["sh", str(MAIL), *arguments], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


SAID = f"Slip: drop\nAccount: ernst\nWhat: share-data\nWhy: {PWN}\n\n-- \nAnna\n"
NAMES = ("1 $(touch pwned)", "2'; touch pwned")


def test_mails_are_written_down_and_answered(server: Server) -> None:
    stranger, machine = mail(SAID, "x@evil.example"), mail(SAID, head="Auto-Submitted: auto-replied\n")
    agreed = mail("Slip: stage\nAccount: ernst\nNew stage: key\nWhy: They buy\n")
    folder = mails(server, **{NAMES[0]: mail(SAID), NAMES[1]: stranger, "3": machine, "4": agreed, ".half": "x"})
    assert take(server, str(server.clone), str(folder)) == (0, "")
    assert stands(server)["plan"]["implementation"][0]["because"] == PWN
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert found == {
        *(f"taken/{NAMES[0]}", f"taken/{NAMES[0]}.md", f"refused/{NAMES[1]}", f"refused/{NAMES[1]}.md"),
        *("taken/3", "taken/4", "taken/4.md", "new/.half"),
    }
    assert (folder / f"taken/{NAMES[0]}.md").read_text().startswith("Thank you, Anna.")
    branch = remote(server, "for-each-ref", "--format=%(refname:short)", "refs/heads/kamgen")
    assert stands(server, branch)["stage"] == "key"
    assert f"It is proposed on the branch {branch}" in (folder / "taken/4.md").read_text()
    assert remote(server, "rev-list", "--count", "main") == "2"
    assert git(server.clone, "status", "--porcelain") == ""


def test_a_mail_that_goes_wrong_keeps_no_other_waiting(server: Server) -> None:
    folder = mails(server, **{"1": mail(SAID), "2": mail(SAID.replace("share-data", "call-them"))})
    real = Path(sys.executable).parent / "kamgen"
    script = server.bin / "kamgen"
    script.write_text(f'#!/bin/sh\ncase "$3" in */1) exit 3 ;; esac\nexec "{real}" "$@"\n')
    script.chmod(0o755)
    code, err = take(server, str(server.clone), str(folder))
    assert (code, err) == (2, "1 was not written down and stays in new/.\n")
    assert [path.name for path in (folder / "new").iterdir()] == ["1"]
    assert "dropped" in stands(server)["plan"]["implementation"][1]


def test_mails_wait_for_a_main_branch_that_moves_or_go_beside_it(server: Server) -> None:
    somebody_is_faster(server, {"accounts/other.yml": "name: Other\nstage: prospect\n"})
    folder = mails(server, **{"1": mail(SAID)})
    assert take(server, str(server.clone), str(folder))[0] == 0
    assert "dropped" in stands(server)["plan"]["implementation"][0]
    protect(server)
    mails(server, **{"2": mail(SAID.replace("share-data", "call-them"))})
    assert take(server, str(server.clone), str(folder))[0] == 0
    branch = remote(server, "for-each-ref", "--format=%(refname:short)", "refs/heads/kamgen")
    assert "dropped" in stands(server, branch)["plan"]["implementation"][1]


def test_the_mail_script_says_what_is_missing(server: Server) -> None:
    folder = mails(server, **{"1": mail(SAID)})
    assert take(server)[0] == 2
    code, err = take(server, str(server.clone), str(folder), trust="")
    assert (code, "TRUST_MAIL=yes" in err) == (2, True)
    (server.clone / "accounts/ernst.yml").write_text("mine\n")
    code, err = take(server, str(server.clone), str(folder))
    assert (code, "not committed" in err) == (2, True)
    assert (server.clone / "accounts/ernst.yml").read_text() == "mine\n"
    (folder / ".running").mkdir()
    code, err = take(server, str(server.clone), str(folder))
    assert (code, "An earlier run is still at work" in err) == (2, True)
    assert [path.name for path in (folder / "new").iterdir()] == ["1"]
