"""The files by which a server checks every change, looks at everything once a week and takes in what people say."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kamgen.edit.atomic import write_files
from kamgen.edit.forms import github_forms, gitlab_templates
from kamgen.edit.templates import FOLDER, scalar
from kamgen.errors import KamgenError
from kamgen.read.repository import prefix_in_repository

# How each server's files are called; in the package they stand without the dots, where nothing would take them for
# the package's own.
_NAMES = {"github/": ".github/", "gitlab/gitlab/": ".gitlab/", "gitlab/gitlab-ci.yml": ".gitlab-ci.yml", "cron/": ""}
# Both servers look for these in several folders, GitHub in any spelling: a second one would hide the first.
_WHEREVER = ("codeowners", "pull_request_template.md")
_FOLDERS = ("", "docs/", ".github/", ".gitlab/")
_GIT = "git tells what changed: put this folder into a git repository before you use them."
_NEXT = {
    "github": "They take effect with the next push. What they do and what to set stands at the top of each; "
    "docs/ci.md of kamgen explains the rest.",
    "gitlab": "They take effect with the next push. What they do and what to set (a token, a schedule) stands at the "
    "top of .gitlab-ci.yml.",
    "cron": "What they do and how to run them stands at the top of each.",
}


def add_ci(root: Path, server: str) -> str:
    """Write the files for a server ("github", "gitlab" or "cron"); the text that says what was made and what is next.

    They go to the top of the git repository, where the server looks for them. What is there already is left as it is,
    and told. Raises KamgenError where a link would lead a file out of the repository.
    """
    root = root.resolve()
    prefix = prefix_in_repository(root)
    top = root.parents[prefix.count("/") - 1] if prefix else root
    wanted = _files(server, prefix)
    kept = {name: there for name in wanted if (there := _there(top, name))}
    made = {top / name: text for name, text in wanted.items() if name not in kept}
    for path in made:
        if not path.resolve().is_relative_to(top):
            raise KamgenError(f"{path} would stand outside of {top}, because a folder on its way is a link.")
    write_files(made)
    lines = [f"Made {path.relative_to(top).as_posix()}" for path in made]
    lines += [f"Left as it was: {there}" for there in kept.values()]
    lines += [f"They stand at the top of the repository, {top}."] if prefix and made else []
    lines += [_NEXT[server]] if made else ["Nothing was written."]
    lines += [] if (top / ".git").exists() else [_GIT]
    return "\n".join(lines) + "\n"


def _files(server: str, prefix: str) -> dict[str, str]:
    """The files of a server by their path below the top of the repository, for a workspace at `prefix`."""
    home = FOLDER / "ci"
    paths = sorted(path for path in (home / server).rglob("*") if path.is_file())
    texts = {path.relative_to(home).as_posix(): path.read_text(encoding="utf-8") for path in paths} | _forms(server)
    return {_named(name): _placed(text, prefix) for name, text in texts.items()}


def _forms(server: str) -> dict[str, str]:
    """What people fill in on a server, by path as in the package."""
    forms = {"github": ("github/", github_forms), "gitlab": ("gitlab/gitlab/", gitlab_templates)}
    if server not in forms:
        return {}
    folder, made = forms[server]
    return {folder + name: text for name, text in made().items()}


def _named(name: str) -> str:
    start = next(start for start in _NAMES if name.startswith(start))
    return _NAMES[start] + name.removeprefix(start)


def _placed(text: str, prefix: str) -> str:
    """The text for a workspace below the top of the repository."""
    if not prefix:
        return text
    owned = prefix.replace(" ", "\\ ")
    changes: Mapping[str, str] = {
        "  WORKSPACE: . #": f"  WORKSPACE: {scalar(prefix.rstrip('/'))} #",
        **{f"# /{name}": f"# /{owned}{name}" for name in ("playbook/", "mkdocs.yml", "kamgen-baseline.json")},
    }
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _there(top: Path, name: str) -> str:
    """The file that stands where a file would go, or does its work already in another folder; or ""."""
    if os.path.lexists(top / name):
        return name
    last = name.rpartition("/")[2].casefold()
    if last not in _WHEREVER:
        return ""
    for folder in _FOLDERS:
        if (top / folder).is_dir():
            found = (path.name for path in sorted((top / folder).iterdir()) if path.name.casefold() == last)
            if there := next(found, ""):
                return folder + there
    return ""
