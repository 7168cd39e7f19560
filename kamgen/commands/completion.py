"""What a shell completes: accounts, what is open in them, people, rules. It reads one account, and never complains."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from kamgen.commands.given import account_meant, clock
from kamgen.read.workspace import find_root

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]
_Item = tuple[str, str]  # what is completed, and the words beside it


def of(sorts: Collection[str]) -> Complete:
    """What completes names of some sorts (as `known` calls them); "account" and "rule" are sorts too."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        try:
            # Several in one value stand with commas between.
            done, comma, begun = incomplete.rpartition(",")
            items = list(_items(sorts, ctx))
        except Exception:  # whatever is wrong with the workspace, the line that is being typed is no place to say so
            return []
        return [CompletionItem(done + comma + name, help=words or None) for name, words in _fitting(items, begun)]

    return complete


def _fitting(items: Iterable[_Item], begun: str) -> list[_Item]:
    """What begins like that; else what holds it anywhere in its words, so that a thing is found by what it is about."""
    items = list(items)
    if found := [item for item in items if item[0].startswith(begun)]:
        return found
    return [item for item in items if begun.casefold() in " ".join(item).casefold()]


def _items(sorts: Collection[str], ctx: click.Context) -> Iterator[_Item]:
    if "rule" in sorts:
        yield from _rules()
        return
    from kamgen.commands.known import Known  # it knows what a slip can name, which only this needs

    root = find_root(Path.cwd())
    known = Known(root, clock(None))
    if "account" in sorts:
        yield from ((slug, "") for slug in known.accounts)
        return
    # Behind an option that still wants its value, click has not given the arguments their names yet.
    slug = ctx.params.get("account") or next(iter(ctx.args), "")
    account = known.account(known.slug(account_meant(root, slug))) if slug else None
    yield from ((one.name, one.help) for one in known.named(account, sorts))


def _rules() -> Iterator[_Item]:
    from kamgen.rules import rule_book  # many modules, which only this needs

    for entry in rule_book().values():
        yield entry.rule.code, entry.summary


accounts = of(("account",))
people = of(("ours",))
rules = of(("rule",))
