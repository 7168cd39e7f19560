"""New files with prompts in them: a workspace, an account, a note, an audit. Nothing that exists is overwritten."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

from kamgen.edit.atomic import write_files
from kamgen.edit.editor import editor_files
from kamgen.edit.templates import FOLDER, render
from kamgen.edit.workspace import MANY, Workspace, stays
from kamgen.errors import KamgenError, near
from kamgen.model.account import NoteKind
from kamgen.model.identity import numbered, slug
from kamgen.model.playbook import Person

HERE = "this folder"

_PARTS = {"past": "Past and present", "future": "The future", "key": "On being a key account"}
_LEVELS = (
    ("instigator", "who-decides", "Who decides what they want from suppliers like us?"),
    ("influencer", "who-shapes-it", "Whom do those who decide listen to?"),
    ("implementer", "who-carries-it-out", "Who works with us from day to day?"),
)
_QUESTIONS = {
    "touch": "What did you do for them that sold nothing, and what did they say?",
    "value": "What have they gained from us, and how do they know it?",
    "issue": "What went wrong, what does it mean for them, and who puts it right by when?",
    "signal": "What is changing in their trade, and who says so?",
    "internal": "What did we find out and decide among ourselves?",
}
_ANY_QUESTION = "What did you hear, see and agree? What they said in passing counts too."


# --- A workspace ------------------------------------------------------------------------------------


def init_workspace(folder: Path) -> str:
    """Make a workspace in a new or empty folder; the text that says what was made and what to do next.

    Other files there, such as a README, stay as they are, and the text says that there were some. Raises KamgenError
    where a workspace or an MkDocs site stands already, and within another workspace.
    """
    _refuse_taken(folder)
    beside = folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir())
    wanted = {**_starter_files(), **editor_files()}
    kept = [name for name in wanted if os.path.lexists(folder / name)]
    made = [name for name in wanted if name not in kept]
    write_files({folder / name: wanted[name] for name in made})
    return _welcome(folder, made, kept, beside)


def _refuse_taken(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise KamgenError(f"{folder} is a file. Name a new or an empty folder.")
    for name in ("accounts", "mkdocs.yml"):
        if os.path.lexists(folder / name):
            raise KamgenError(f"{_shown(folder)} holds {name} already. Name a new or an empty folder.")
    if above := next((one for one in folder.resolve().parents if (one / "accounts").is_dir()), None):
        raise KamgenError(f"{_shown(folder)} lies in the workspace {above}. Name a folder outside of it.")


def _starter_files() -> dict[str, str]:
    top = FOLDER / "workspace"
    paths = sorted(path for path in top.rglob("*") if path.is_file())
    names = {path: path.relative_to(top).as_posix() for path in paths}
    # Without its dot in the package, where it would be taken for a rule of the package's own repository.
    return {("." + n if n == "gitignore" else n): path.read_text(encoding="utf-8") for path, n in names.items()}


def _welcome(folder: Path, made: list[str], kept: list[str], beside: bool) -> str:
    here = _shown(folder) == HERE
    lines = [f"A workspace was made in {_shown(folder)}{', beside what is there already' if beside else ''}:"]
    lines += [f"  {name}" for name in made if not name.startswith(".vscode/")]
    if any(name.startswith(".vscode/") for name in made):
        lines.append("  .vscode/ (so that Visual Studio Code completes and checks the files)")
    lines += [f"Left as it was: {name}" for name in kept]
    if ".gitignore" in kept:
        lines.append("Please see to it that .gitignore has a line with site/ in it.")
    lines += [
        "",
        "What to do next:",
        *([] if here else [f'  cd "{folder}"' if " " in str(folder) else f"  cd {folder}"]),
        "  kamgen check                                 checks the example account",
        "  kamgen serve                                 shows the site on this machine",
        "  then write your own people into playbook/team.yml and what you sell into playbook/offer.yml,",
        '  and add a customer: kamgen new account "Their name" --stage key',
    ]
    return "\n".join(lines) + "\n"


def _shown(folder: Path) -> str:
    return HERE if folder.resolve() == Path.cwd() else str(folder)


# --- An account -------------------------------------------------------------------------------------


def add_account(root: Path, name: str, stage: str) -> str:
    """Make an account: one file, or a folder with a plan for a key account; the text that says what to do next.

    `name` is what the customer is called, any text; its slug becomes the account's permanent name. Raises
    KamgenError for a name of nothing and for a slug that is taken.
    """
    place = Workspace(root)
    name = _clean(name, "An account needs a name.")
    if not any(char.isalnum() for char in name):
        raise KamgenError(f'"{name}" has neither a letter nor a digit. An account needs a name that can be looked up.')
    new = slug(name)
    if new in place.found:
        there = place.relative(place.home(new))
        raise KamgenError(f'There is an account "{new}" already: {there}. Give the new one another name.')
    values = {"name": name, "stage": stage, **_people(place.playbook.team or {}), "levels": _LEVELS}
    if stage == "key":
        criteria = place.playbook.criteria
        values["definitions"] = list(criteria.definitions)
        values["criteria"] = [key for key, one in criteria.criteria.items() if not one.computed]
        values["indicators"] = [(key, i.name, i.look_for) for key, i in place.playbook.indicators.items()]
        parts = ("account", "contacts", "plan", "partnership")
        files = {f"accounts/{new}/{part}.yml": render(f"key/{part}.yml.j2", **values) for part in parts}
        todo = f"Put your answers in place of the questions between < and >; kamgen check {new} lists those left."
    else:
        files = {f"accounts/{new}.yml": render("light.yml.j2", **values)}
        todo = "Fill in what you know; the lines that begin with # are suggestions."
    place.write(files)
    return _told(files, todo)


def _people(team: Mapping[str, Person]) -> dict[str, object]:
    """Names to stand in examples: the workspace's own people where there are any."""
    staying = [key for key, person in team.items() if person.leaves is None]
    seniors = [key for key in staying if team[key].senior]
    examples = [key for key in staying if key not in seniors] + seniors + ["a-colleague", "another-colleague"]
    return {
        "team": staying if len(staying) <= MANY else [],
        "someone": examples[0],
        "another": examples[1],
        "senior": seniors[0] if seniors else "a-director",
    }


# --- A note -----------------------------------------------------------------------------------------


def add_note(root: Path, account_slug: str, title: str, kind: str, today: date) -> str:
    """Make a note of today for an account; the text that says what to do next.

    `title` may be empty. Raises KamgenError for an account or a kind of note that does not exist.
    """
    place = Workspace(root)
    known = place.account(account_slug)
    if kind not in (kinds := get_args(NoteKind)):
        raise KamgenError(f'There is no kind of note "{kind}".{near(kind, kinds)} There is: {", ".join(kinds)}.')
    heading = _clean(title, "") if title.strip() else ""
    text = render(
        "note.md.j2",
        kind=kind,
        title=heading or "<What was it about, in a few words?>",
        question=_QUESTIONS.get(kind, _ANY_QUESTION),
        theirs=known.theirs(today),
        ours=known.ours(place.playbook.team or {}, today),
    )
    stem = f"{known.home}/notes/{today.isoformat()}-{slug(heading or kind)}"
    path = next(name for name in numbered(stem, ".md") if not os.path.lexists(place.root / name))
    place.write({path: text})
    return _told([path], "Say who was there, and write down what you heard. The next colleague will be glad of it.")


# --- An audit ---------------------------------------------------------------------------------------


def add_audit(root: Path, account_slug: str, today: date) -> str:
    """Make today's audit sheet of an account, with what was said last time; the text that says what to do next.

    Raises KamgenError for an account that does not exist and where an audit of today is there already.
    """
    place = Workspace(root)
    known = place.account(account_slug)
    path = f"{known.home}/audits/{today.isoformat()}.yml"
    if os.path.lexists(place.root / path):
        raise KamgenError(f"There is an audit of today already: {path}. Write the other answers into it.")
    team = place.playbook.team or {}
    seniors = [key for key, person in team.items() if person.senior and stays(person, today)]
    parts = [
        (
            title,
            [(key, one.ask, known.last_answer(key)) for key, one in place.playbook.menu.items() if one.part == part],
        )
        for part, title in _PARTS.items()
    ]
    text = render(
        "audit.yml.j2",
        account=known.record.name,
        seniors=[key for key in seniors if key != known.record.manager] or ["a-director"],
        theirs=known.theirs(today),
        parts=[(title, questions) for title, questions in parts if questions],
    )
    place.write({path: text})
    return _told([path], "Keep the six to ten questions you asked, and say under each answer what comes of it.")


def _clean(text: str, if_empty: str) -> str:
    """A name or title on one line."""
    flat = " ".join(text.split())
    if not flat:
        raise KamgenError(if_empty)
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in flat):
        raise KamgenError("The name holds an invisible control character. Type it again.")
    return flat


def _told(files: Iterable[str], todo: str) -> str:
    return "".join(f"Made {name}\n" for name in files) + f"{todo}\n"
