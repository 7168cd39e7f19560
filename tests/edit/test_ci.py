"""`kamgen init --ci`: files that fit their schemas, ask for no more than they need, and whose shell steps do what they
say, in a throw-away repository with a bare remote."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kamgen.cli import SERVERS
from kamgen.edit.templates import FOLDER
from kamgen.model.slips import SLIPS
from tests.edit.conftest import Run, tree
from tests.edit.runner import Server
from tests.history import commit, git

CI = FOLDER / "ci"
WORKFLOWS = sorted((CI / "github/workflows").glob("*.yml"))
CHECK, COMMENT, WEEKLY, SITE = (CI / f"github/workflows/{name}.yml" for name in ("check", "comment", "weekly", "site"))
GITLAB, CRON, MAIL = CI / "gitlab/gitlab-ci.yml", CI / "cron/kamgen-weekly.sh", CI / "cron/kamgen-mail.sh"
DAY = "2026-05-06"
BRANCH = "visit-$(touch${IFS}pwned)`touch${IFS}pwned`;touch${IFS}pwned&'\"|x"
NAME = "Ernst `touch pwned` $(touch pwned) & <b>Söhne</b>"
ACCOUNT = f"name: {json.dumps(NAME, ensure_ascii=False)}\nstage: customer\nmanager: anna\n"
PLAN = "reviewed: {day}\nreviewed_by: [anna]\nperiod: {{ends: 2026-07-15, reach: They ask us first}}\n"
SETTINGS = f"as_of: {DAY}\nprofile: start\nrules: {{KAM502: {{customer: {{level: warning, warn_after: 90d}}}}}}\n"
ACTION = "implementation:\n  - {what: Agree the stock count, who: anna, due: 2026-05-10}\n"
FILES: dict[str, str | None] = {
    "playbook/kamgen.yml": SETTINGS,
    "playbook/team.yml": 'anna: {name: "Anna `touch pwned`", title: Account Manager}\nbob: {name: Bob, senior: true}\n',
    "accounts/ernst/account.yml": ACCOUNT,
    "accounts/ernst/plan.yml": PLAN.format(day="2026-04-20") + ACTION,
    "accounts/old-debt.yml": "name: Old Debt\nstage: customer\nmanager: nobody-we-know\n",
}
MOVED = {"accounts/ernst/plan.yml": PLAN.format(day="2026-04-20") + ACTION.replace("05-10", "05-12")}
WRONG = {"accounts/ernst/account.yml": ACCOUNT.replace("anna", "a-stranger")}
STALE = {"accounts/ernst/plan.yml": PLAN.format(day="2025-12-20")}


@pytest.fixture
def server(tmp_path: Path, kamgen: Run) -> Iterator[Server]:
    """A server with a workspace on its main branch, and a clone of it."""
    seed = tmp_path / "seed"
    assert kamgen("init", str(seed)).code == 0
    git(seed, "init", "--quiet", "--initial-branch", "main")
    (seed / "accounts/example-foods.yml").unlink()
    commit(seed, "2026-04-20", FILES)
    made = Server(tmp_path)
    git(tmp_path, "clone", "--quiet", "--bare", str(seed), str(made.remote))
    git(tmp_path, "clone", "--quiet", str(made.remote), str(made.clone))
    yield made
    assert not list(tmp_path.rglob("pwned")), "a text was run as a command"


def proposed(server: Server, files: dict[str, str | None] | dict[str, str], branch: str = BRANCH) -> str:
    """A branch with a change on the remote; its commit."""
    git(server.clone, "switch", "--quiet", "--force-create", branch, "origin/main")
    commit(server.clone, "2026-05-05", files)
    git(server.clone, "push", "--quiet", "--force", "origin", branch)
    return git(server.clone, "rev-parse", "HEAD").strip()


def on_pull_request(base: str = "main") -> dict[str, str]:
    return {
        "github.event_name": "pull_request",
        "github.base_ref": base,
        "github.base_ref && format('origin/{0}', github.base_ref) || github.event.before": f"origin/{base}",
    }


def on_push(before: str) -> dict[str, str]:
    event = "github.base_ref && format('origin/{0}', github.base_ref) || github.event.before"
    return {"github.event_name": "push", event: before}


# --- What is written -------------------------------------------------------------------------------------


LISTED = ("List the stale plans by manager", "Open the issue, or renew it")
WRITTEN = {
    "github": [
        ".github/CODEOWNERS",
        ".github/ISSUE_TEMPLATE/config.yml",
        *(f".github/ISSUE_TEMPLATE/kamgen-{kind}.yml" for kind in sorted(SLIPS)),
        ".github/pull_request_template.md",
        *(f".github/workflows/{path.name}" for path in WORKFLOWS),
    ],
    "gitlab": [
        ".gitlab-ci.yml",
        ".gitlab/CODEOWNERS",
        *(f".gitlab/issue_templates/kamgen-{kind}.md" for kind in sorted(SLIPS)),
        ".gitlab/merge_request_templates/Default.md",
    ],
    "cron": ["kamgen-mail.sh", "kamgen-weekly.sh"],
}


@pytest.mark.parametrize("ci", SERVERS)
def test_a_workspace_that_is_there_gets_the_files_and_nothing_else(started: Path, kamgen: Run, ci: str) -> None:
    before = tree(started)
    made = kamgen("init", "--ci", ci)
    after = tree(started)
    assert (made.code, made.err) == (0, "")
    assert before.items() <= after.items()
    assert sorted(after.keys() - before.keys()) == sorted(WRITTEN[ci])
    assert sorted(re.findall(r"(?m)^Made (.*)$", made.out)) == sorted(WRITTEN[ci])
    assert kamgen("check").code == 0


def test_what_is_there_is_left_and_told(started: Path, kamgen: Run) -> None:
    mine = started / ".github/workflows/check.yml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    (started / "docs").mkdir()
    (started / "docs/CODEOWNERS").write_text("mine")
    (started / ".github/PULL_REQUEST_TEMPLATE.md").write_text("mine")
    made = kamgen("init", "--ci", "github", ".")
    assert mine.read_text() == "mine"
    for name in (".github/workflows/check.yml", "docs/CODEOWNERS", ".github/PULL_REQUEST_TEMPLATE.md"):
        assert f"Left as it was: {name}\n" in made.out
    assert "Made .github/workflows/weekly.yml\n" in made.out
    assert not (started / ".github/CODEOWNERS").exists()
    again = kamgen("init", "--ci", "github")
    assert "Made" not in again.out
    assert "Nothing was written.\n" in again.out


def test_a_new_workspace_with_its_files(tmp_path: Path, kamgen: Run) -> None:
    assert kamgen("init", str(tmp_path / "new"), "--ci", "gitlab").code == 0
    assert (tmp_path / "new/accounts/example-foods.yml").exists()
    assert (tmp_path / "new/.gitlab-ci.yml").exists()


def test_a_workspace_below_the_top_of_the_repository(tmp_path: Path, kamgen: Run) -> None:
    root = tmp_path / "our plans"
    assert kamgen("init", str(root)).code == 0
    git(tmp_path, "init", "--quiet")
    made = kamgen("init", "--ci", "github", str(root))
    assert f"They stand at the top of the repository, {tmp_path.resolve()}.\n" in made.out
    assert kamgen("init", "--ci", "gitlab", str(root)).code == 0
    for path in (tmp_path / ".github/workflows/check.yml", tmp_path / ".github/workflows/weekly.yml"):
        assert yaml.safe_load(path.read_text())["env"]["WORKSPACE"] == "our plans"
    assert yaml.safe_load((tmp_path / ".gitlab-ci.yml").read_text())["variables"]["WORKSPACE"] == "our plans"
    assert "# /our\\ plans/playbook/ @" in (tmp_path / ".github/CODEOWNERS").read_text()


def test_a_link_that_leads_elsewhere_is_refused(started: Path, tmp_path: Path, kamgen: Run) -> None:
    (tmp_path / "elsewhere").mkdir()
    (started / ".github").symlink_to(tmp_path / "elsewhere")
    refused = kamgen("init", "--ci", "github")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_without_a_workspace_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kamgen: Run) -> None:
    monkeypatch.chdir(tmp_path)
    assert kamgen("init", "--ci", "github").code == 2
    assert kamgen("init").err == "kamgen: Missing argument 'FOLDER'. `kamgen init --help` explains it.\n"
    assert not list(tmp_path.iterdir())


# --- What the files ask for ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_the_public_schema_accepts_it(path: Path) -> None:
    kind = ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"] if path == GITLAB else ["vendor.github-workflows"]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *kind, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_file_begins_with_what_it_does_and_what_to_set() -> None:
    for path in (*WORKFLOWS, GITLAB, CRON, MAIL, CI / "github/CODEOWNERS", CI / "gitlab/gitlab/CODEOWNERS"):
        head = re.match(r"(#.*\n)+", path.read_text(encoding="utf-8"))
        assert head, path
        assert "What to set" in head[0], path


def workflow_steps(known: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in known["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_no_more_than_it_must(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = yaml.safe_load(text)
    mays = {
        "comment.yml": {"pull-requests"},
        "weekly.yml": {"issues"},
        "kamgen-slips.yml": {"contents", "issues", "pull-requests"},
    }
    allowed = mays.get(path.name, set())
    granted = [known["permissions"], *(job.get("permissions", {}) for job in known["jobs"].values())]
    assert {name for one in granted for name, right in one.items() if right == "write"} == allowed
    assert set(known["permissions"].values()) <= {"read"}
    assert "secrets." not in text
    assert "concurrency" in known
    assert all(job["timeout-minutes"] <= 20 for job in known["jobs"].values())
    for step in workflow_steps(known):
        assert "${{" not in step.get("run", ""), "texts of others reach a shell through the environment only"
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/none@v1"))
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_nobodys_code_runs_where_something_may_be_written() -> None:
    """Two workflows: one builds what anybody proposes, without rights; the other may comment, and fetches a text."""
    check, comment = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in (CHECK, COMMENT))
    assert set(check[True]) == {"pull_request", "push"}  # YAML 1.1 takes the key `on` for true
    assert "GH_TOKEN" not in CHECK.read_text(encoding="utf-8")
    assert comment[True]["workflow_run"]["workflows"] == [check["name"]]
    used = [step["uses"] for step in workflow_steps(comment) if "uses" in step]
    assert used == ["actions/download-artifact@v4"]
    assert "kamgen " not in "".join(step.get("run", "") for step in workflow_steps(comment)).replace("<!-- kamgen", "")
    assert "pull_request_target" not in "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)


def test_gitlabs_jobs_that_build_get_no_token() -> None:
    known = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    assert known["variables"]["GIT_DEPTH"] == "0"
    for name, job in known.items():
        script = "\n".join(job.get("script", [])) if isinstance(job, dict) else ""
        has_token = bool(re.search(r"KAMGEN_(SLIPS_)?TOKEN", script))
        assert has_token == (isinstance(job, dict) and "environment" in job), name
        assert not (has_token and "kamgen build" in script), name


def test_the_questions_to_github_select_what_is_ours() -> None:
    """The expressions after --jq, where jq is there to try them."""
    if not shutil.which("jq"):
        pytest.skip("jq is not installed")
    ours = {"user": {"login": "github-actions[bot]"}, "pull_request": None}
    mine = {"user": {"login": "mallory"}, "pull_request": None}
    marks = {COMMENT: "<!-- kamgen: what this changes -->", WEEKLY: "<!-- kamgen: stale plans -->"}
    for path, mark in marks.items():
        rows: list[dict[str, Any]] = [
            {**mine, "id": 1, "number": 1, "body": mark},
            {**ours, "id": 2, "number": 2, "body": "something else"},
            {**ours, "id": 3, "number": 3, "body": None},
            {**ours, "id": 4, "number": 4, "body": f"{mark}\nours"},
        ]
        (question,) = (one for one in re.findall(r"--jq '([^']+)'", path.read_text()) if "startswith" in one)
        assert jq(question, rows if path == WEEKLY else [row for row in rows if row["body"]]) == "4\n"
    (question,) = (one for one in re.findall(r"--jq '([^']+)'", COMMENT.read_text()) if "sha" in one)
    assert jq(question, [{"head": {"sha": "abc"}, "number": 5}]) == "abc 5\n"


def jq(question: str, value: object) -> str:
    command = ["jq", "-r", question]
    return subprocess.run(command, input=json.dumps(value), capture_output=True, text=True, check=True).stdout


# --- GitHub: a change ------------------------------------------------------------------------------------


def test_a_clean_change_passes_and_is_described(server: Server) -> None:
    proposed(server, MOVED)
    server.checkout_merge(BRANCH)
    install, checked, described = server.job(CHECK, "check", on_pull_request())
    assert (install.code, checked.code, described.code) == (0, 0, 0), (checked, described)
    assert ["pip", "install", "kamgen[site]"] in server.state["calls"]
    assert "::error" not in checked.out
    assert "1 account and" in checked.out
    told = (server.temp / "diff.md").read_text(encoding="utf-8")
    assert "Agree the stock count" in told
    assert "2026-05-12" in told
    assert "## What this changes" in server.summary
    assert not server.calls


def test_a_new_error_fails_beside_its_line_and_the_change_is_described_all_the_same(server: Server) -> None:
    proposed(server, WRONG)
    server.checkout_merge(BRANCH)
    _, checked, described = server.job(CHECK, "check", on_pull_request())
    assert (checked.code, described.code) == (1, 0)
    assert "::error file=accounts/ernst/account.yml,line=3,col=10,title=KAM007 unknown-person::" in checked.out
    assert "old-debt" not in checked.out
    assert "KAM007" in server.summary
    assert "**introduced** error KAM007" in (server.temp / "diff.md").read_text(encoding="utf-8")


def test_the_target_may_be_called_as_it_likes(server: Server) -> None:
    git(server.clone, "push", "--quiet", "origin", f"origin/main:refs/heads/{BRANCH}")
    proposed(server, MOVED, "plain")
    server.checkout_merge("plain")
    _, checked, described = server.job(CHECK, "check", {**on_pull_request(BRANCH)})
    assert (checked.code, described.code) == (0, 0), (checked.err, described.err)


def test_a_push_is_judged_by_what_it_brings(server: Server) -> None:
    before = git(server.clone, "rev-parse", "HEAD").strip()
    commit(server.clone, "2026-05-05", MOVED)
    checked = server.job(CHECK, "check", on_push(before))
    assert [step.code for step in checked] == [0, 0]
    for unknown in ("0" * 40, "1" * 40):
        _, everything = server.job(CHECK, "check", on_push(unknown))
        assert everything.code == 1
        assert "old-debt" in everything.out
        assert "There is nothing to compare with" in everything.out


def test_a_shallow_clone_is_told(server: Server) -> None:
    proposed(server, MOVED)
    shutil.rmtree(server.clone)
    remote = f"file://{server.remote}"
    git(server.home, "clone", "--quiet", "--depth", "1", "--branch", BRANCH, remote, str(server.clone))
    _, checked, described = server.job(CHECK, "check", on_pull_request())
    assert checked.code == 2
    assert checked.out.startswith("::error::Only the newest part of the history was fetched")
    assert described.code != 0
    gitlab = server.gitlab_job(GITLAB, "check", {"CI_PIPELINE_SOURCE": "merge_request_event"})
    assert gitlab.code == 2
    assert "Set GIT_DEPTH to 0." in gitlab.out
    listed = server.job(WEEKLY, "review", token(), LISTED)[0]
    assert listed.out.startswith("::warning::Only the newest part of the history was fetched")


def test_the_preview_and_the_site_are_built(server: Server) -> None:
    proposed(server, MOVED)
    server.checkout_merge(BRANCH)
    assert [step.code for step in server.job(CHECK, "preview", on_pull_request())] == [0, 0]
    assert (server.temp / "site/accounts/ernst/index.html").exists()
    shutil.rmtree(server.temp / "site")
    assert [step.code for step in server.job(SITE, "site", {})] == [0, 0]
    assert (server.temp / "site/accounts/ernst/index.html").exists()
    assert not server.calls


# --- GitHub: the comment ---------------------------------------------------------------------------------


def token() -> dict[str, str]:
    return {"github.token": "a-token", "github.repository": "sales/plans"}


def after_run(sha: str) -> dict[str, str]:
    run = "github.event.workflow_run."
    return token() | {
        f"{run}head_repository.owner.login": "somebody",
        f"{run}head_branch": BRANCH,
        f"{run}head_sha": sha,
        f"{run}html_url": "https://github.example/sales/plans/actions/runs/5",
    }


def downloaded(server: Server, text: str) -> Path:
    path = server.temp / "kamgen/diff.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_one_comment_is_posted_and_then_renewed(server: Server) -> None:
    sha = proposed(server, MOVED)
    server.state |= {"pulls": [{"label": f"somebody:{BRANCH}", "sha": sha, "number": 12}]}
    server.state |= {"comments": [{"id": 1, "user": "mallory", "body": "<!-- kamgen: what this changes --> mine"}]}
    downloaded(server, "## What this changes\n\n`touch pwned` $(touch pwned)\n")
    (posted,) = server.job(COMMENT, "comment", after_run(sha))
    assert posted.code == 0, posted.err
    downloaded(server, "## What this changes\n\nless\n")
    (renewed,) = server.job(COMMENT, "comment", after_run(sha))
    assert renewed.code == 0, renewed.err
    theirs, ours = server.state["comments"]
    assert theirs["body"].endswith("mine")
    assert ours["path"] == "repos/sales/plans/issues/12/comments"
    assert ours["body"].startswith("<!-- kamgen: what this changes -->\n## What this changes\n\nless\n")
    assert "[this run](https://github.example/sales/plans/actions/runs/5)" in ours["body"]
    assert [call[3] for call in server.calls if "PATCH" in call or "POST" in call] == ["POST", "PATCH"]


def test_a_pull_request_that_moved_on_gets_no_comment(server: Server) -> None:
    server.state |= {"pulls": [{"label": f"somebody:{BRANCH}", "sha": "b" * 40, "number": 12}]}
    downloaded(server, "old")
    (step,) = server.job(COMMENT, "comment", after_run("a" * 40))
    assert (step.code, server.state["comments"]) == (0, [])


@pytest.mark.parametrize("trick", ["link", "long", "missing", "folder"])
def test_a_text_that_is_none_is_refused(server: Server, trick: str) -> None:
    path = downloaded(server, "x" * (200_001 if trick == "long" else 1))
    if trick != "long":
        path.unlink()
    if trick == "link":
        path.symlink_to("/etc/passwd")
    if trick == "folder":
        path.mkdir()
    (step,) = server.job(COMMENT, "comment", after_run("a" * 40))
    assert step.code == 1
    assert step.out.startswith("::error::")
    assert not server.calls


# --- GitHub: the week ------------------------------------------------------------------------------------


def test_one_issue_is_opened_renewed_closed_and_opened_again(server: Server) -> None:
    for files, state in ((STALE, None), (STALE, "open"), (MOVED, "closed"), (STALE, "open")):
        commit(server.clone, "2026-05-05", files)
        assert [step.code for step in server.job(WEEKLY, "review", token(), LISTED)] == [0, 0]
        (issue,) = server.state["issues"]
        assert issue.get("state") == state
        stale = "The last review was on 2025-12-20" in issue["body"]
        assert stale == (files is STALE)
    assert issue["title"] == "Plans that have gone stale"
    assert "### Anna &#96;touch pwned&#96;\n\n**Ernst &#96;touch pwned&#96;" in issue["body"]
    assert "2025-12-20" in server.summary


def test_nothing_stale_opens_nothing_and_everything_is_judged(server: Server) -> None:
    steps = server.job(WEEKLY, "review", token())
    assert server.state["issues"] == []
    assert [step.name for step in steps][-2:] == ["Write everybody's week", "Check everything"]
    assert (steps[-2].code, steps[-1].code) == (0, 1)
    assert "old-debt" in steps[-1].out
    assert [path.name for path in (server.temp / "letters").iterdir()] == ["anna.txt"]
    assert "Agree the stock count" in (server.temp / "letters/anna.txt").read_text(encoding="utf-8")


def test_wrong_settings_are_told_by_the_exit_code(server: Server) -> None:
    commit(server.clone, "2026-05-05", {"playbook/kamgen.yml": "fail_on: sometimes\n"})
    assert server.job(WEEKLY, "review", token())[-1].code == 2


def test_a_list_that_fails_leaves_the_issue_alone(server: Server) -> None:
    shutil.rmtree(server.clone / "accounts")
    (server.clone / "accounts").mkdir()
    (listed,) = server.job(WEEKLY, "review", token(), LISTED)
    assert listed.code == 2  # no account was found
    assert not server.calls


# --- GitLab ----------------------------------------------------------------------------------------------


def on_merge_request(server: Server) -> dict[str, str]:
    base = git(server.clone, "merge-base", "HEAD", "origin/main").strip()
    return {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}


def test_gitlab_checks_what_the_change_touches(server: Server) -> None:
    proposed(server, MOVED)
    clean = server.gitlab_job(GITLAB, "check", on_merge_request(server))
    assert clean.code == 0
    assert '"major"' not in (server.clone / "kamgen-quality.json").read_text()
    proposed(server, WRONG)
    wrong = server.gitlab_job(GITLAB, "check", on_merge_request(server))
    found = json.loads((server.clone / "kamgen-quality.json").read_text())
    assert (wrong.code, [one["check_name"] for one in found if one["severity"] == "major"]) == (1, ["KAM007"])
    assert "KAM007" in (server.clone / "kamgen-junit.xml").read_text()
    everything = server.gitlab_job(
        GITLAB, "check", {"CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BEFORE_SHA": "0" * 40}
    )
    assert (everything.code, "old-debt" in everything.out) == (1, True)


def test_gitlab_posts_one_note_and_renews_it(server: Server) -> None:
    for files in (MOVED, WRONG):
        proposed(server, files)
        told = server.gitlab_job(GITLAB, "changes", on_merge_request(server) | {"KAMGEN_TOKEN": "t0ken"})
        assert told.code == 0, told.err
        assert "t0ken" not in told.out + told.err
    (note,) = server.state["notes"]
    assert note["body"].startswith("<!-- kamgen: what this changes -->\n## What this changes\n")
    assert "KAM007" in note["body"]
    assert server.calls[0][-1].startswith("https://gitlab.example/api/v4/projects/7/merge_requests/3/notes?")


def test_gitlab_without_a_token_keeps_the_text_as_a_file(server: Server) -> None:
    proposed(server, MOVED)
    told = server.gitlab_job(GITLAB, "changes", on_merge_request(server))
    assert (told.code, server.calls) == (0, [])
    assert "no note was posted" in told.out
    assert "2026-05-12" in (server.clone / "kamgen-changes.md").read_text(encoding="utf-8")


def test_gitlab_has_one_issue(server: Server) -> None:
    given = {"CI_PIPELINE_SOURCE": "schedule", "KAMGEN_TOKEN": "t0ken"}
    for files, events in ((MOVED, []), (STALE, [None]), (STALE, ["reopen"]), (MOVED, ["close"])):
        commit(server.clone, "2026-05-05", files)
        week = server.gitlab_job(GITLAB, "weekly", given)
        assert week.code == 0, week.err
        assert [issue.get("state_event") for issue in server.state["issues"]] == events
    (issue,) = server.state["issues"]
    assert issue["title"] == "Plans that have gone stale"
    assert (server.clone / "letters/anna.txt").exists()
    server.state |= {"calls": []}
    alone = server.gitlab_job(GITLAB, "weekly", {"CI_PIPELINE_SOURCE": "schedule"})
    assert (alone.code, server.calls) == (0, [])
    assert "no issue was opened" in alone.out


def test_gitlab_builds_the_preview_and_the_pages(server: Server) -> None:
    for job, folder in (("preview", "preview"), ("pages", "public")):
        assert server.gitlab_job(GITLAB, job, {}).code == 0
        assert (server.clone / folder / "accounts/ernst/index.html").exists()


# --- A machine without CI --------------------------------------------------------------------------------


def weekly(server: Server, *arguments: str) -> tuple[int, str, str]:
    command = ["sh", str(CRON), *arguments]
    done = subprocess.run(command, env=server.environment(), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_script_looks_at_everything(server: Server) -> None:
    results = server.home / "what came out"
    code, out, err = weekly(server, str(server.clone), str(results))
    assert (code, err) == (1, ""), err  # the old debt
    assert out.count("\n") == 1
    assert "1 error" in out
    assert "old-debt" in (results / "findings.txt").read_text()
    assert (results / "letters/anna.txt").exists()
    assert (results / "site/accounts/ernst/index.html").exists()
    assert (results / "stale.md").exists()
    other = server.home / "other"
    git(server.home, "clone", "--quiet", str(server.remote), str(other))
    commit(
        other, "2026-05-05", {"accounts/old-debt.yml": None, **STALE, "playbook/broken.md": "{{ nothing.at.all }}\n"}
    )
    git(other, "push", "--quiet", "origin", "main")
    code, _, err = weekly(server, str(server.clone), str(results))
    assert code == 1
    assert "nothing" in err  # the page that cannot be built; the last good site stands
    assert (results / "site/accounts/ernst/index.html").exists()
    assert "Anna" in (results / "stale.md").read_text()
    assert not (results / ".running").exists()


def test_the_script_says_what_is_missing(server: Server) -> None:
    assert weekly(server)[0] == 2
    results = server.home / "results"
    (results / ".running").mkdir(parents=True)
    code, _, err = weekly(server, str(server.clone), str(results))
    assert code == 2
    assert "An earlier run is still at work" in err
    assert (results / ".running").exists()


def test_the_script_tells_a_shallow_clone(server: Server) -> None:
    commit(server.clone, "2026-05-05", {"mkdocs.yml": None, "accounts/old-debt.yml": None})
    git(server.clone, "push", "--quiet", "origin", "main")
    remote, shallow = f"file://{server.remote}", server.home / "shallow"
    git(server.home, "clone", "--quiet", "--depth", "1", remote, str(shallow))
    code, _, err = weekly(server, str(shallow), str(server.home / "results"))
    assert code == 1  # without mkdocs.yml there is no site
    assert "Run: git fetch --unshallow" in err
    assert "There is no mkdocs.yml" in err
