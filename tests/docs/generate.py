"""The generated regions of README.md and docs/: what stands between `<!-- generated: … -->` and `<!-- end -->`.

Each region's name is a maker's name (see `MAKERS`) and what it is made of: `keys of plan`, `command check`. The tests
compare the regions with the files; KAMGEN_GOLDEN=1 (`make golden`) rewrites the files.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from kamgen import cli, macros
from kamgen.commands.fields import REVIEW, Asked, asked_by, metavar
from kamgen.model.files import KINDS
from kamgen.model.slips import SLIPS
from kamgen.read.playbook import DEFAULTS, default_tree
from kamgen.read.tables import TABLES
from kamgen.rules.levels import GRACE_FAMILIES
from kamgen.rules.strictness import START_CODES
from kamgen.rules.waivers import NEVER_WAIVED
from tests.docs import excerpt, keys, rules, slips
from tests.docs.tables import code, fenced, table

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))

_REGION = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)

# What the columns of the exports hold; a new column without words here fails the tests.
_COLUMNS: Mapping[str, str] = {
    "month": "the month, as year-month: 2026-04",
    "product": "an id of offer.yml; without an offer.yml any text",
    "amount": "a number, net, in the workspace's currency; negative is a credit",
    "margin": "what is left of the amount after its own cost",
    "site": "a place of the account, by its id",
    "deliveries": "how many deliveries were required in that month",
    "late": "how many of them were shipped after their day, or are past it and not shipped",
    "date": "the day, as year-month-day: 2026-04-14",
    "contact": "a contact's id, or their `crm_id`",
    "who": "one of ours, by id",
    "kind": "what it was, in any word: visit, call, meeting",
}
_ACCOUNT = ("account", "the account's name (slug); a column `crm_id` may stand instead")


def refreshed(text: str) -> str:
    """A page's text with each generated region made anew."""
    return _REGION.sub(lambda match: f"{match[1]}\n{made(match[2]).strip()}\n\n{match[3]}", text)


def made(name: str) -> str:
    """The Markdown of a region, by its name."""
    for start, maker in MAKERS.items():
        if name == start or name.startswith(f"{start} "):
            return maker(name.removeprefix(start).strip())
    raise KeyError(f"no maker for the region {name}")


def _columns(export: str) -> str:
    shape = TABLES[export]
    rows = [(code(_ACCOUNT[0]), "yes", _ACCOUNT[1])]
    rows += [(code(name), "yes", _COLUMNS[name]) for name in shape.required]
    rows += [(code(name), "", _COLUMNS[name]) for name in shape.optional]
    return table(("Column", "Needed", "What goes in it"), rows)


def _shipped(kind: str) -> str:
    tree = default_tree(kind)
    if kind == "criteria":
        criteria = [
            (code(name), one["name"], one["weight"], one.get("computed", "")) for name, one in tree[kind].items()
        ]
        definitions = [(code(name), one["name"]) for name, one in tree["definitions"].items()]
        parts = (
            table(("Criterion", "Name", "Weight", "Computed from"), criteria),
            table(("Definition", "Name"), definitions),
        )
        return "\n\n".join(parts)
    if kind == "audit-menu":
        rows = [(code(name), one["part"], one["ask"]) for name, one in tree.items()]
        return table(("Question", "Part", "Asks"), rows)
    return table(("Indicator", "Name"), [(code(name), one["name"]) for name, one in tree.items()])


def _defaults(kind: str) -> str:
    text = (DEFAULTS / f"{kind}.yml").read_text(encoding="utf-8").strip()
    return fenced(text, "yaml")


def _schemas(_: str) -> str:
    rows = [
        (code(kind), ", ".join(code(glob) for glob in globs) or "the head of `accounts/*/notes/*.md`")
        for kind, (_, globs) in KINDS.items()
    ]
    return table(("Kind", "Files"), rows)


def _macros(_: str) -> str:
    book = inspect.getmembers(macros._Book, inspect.isfunction)
    public = sorted((name, function) for name, function in book if not name.startswith("_"))
    rows = [(code(_called(name, function)), inspect.getdoc(function) or "") for name, function in public]
    return table(("Macro", "Gives"), rows)


def _called(name: str, function: Callable[..., object]) -> str:
    arguments = [f'"{argument.upper()}"' for argument in list(inspect.signature(function).parameters)[1:]]
    return f"{name}({', '.join(arguments)})"


def commands(group: click.Group = cli.kamgen, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name: `check`, `new account`; those that are made from the slips too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        path, command = (*before, name), group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            yield from commands(command, path)
        else:
            yield " ".join(path), command


def _command(name: str) -> str:
    command = dict(commands())[name]
    context = click.Context(command, info_name=f"kamgen {name}")
    usage = " ".join(command.get_usage(context).removeprefix("Usage:").split())
    records = (option.get_help_record(context) for option in command.params if isinstance(option, click.Option))
    options = [(code(record[0]), record[1]) for record in records if record]
    parts = [fenced(usage, "text"), inspect.cleandoc(command.help or "")]
    if options:
        parts.append(table(("Option", "What it does"), options))
    return "\n\n".join(parts)


def _slip_commands(_: str) -> str:
    """The kinds of slip as commands; the review has a section of its own, and what all take stands below the table."""
    rows = []
    for kind, record in SLIPS.items():
        if kind != REVIEW:
            asked = [one for one in asked_by(kind) if one.key not in ("on", "by")]
            arguments = " ".join(one.key.upper() for one in asked if one.is_argument)
            options = [(one.form.required, _option(one)) for one in asked if not one.is_argument]
            needed, more = (
                ", ".join(text for is_needed, text in options if is_needed is wanted) for wanted in (True, False)
            )
            says = inspect.cleandoc(record.__doc__ or "").rstrip(".")
            rows.append((code(f"{kind} {arguments}"), says, needed, more))
    return table(("Command", "Says", "Needs", "May say"), rows)


def _option(asked: Asked) -> str:
    return code(f"--{asked.key.replace('_', '-')} {metavar(asked)}")


def _codes(codes: frozenset[str]) -> str:
    return ", ".join(f"[{name}](rules.md#{name.lower()})" for name in sorted(codes) if name in rules.known())


MAKERS: Mapping[str, Callable[[str], str]] = {
    "keys of": keys.tables,
    "columns of": _columns,
    "shipped": _shipped,
    "defaults": _defaults,
    "schemas": _schemas,
    "macros": _macros,
    "command": _command,
    "every kind of slip": slips.kinds,
    "slip commands": _slip_commands,
    "rules of the profile start": lambda _: _codes(START_CODES),
    "rules that cannot be waived": lambda _: _codes(NEVER_WAIVED),
    "families with grace": lambda _: rules.families(GRACE_FAMILIES),
    "rule index": rules.index,
    "rules": rules.manuals,
    "check of the demo": lambda _: excerpt.of_the_demo(ROOT),
}
