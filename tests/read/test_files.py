"""What a folder can hold besides proper files: links, pipes, locks, odd names. Nothing is raised or waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Write, checked, lines

ACCOUNT = "name: Example\nstage: customer\n"
FOLDER = {"accounts/example/account.yml": ACCOUNT, "playbook/kamgen.yml": "as_of: 2026-05-06\n"}
SECRET = "name: Secret\nstage: key\n"


def data_lines(root: Path) -> list[str]:
    """The findings of family 0."""
    return [line for line in lines(checked(root)) if ": KAM0" in line]


def test_links_out_of_the_workspace(workspace: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file, a folder, a folder of notes and the playbook: told, and nothing outside is read."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "account.yml").write_text(SECRET)
    (outside / "2026-03-12-visit.md").write_text("---\nkind: visit\n---\n# Secret\n")
    root = workspace({"accounts/example/account.yml": ACCOUNT})
    (root / "accounts/file.yml").symlink_to(outside / "account.yml")
    (root / "accounts/folder").symlink_to(outside)
    (root / "accounts/example/notes").symlink_to(outside)
    (root / "playbook").symlink_to(outside)
    found = checked(root)
    place = "is a link to a place outside the workspace."
    assert [line for line in lines(found) if ": KAM0" in line] == [
        f'error accounts/example/notes:1:1: KAM010 The folder "notes" {place} Put the files themselves here instead.',
        f'error accounts/file.yml:1:1: KAM010 The file "file.yml" {place} Put the file itself here instead.',
        f'error accounts/folder:1:1: KAM010 The folder "folder" {place} Put the files themselves here instead.',
        f'error playbook:1:1: KAM010 The folder "playbook" {place} Put the files themselves here instead.',
    ]
    assert "Secret" not in repr(found.portfolio.accounts)


def test_accounts_is_a_link_out(tmp_path: Path) -> None:
    """Then there are no accounts."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.yml").write_text(SECRET)
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "accounts").symlink_to(tmp_path / "outside")
    found = checked(root)
    assert [f.code for f in found.findings] == ["KAM010"]
    assert not found.portfolio.accounts


def test_links_that_lead_nowhere_or_in_a_circle(workspace: Write) -> None:
    """Each is told once."""
    root = workspace(FOLDER)
    (root / "accounts/gone.yml").symlink_to("nothing.yml")
    (root / "accounts/round.yml").symlink_to("round.yml")
    (root / "accounts/example/notes").symlink_to("notes")
    (root / "accounts/example/below").symlink_to(".")
    (root / "playbook/team.yml").symlink_to("nothing.yml")
    assert [line.split(" KAM")[0] for line in data_lines(root)] == [
        "warning accounts/example/below:1:1:",
        "error accounts/example/notes:1:1:",
        "error accounts/gone.yml:1:1:",
        "error accounts/round.yml:1:1:",
        "error playbook/team.yml:1:1:",
    ]


def test_a_link_within_the_workspace_is_followed(workspace: Write) -> None:
    """Two accounts may share a file."""
    root = workspace(FOLDER)
    (root / "accounts/other.yml").symlink_to("example/account.yml")
    found = checked(root)
    assert not [f for f in found.findings if f.code.startswith("KAM0")]
    assert list(found.portfolio.accounts) == ["example", "other"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("name", ["pipe.yml", "sales.csv", "example/plan.yml", "example/notes/2026-03-12-x.md"])
def test_a_named_pipe_holds_nobody_up(workspace: Write, name: str) -> None:
    """It is told, and not waited for."""
    root = workspace({**FOLDER, "accounts/example/notes/2026-03-13-y.md": "---\nkind: visit\n---\n"})
    os.mkfifo(root / "accounts" / name)
    assert [line.split(": ")[1] for line in data_lines(root)] == [data_lines(root)[0].split(": ")[1]]
    assert "is no ordinary file. Remove it." in data_lines(root)[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is open to root")
def test_without_permission(workspace: Write) -> None:
    """A locked file and a locked folder."""
    root = workspace({**FOLDER, "accounts/locked.yml": ACCOUNT, "accounts/shut/account.yml": ACCOUNT})
    (root / "accounts/locked.yml").chmod(0)
    (root / "accounts/shut").chmod(0)
    try:
        assert [line.split(" KAM010 ")[0] for line in data_lines(root)] == [
            "error accounts/locked.yml:1:1:",
            "error accounts/shut:1:1:",
        ]
    finally:
        (root / "accounts/shut").chmod(0o700)


def test_fifty_megabytes(workspace: Write) -> None:
    """The size is looked at before the file is read."""
    root = workspace(FOLDER)
    with (root / "accounts/huge.yml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert data_lines(root) == [
        'error accounts/huge.yml:1:1: KAM010 The file "huge.yml" is too large (50.0 MB): kamgen reads files up to '
        "1.0 MB. Was something pasted or saved here by mistake? The limit is `limits: file_size_kb` in kamgen.yml."
    ]


def test_names_that_cannot_be_printed(workspace: Write) -> None:
    """Line ends and bytes that are no letters are shown as a mark, so that a finding stays one line."""
    root = workspace(FOLDER)
    folder = os.fsencode(root / "accounts")
    try:
        for name in (b"a\nb.yml", b"c\xff.yml", b"example/notes-\x1b[31m.md"):
            Path(os.fsdecode(folder + b"/" + name)).write_text(ACCOUNT)
    except OSError:
        pytest.skip("this file system refuses such names")
    assert [line.split(": KAM")[0] for line in data_lines(root)] == [
        "error accounts/a�b.yml:1:1",
        "error accounts/c�.yml:1:1",
        "warning accounts/example/notes-�[31m.md:1:1",
    ]


def test_a_folder_for_a_file_and_a_file_for_a_folder(workspace: Write) -> None:
    """The rest of the account is read."""
    root = workspace({**FOLDER, "accounts/example/plan.yml/x.yml": "", "accounts/example/notes": "x\n"})
    (root / "accounts/sales.csv").mkdir()
    assert [line.split(" KAM010 ")[1] for line in data_lines(root)] == [
        '"notes" should be a folder and is a file. Rename the file.',
        'The file "plan.yml" is a folder; a file of that name belongs here. Rename the folder.',
        'The file "sales.csv" is a folder; a file of that name belongs here. Rename the folder.',
    ]


def test_an_empty_workspace(tmp_path: Path) -> None:
    """No accounts, no findings, no error."""
    (tmp_path / "accounts").mkdir()
    assert lines(checked(tmp_path)) == []
