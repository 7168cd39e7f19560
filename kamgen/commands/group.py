"""All of kamgen's commands: those that are written out, those made from the slips, and their order in the help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

import click

from kamgen.errors import near

# In the order of a reader's needs. A command that stands nowhere here is told under "More".
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "See what is wrong, and what changed": ("check", "diff", "baseline", "rule", "settings"),
    "Prepare a meeting": ("pack", "remind", "review"),
    "Say what happened": ("apply",),
    "Show it": ("serve", "build", "export"),
    "Keep it in order": ("close-year", "rename"),
    "Set up": ("init", "new", "import", "schema"),
}
_SLIPS_STAND_IN = "Say what happened"
_MORE = "More"
_SENTENCE = 200  # characters: a first sentence is wrapped, and not cut


class Commands(click.Group):
    """A group that also has a command for each kind of slip, made when it is first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, those that are written out first."""
        return [*self.commands, *(name for name in _kinds() if name not in self.commands)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name; None where there is none."""
        known = super().get_command(ctx, cmd_name)
        if known is None and cmd_name in _kinds():
            known = _made(cmd_name)
            self.add_command(known)
        return known

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; one that is not there is refused with the likest of all."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(f"No such command '{name}'.{near(name, self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands in sections, so that a long list can be read."""
        names = self.list_commands(ctx)
        for title, members in _sections(names):
            found = [(name, cast(click.Command, self.get_command(ctx, name))) for name in members]
            rows = [(name, one.get_short_help_str(_SENTENCE)) for name, one in found if not one.hidden]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows, col_max=20)


def _made(kind: str) -> click.Command:
    """The command of a kind of slip. What only one of them needs is not loaded for the others: a shell asks often."""
    from kamgen.commands import fields, slip

    if kind == fields.REVIEW:
        from kamgen.commands import review

        return review.command()
    return slip.command(kind)


def _kinds() -> tuple[str, ...]:
    """The kinds of slip, of which other commands do not pay for the knowledge."""
    from kamgen.model.slips import SLIPS

    return tuple(SLIPS)


def _sections(names: list[str]) -> Iterator[tuple[str, list[str]]]:
    placed = {name for members in SECTIONS.values() for name in members}
    kinds = [name for name in _kinds() if name not in placed]
    for title, members in SECTIONS.items():
        more = kinds if title == _SLIPS_STAND_IN else []
        yield title, [name for name in (*more, *members) if name in names]
    if rest := [name for name in names if name not in placed and name not in kinds]:
        yield _MORE, rest
