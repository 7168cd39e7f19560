"""Runs the shell steps of workflows as a server does: in a clone, step by step.

Whatever a step would ask of the world outside is recorded, and answered from a file.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.history import git

# Answers as GitHub's and GitLab's programming interfaces do, from what `state.json` holds; every call is noted in it.
_SERVER = """\
#!{python}
import json, re, sys
from pathlib import Path

STATE = Path(r"{state}")
state = json.loads(STATE.read_text())
program, words = Path(sys.argv[0]).name, sys.argv[1:]
state["calls"].append([program, *words])


def options(*names):
    return [words[at + 1] for at, word in enumerate(words) if word in names]


def answered(text=""):
    STATE.write_text(json.dumps(state))
    for target in options("--output"):
        Path(target).write_text(text)
        text = ""
    sys.stdout.write(text)
    sys.exit(0)


def talk():
    # The commands of gh for people: answer and close an issue, list and open pull requests.
    room, verb = words[:2]
    if verb == "comment":
        body = Path(options("--body-file")[0]).read_text(encoding="utf-8")
        state["comments"].append({{"issue": words[2], "body": body}})
    if verb == "close":
        state["closed"].append(words[2])
    if verb == "list":
        answered("".join(one["url"] + "\\n" for one in state["pulls"] if one["head"] == options("--head")[0]))
    if verb == "create":
        if state.get("no pulls"):
            sys.exit("pull requests are not permitted")
        body = Path(options("--body-file")[0]).read_text(encoding="utf-8")
        url = "https://github.example/sales/plans/pull/" + str(len(state["pulls"]) + 1)
        keys = ("--head", "--base", "--title")
        state["pulls"].append({{"url": url, "body": body}} | {{key[2:]: options(key)[0] for key in keys}})
        answered(url + "\\n")
    answered()


def github():
    if words[0] in ("issue", "pr"):
        talk()
    method = (options("--method") or ["GET"])[0]
    path = next(word for word in words if word.startswith("repos/"))
    fields = dict(field.split("=", 1) for field in options("-f", "-F"))
    if fields.get("body", "").startswith("@"):
        fields["body"] = Path(fields["body"][1:]).read_text(encoding="utf-8")
    where, _, number = path.partition("?")[0].partition("/issues/comments/")
    if method == "GET" and path.endswith("/pulls"):
        found = [one for one in state["pulls"] if one["label"] == fields["head"]]
        answered("".join(f"{{one['sha']}} {{one['number']}}\\n" for one in found))
    mark = (re.findall(r'startswith\\("([^"]+)"\\)', " ".join(options("--jq"))) or [""])[0]
    room = "comments" if "comments" in path else "issues"
    if method == "GET":
        found = [one for one in state[room] if one["user"] == "github-actions[bot]" and one["body"].startswith(mark)]
        answered("".join(f"{{one['id']}}\\n" for one in found))
    if method == "POST":
        state[room].append({{"id": len(state[room]) + 1, "user": "github-actions[bot]", "path": path, **fields}})
    if method == "PATCH":
        number = int(number or path.rpartition("/")[2])
        next(one for one in state[room] if one["id"] == number).update(fields)
    answered()


def gitlab():
    method = (options("--request") or ["GET"])[0]
    address = next(word for word in words if word.startswith("https:"))
    path, _, query = address.partition("?")
    room = next((name for name in ("notes", "merge_requests") if f"/{{name}}" in path), "issues")
    if method == "GET":
        asked = dict(part.split("=") for part in query.split("&"))
        found = state[room] if int(asked.get("page", "1")) == 1 else []
        found = [one for one in found if one.get("source_branch") == asked.get("source_branch")]
        answered(json.dumps([{{**one, "id": one["iid"]}} for one in found]))
    said = json.loads(Path(options("--data")[0][1:]).read_text(encoding="utf-8"))
    if method == "POST":
        state[room].append({{"iid": len(state[room]) + 1, "path": path, **said}})
    if method == "PUT":
        next(one for one in state[room] if one["iid"] == int(path.rpartition("/")[2])).update(said)
    answered("{{}}")


{{"gh": github, "curl": gitlab, "pip": answered}}[program]()
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step said; `code` is its exit code."""

    name: str
    code: int
    out: str
    err: str


class Server:
    """A bare remote, a clone to work in, and a machine on which steps run."""

    def __init__(self, home: Path) -> None:
        self.home, self.remote, self.clone = home, home / "remote.git", home / "clone"
        self.temp, self.bin, self.state_file = home / "temp", home / "bin", home / "state.json"
        for folder in (self.temp, self.bin):
            folder.mkdir()
        rooms = ("calls", "pulls", "comments", "closed", "issues", "notes", "merge_requests")
        self.state = {room: [] for room in rooms}
        for program in ("gh", "curl", "pip"):
            script = self.bin / program
            script.write_text(_SERVER.format(python=sys.executable, state=self.state_file), encoding="utf-8")
            script.chmod(0o755)

    @property
    def state(self) -> dict[str, Any]:
        """What the server holds, and which calls it got."""
        known: dict[str, Any] = json.loads(self.state_file.read_text())
        return known

    @state.setter
    def state(self, state: Mapping[str, Any]) -> None:
        self.state_file.write_text(json.dumps(state))

    @property
    def calls(self) -> list[list[str]]:
        """The calls of programs that would have left the machine, without pip's."""
        return [call for call in self.state["calls"] if call[0] != "pip"]

    @property
    def summary(self) -> str:
        """What stands in the summary of the run."""
        path = self.temp / "summary.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def shell(self, name: str, script: str, env: Mapping[str, str]) -> Step:
        """Run a script as `sh -e` does."""
        file = self.temp / "step.sh"
        file.write_text(script, encoding="utf-8")
        done = subprocess.run(
            ["sh", "-e", str(file)],
            cwd=self.clone,
            env={**self.environment(), **env},
            capture_output=True,
            text=True,
            check=False,
        )
        return Step(name, done.returncode, done.stdout, done.stderr)

    def environment(self) -> dict[str, str]:
        """Of a machine that knows kamgen and the recorded programs, and nobody's settings."""
        path = os.pathsep.join([str(self.bin), str(Path(sys.executable).parent), os.environ["PATH"]])
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "CI_", "GIT_"))}
        return kept | {"PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, "NO_MKDOCS_2_WARNING": "1"}

    def job(self, workflow: Path, job: str, event: Mapping[str, str], only: Collection[str] = ()) -> list[Step]:
        """Run the shell steps of a job of GitHub's, or only those named.

        `event` gives what the expressions stand for, each by its text.
        """
        known = yaml.safe_load(workflow.read_text(encoding="utf-8"))
        assert known["defaults"]["run"]["shell"] == "sh"
        said: list[Step] = []
        for step in known["jobs"][job]["steps"]:
            failed, condition = any(done.code for done in said), step.get("if", "")
            wanted = failed if "failure()" in condition else not failed or "!cancelled()" in condition
            if "run" not in step or (only and step["name"] not in only) or not wanted:
                continue
            if "pull_request" in step.get("if", "") and event.get("github.event_name") != "pull_request":
                continue
            env = {**known.get("env", {}), **step.get("env", {})}
            env = {key: _filled(str(value), event) for key, value in env.items()}
            runner = {"RUNNER_TEMP": str(self.temp), "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md")}
            runner["GITHUB_EVENT_PATH"] = str(self.temp / "event.json")
            said.append(self.shell(step["name"], step["run"], runner | env))
        return said

    def gitlab_job(self, pipeline: Path, job: str, given: Mapping[str, str]) -> Step:
        """Run a job of GitLab's: what comes before it and its script, in one shell."""
        known = yaml.safe_load(pipeline.read_text(encoding="utf-8"))
        shared = known[known[job]["extends"]]
        own = {"CI_PROJECT_DIR": str(self.clone), "CI_API_V4_URL": "https://gitlab.example/api/v4"}
        own |= {"CI_PROJECT_ID": "7", "CI_MERGE_REQUEST_IID": "3"}
        return self.shell(
            job, "\n".join([*shared["before_script"], *known[job]["script"]]), known["variables"] | own | given
        )

    def checkout_merge(self, branch: str) -> None:
        """What the server checks out for a pull request: its branch merged into main, all branches known."""
        git(self.clone, "fetch", "--quiet", "--all")
        git(self.clone, "checkout", "--quiet", "--detach", "origin/main")
        git(self.clone, "merge", "--quiet", "--no-ff", "--message", "merge", f"origin/{branch}")


def _filled(text: str, event: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: event[match[1]], text)
