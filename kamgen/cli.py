"""The command line: reads the arguments, calls the rooms, turns results into exit codes."""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from kamgen import __version__, project, report
from kamgen.commands import completion, upkeep
from kamgen.commands.apply import apply
from kamgen.commands.given import account_meant, as_of_option, clock
from kamgen.commands.group import Commands
from kamgen.errors import KamgenError, near
from kamgen.facts.texts import printable
from kamgen.finding import LEVELS
from kamgen.model.files import KINDS, json_schema
from kamgen.model.values import STAGES
from kamgen.read.git import NoHistory
from kamgen.read.history import touched_since
from kamgen.read.origins import SETTINGS_FILE
from kamgen.read.repository import prefix_in_repository, site_url
from kamgen.read.workspace import find_root
from kamgen.report import diff as diffs
from kamgen.report import markdown
from kamgen.rules import find_rules, rule_book
from kamgen.rules.engine import Scope, at_or_above

FOUND, WRONG, BUG, INTERRUPTED = 1, 2, 3, 130
FAIL_ON = (*LEVELS, "never")
SERVERS = ("github", "gitlab", "cron")
SLIP = "slip-"  # before the kind of a slip, among the kinds of file


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kamgen")
def kamgen() -> None:
    """Checks key account plans and builds a searchable intranet from them."""


kamgen.add_command(apply)
kamgen.add_command(upkeep.close_year)
kamgen.add_command(upkeep.rename)


@kamgen.command(short_help="Check all accounts, or only those named.")
@click.argument("accounts", nargs=-1, metavar="[ACCOUNT]...", shell_complete=completion.accounts)
@click.option("--format", "format_", default="text", metavar="FORMAT", help=f"One of: {', '.join(report.formats())}.")
@click.option("--output", multiple=True, metavar="FORMAT=FILE", help="Also write a report to a file; may be repeated.")
@click.option(
    "--select",
    default="",
    metavar="RULES",
    help="Only these rules: codes, prefixes or names, with commas.",
    shell_complete=completion.rules,
)
@click.option("--ignore", default="", metavar="RULES", help="Not these rules.", shell_complete=completion.rules)
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="What makes the exit code 1 (default: kamgen.yml).")
@click.option("--changed-since", metavar="REF", help="Only what changed since this branch or commit of git.")
@as_of_option
def check(
    accounts: Sequence[str],
    format_: str,
    output: Sequence[str],
    select: str,
    ignore: str,
    fail_on: str | None,
    changed_since: str | None,
    as_of: date | None,
) -> int:
    """Check all accounts, or only those named (a slug, or a file or folder of the account).

    With --changed-since only the accounts that a change touches are told and decide the exit code, and the playbook
    where it changed too; old debts of the others do not stand in its way.
    """
    root = find_root(Path.cwd())
    codes = _codes(select, ignore)
    files = [_output(choice) for choice in output]
    known = report.formats()
    for wanted in (format_, *(name for name, _ in files)):
        if wanted not in known:
            raise KamgenError(f'There is no format "{wanted}". There is: {", ".join(known)}.')
    named = frozenset(account_meant(root, name) for name in accounts)
    slugs, shared = _asked_for(root, named, changed_since)
    checked = project.check_workspace(root, clock(as_of), Scope(codes, slugs, shared), help_base(root))
    _refuse_unknown(named, checked.portfolio.accounts)
    if not checked.portfolio.accounts:
        raise KamgenError(f"No account was found in {root / 'accounts'}. Add one with: kamgen new account NAME")
    made = project.report_of(checked, prefix_in_repository(root), slugs, __version__)
    for name, path in files:
        _write(path, report.render(name, made))
    if "github" in (format_, *(name for name, _ in files)):
        _summarise(made)
    shown = project.report_of(checked, made.prefix, slugs, __version__, colour=_colours())
    click.echo(report.render(format_, shown), nl=False)
    return exit_code(checked, fail_on)


def _asked_for(root: Path, named: frozenset[str], since: str | None) -> tuple[frozenset[str] | None, bool]:
    """The accounts that are asked for (None: all), and whether the workspace's own findings are."""
    if since is None:
        return named or None, True
    if named:
        raise KamgenError("Name accounts or give --changed-since, not both.")
    try:
        return touched_since(root, since)
    except NoHistory as reason:
        raise KamgenError(f"What changed is unknown: {reason}.") from reason


def _write(path: Path, text: str, mode: str = "w") -> None:
    try:
        with path.open(mode, encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise KamgenError(f"{path} could not be written: {error.strerror or error}.") from error


def _summarise(made: report.Report) -> None:
    """On GitHub: all findings as a table in the summary of the step, since beside the lines only a few are shown."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        _write(Path(path), markdown.document(made, markdown.STEP_SUMMARY), "a")


def exit_code(checked: project.Checked, fail_on: str | None) -> int:
    """2 when kamgen.yml itself is wrong, 1 when there are findings at or above `fail_on`, else 0."""
    failing = at_or_above(checked.findings, "error")
    if any(finding.place.path == SETTINGS_FILE for finding in failing):
        return WRONG
    return FOUND if at_or_above(checked.findings, fail_on or checked.portfolio.settings.fail_on) else 0


def help_base(root: Path) -> str:
    """The address under which the rules' pages stand: the site's own, else the words that ask the terminal."""
    address = site_url(root)
    return f"{address}rules/" if address else ""


def _codes(select: str, ignore: str) -> frozenset[str] | None:
    if not select and not ignore:
        return None
    chosen = _rules(select) if select else set(rule_book())
    return frozenset(chosen - (_rules(ignore) if ignore else set()))


def _rules(words: str) -> set[str]:
    found, unknown = find_rules([word.strip() for word in words.split(",") if word.strip()])
    if unknown:
        names = [*rule_book(), *(entry.rule.name for entry in rule_book().values())]
        alike = [f'"{name}"' for name in names if unknown[0].lower() in name][:4]
        meant = f" Did you mean {' or '.join(alike)}?" if alike else near(unknown[0], names)
        raise KamgenError(f'There is no rule "{unknown[0]}".{meant} `kamgen rule` lists them.')
    return found


def _output(choice: str) -> tuple[str, Path]:
    name, sign, path = choice.partition("=")
    if not sign or not path:
        raise KamgenError(f'--output "{choice}" needs the form FORMAT=FILE, for example json=findings.json')
    return name, Path(path)


def _refuse_unknown(slugs: Iterable[str], accounts: Iterable[str]) -> None:
    for slug in slugs:
        if slug not in (known := list(accounts)):
            advice = near(slug, known) or " Without a name, `kamgen check` checks everything."
            raise KamgenError(f'There is no account "{slug}".{advice}')


def _colours() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


@kamgen.command(short_help="Tell what a change does to the accounts.")
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--format", "format_", default="text", metavar="FORMAT", help=f"One of: {', '.join(diffs.formats())}.")
@click.option("--output", multiple=True, metavar="FORMAT=FILE", help="Also write it to a file; may be repeated.")
@as_of_option
def diff(base: str | None, head: str | None, format_: str, output: Sequence[str], as_of: date | None) -> int:
    """Tell what changed for the accounts between two states, and which findings came and went.

    BASE and HEAD are commits, branches or tags of git. Without them: from the point where this branch left the main
    branch to the files as they are now.
    """
    from kamgen import difference  # what few commands need costs the others no time

    root = find_root(Path.cwd())
    files = [_output(choice) for choice in output]
    compared = difference.Compared(base, head)
    found = difference.difference(root, clock(as_of), compared, __version__, help_base(root))
    for name, path in files:
        _write(path, diffs.render(name, found))
    click.echo(diffs.render(format_, found), nl=False)
    return 0


@kamgen.command(short_help="Tell our people what their week holds.")
@click.argument("people", nargs=-1, metavar="[PERSON]...", shell_complete=completion.people)
@click.option("--format", "format_", default="markdown", metavar="FORMAT", help="One of: email, json, markdown.")
@as_of_option
def remind(people: Sequence[str], format_: str, as_of: date | None) -> int:
    """Tell each of our people (ids of team.yml; without any, everybody with something to do) their week.

    At most seven lines each: meetings and what is due within seven days, what is overdue, and whom they wait for.
    """
    from kamgen import letters

    root = find_root(Path.cwd())
    click.echo(letters.remind(root, clock(as_of), people, format_, site_url(root), __version__), nl=False)
    return 0


@kamgen.command(short_help="Write the pack for a review, or for a handover.")
@click.argument("account", required=False, shell_complete=completion.accounts)
@click.option("--all", "all_", is_flag=True, help="The executive review: what needs somebody, then each plan in short.")
@click.option("--handover", is_flag=True, help="What the next manager of the account has to know.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Into a file, and not to the terminal.")
@as_of_option
def pack(account: str | None, all_: bool, handover: bool, output: Path | None, as_of: date | None) -> int:
    """Write what the next review of ACCOUNT has to look at, as Markdown. For our own use; nothing private is in it.

    What was promised last time and what became of it, what changed, goals, people, complaints, dates, decisions wanted,
    the next 90 days, and a few questions to ask.
    """
    from kamgen import packs

    if all_ == (account is not None) or (all_ and handover):
        raise KamgenError("Name one account (with --handover, if its manager changes), or give --all alone.")
    root = find_root(Path.cwd())
    text = packs.pack(root, clock(as_of), account_meant(root, account) if account else None, handover)
    if output:
        _write(output, text)
    else:
        click.echo(text, nl=False)
    return 0


@kamgen.command(short_help="Accept what is wrong today, so that only new findings count.")
@click.option("--renew", is_flag=True, help="Take in all that is found today, new findings included.")
@as_of_option
def baseline(renew: bool, as_of: date | None) -> int:
    """Accept what is wrong today, so that only new findings count; later, take out what has been fixed."""
    click.echo(project.baseline(find_root(Path.cwd()), clock(as_of), renew), nl=False)
    return 0


@kamgen.command(short_help="Print what is in force and where it comes from.")
@as_of_option
def settings(as_of: date | None) -> int:
    """Print what is in force and where it comes from: settings, and the level of each rule by stage."""
    click.echo(project.settings_in_force(find_root(Path.cwd()), clock(as_of)), nl=False)
    return 0


@kamgen.command()
@click.argument("name", required=False, metavar="[CODE]", shell_complete=completion.rules)
def rule(name: str | None) -> int:
    """Print a rule's manual (by code or name), or the list of all rules."""
    if name is None:
        for entry in rule_book().values():
            click.echo(f"{entry.rule.code}  {entry.rule.levels:<4}  {entry.rule.name:<24}  {entry.summary}")
        click.echo(f"\nLevels stand for {', '.join(STAGES)}: E error, W warning, i info, - does not apply.")
        return 0
    for code in sorted(_rules(name)):
        entry = rule_book()[code]
        click.echo(f"{code} {entry.rule.name}\n\n{entry.manual}\n")
        for setting, told in entry.rule.settings.items():
            click.echo(f"Setting {setting}: {told.what} (default {project.shown(told.default)}).")
    return 0


@kamgen.command()
@click.argument("kind", required=False, metavar="[KIND]")
@click.option(
    "--write", is_flag=True, help="Renew the schemas in .vscode/, which complete and check files as you type."
)
def schema(kind: str | None, write: bool) -> int:
    """Print the JSON Schema of a kind of file or slip, or the list of kinds."""
    if write:
        from kamgen.edit.editor import write_editor_files

        click.echo(write_editor_files(find_root(Path.cwd())), nl=False)
        return 0
    if kind is None:
        for name, (_, globs) in KINDS.items():
            click.echo(f"{name:<12} {', '.join(globs) or 'the head of accounts/*/notes/*.md'}")
        click.echo(f"{SLIP}KIND    one slip of a kind, such as {SLIP}done")
        return 0
    click.echo(json.dumps(_schema(kind), indent=2, ensure_ascii=False))
    return 0


def _schema(kind: str) -> dict[str, Any]:
    if kind in KINDS:
        return json_schema(kind)
    from kamgen.model.slips import SLIPS, slip_schema

    slips = {f"{SLIP}{name}": name for name in SLIPS}
    if kind not in slips:
        raise KamgenError(
            f'There is no kind "{kind}".{near(kind, (*KINDS, *slips))} `kamgen schema` lists those of files; of slips '
            f"there is {', '.join(slips)}."
        )
    return slip_schema(slips[kind])


@kamgen.command(name="import", short_help="Turn exports of a CRM or ERP into accounts and sales.")
@click.argument("preset", metavar="PRESET")
@click.option("--from", "source", required=True, type=click.Path(path_type=Path), help="The folder with the exports.")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The workspace (default: this one).",
)
@click.option("--update", is_flag=True, help="Also renew the fields that `imports: owns` in kamgen.yml lists.")
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and write nothing.")
def import_(preset: str, source: Path, into: Path | None, update: bool, dry_run: bool) -> int:
    """Turn exports of another system into accounts, team, offer, sales, deliveries, budget and activities.

    PRESET is a shipped preset (northwind, example) or a folder with your own SQL files. Files of accounts that are
    there already are compared, and changed only with --update. The CSV exports are written anew.
    """
    _require("duckdb", "kamgen import", "import")
    from kamgen.exchange.imports import run_import, run_update

    root, today = into or find_root(Path.cwd()), clock(None)
    if update:
        done = run_update(preset, source, root, today.day, dry_run=dry_run)
    else:
        done = run_import(preset, source, root, today=project.today(root, today), dry_run=dry_run)
    click.echo(done.text(), nl=False)
    return done.exit_code


@kamgen.command(short_help="Build the site into a folder of files.")
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where the site goes (default: site).")
@click.option("--strict", is_flag=True, help="Fail on findings at or above fail_on, and on broken links.")
@click.option("--history", is_flag=True, help="Also tell how each account stood over the last twelve months, from git.")
@as_of_option
def build(site_dir: Path | None, strict: bool, history: bool, as_of: date | None) -> int:
    """Build the site into a fresh folder and swap it in; a failed build leaves the last good site standing."""
    _require("mkdocs", "kamgen build", "site")
    from kamgen.build import build_site

    root = find_root(Path.cwd())
    site_dir = site_dir or root / "site"
    if not build_site(root, site_dir, strict, as_of, history):
        click.echo("kamgen: The site was not built; what is wrong stands above. The last good site was kept.", err=True)
        return FOUND
    click.echo(f"The site is in {site_dir}. `kamgen serve` shows it on this computer.")
    return 0


@kamgen.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve it.")
@as_of_option
def serve(address: str, as_of: date | None) -> int:
    """Show the site on this machine and rebuild it when a file changes."""
    _require("mkdocs", "kamgen serve", "site")
    from kamgen.build import serve_site

    return serve_site(find_root(Path.cwd()), address, as_of)


@kamgen.command(short_help="Write accounts, facts and findings as CSV and JSON.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--history", is_flag=True, help="Also how each account stood over the last twelve months, from git.")
@as_of_option
def export(folder: Path, history: bool, as_of: date | None) -> int:
    """Write the portfolio and every fact into FOLDER as CSV and JSON, for a BI tool. Nothing private is exported."""
    from kamgen.exchange.export import export as export_tables
    from kamgen.rules.course import courses

    root = find_root(Path.cwd())
    checked = project.check_workspace(root, clock(as_of), help_base=help_base(root))
    over_time = courses(checked.portfolio, checked.findings) if history else None
    click.echo(export_tables(checked.portfolio, checked.findings, root, folder, __version__, over_time), nl=False)
    return 0


def _require(module: str, command: str, extra: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise KamgenError(f'`{command}` needs more than kamgen alone. Install it with: pip install "kamgen[{extra}]"')


@kamgen.command(short_help="Start a workspace, or let a server check one.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--ci", type=click.Choice(SERVERS), help="Also write the files by which a server checks every change.")
def init(folder: Path | None, ci: str | None) -> int:
    """Start a new workspace in an empty or new folder.

    With --ci in a workspace that is there already (this one, or FOLDER), only the files for the server are added.
    Nothing is overwritten.
    """
    from kamgen.edit.ci import add_ci
    from kamgen.edit.scaffold import init_workspace

    if folder is None and ci is None:
        raise click.UsageError("Missing argument 'FOLDER'.", click.get_current_context())
    if folder and not (ci and (folder / "accounts").is_dir()):
        click.echo(init_workspace(folder), nl=False)
    if ci:
        click.echo(add_ci(folder or find_root(Path.cwd()), ci), nl=False)
    return 0


@kamgen.group()
def new() -> None:
    """Add an account, a note or an audit, with prompts to fill in."""


def _today(as_of: date | None) -> tuple[Path, date]:
    root = find_root(Path.cwd())
    return root, project.today(root, clock(as_of))


@new.command(name="account", short_help="Add an account, with a plan if it is key.")
@click.argument("name")
@click.option("--stage", type=click.Choice(STAGES), default="customer", show_default=True)
def new_account(name: str, stage: str) -> int:
    """Add an account: one file, or for a key account a folder with a plan to fill in."""
    from kamgen.edit.scaffold import add_account

    click.echo(add_account(find_root(Path.cwd()), name, stage), nl=False)
    return 0


@new.command(name="note")
@click.argument("account", shell_complete=completion.accounts)
@click.option("--title", default="", help="What it is about, in a few words.")
@click.option("--kind", default="visit", show_default=True, help="visit, call, meeting, touch, value, issue …")
@as_of_option
def new_note(account: str, title: str, kind: str, as_of: date | None) -> int:
    """Add a dated note to an account."""
    from kamgen.edit.scaffold import add_note

    root, today = _today(as_of)
    click.echo(add_note(root, account_meant(root, account), title, kind, today), nl=False)
    return 0


@new.command(name="audit")
@click.argument("account", shell_complete=completion.accounts)
@as_of_option
def new_audit(account: str, as_of: date | None) -> int:
    """Add an audit sheet with the questions of the audit menu."""
    from kamgen.edit.scaffold import add_audit

    root, today = _today(as_of)
    click.echo(add_audit(root, account_meant(root, account), today), nl=False)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code. The user's mistake is one line on stderr, our own bug keeps its traceback."""
    return _guarded(lambda: kamgen.main(args=arguments, prog_name="kamgen", standalone_mode=False))


def _guarded(run: Callable[[], Any]) -> int:
    try:
        return run() or 0
    except KamgenError as error:
        lines = [printable(line) for line in f"kamgen: {error}".split("\n")]  # they may quote files
        click.echo("\n".join(lines), err=True)
        return WRONG
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        told = error.format_message()
        command = context.command_path if (context := getattr(error, "ctx", None)) else "kamgen"
        # A command of which nothing was said answers with its whole help.
        click.echo(told if "\n" in told else f"kamgen: {told} `{command} --help` explains it.", err=True)
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception:
        traceback.print_exc()
        click.echo(f"kamgen {__version__}: this is a bug of ours. Please report it with the lines above.", err=True)
        return BUG


def _stopped_like_ctrl_c() -> None:
    """Let being told to end (a cancelled job, a closed terminal) be as Ctrl-C is: what was begun is undone."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # nohup ignores it on purpose
            signal.signal(number, signal.default_int_handler)


def entry() -> None:
    """The console script."""
    _stopped_like_ctrl_c()
    # A run is short and what it makes does not go in circles: looking for garbage would cost it a quarter of its time.
    gc.disable()
    sys.exit(main())
