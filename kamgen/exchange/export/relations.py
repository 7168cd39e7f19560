"""Tables of the relationships: their shape, the policy levels, and what would be lost if one person left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kamgen.exchange.export.table import Row, Source, rounded, table
from kamgen.facts.publication import SOMEBODY
from kamgen.facts.relationships import Loss, Part, by_level, if_leaves, parts, shape, ties, within
from kamgen.model.portfolio import Account


def _parts(source: Source) -> Iterator[tuple[Account, Account, Part]]:
    """The parts of each relationship with anybody in it: its sites, else the whole account."""
    for shown, whole in source.accounts():
        if whole.contacts:
            for part in parts(source.whole, whole):
                yield shown, whole, part


def _shapes(source: Source) -> Iterator[Row]:
    for shown, whole, part in _parts(source):
        found = within(ties(source.whole, whole), part)
        form = shape(part.contacts, found)
        their_hub = form.their_hub and _named(shown, whole, [form.their_hub])[0]
        yield (
            *(shown.slug, part.sites, len(part.contacts), len(found)),
            *(rounded(form.index), form.word, form.our_hub, their_hub),
        )


def _levels(source: Source) -> Iterator[Row]:
    for shown, whole, part in _parts(source):
        for level in by_level(part.contacts, within(ties(source.whole, whole), part)):
            yield (
                *(shown.slug, part.sites, level.level, len(level.theirs)),
                *(_named(shown, whole, level.theirs), level.ours),
            )


def _losses(source: Source) -> Iterator[Row]:
    for shown, whole in source.accounts():
        for person, loss in if_leaves(source.whole, whole).items():
            if loss.ours or person in shown.contacts:
                yield _loss(shown, whole, loss)


def _loss(shown: Account, whole: Account, loss: Loss) -> Row:
    plan = shown.plan
    goals = plan.intentions if plan else {}
    actions = {action.id for action in plan.implementation} if plan else set()
    return (
        *(shown.slug, loss.person, loss.ours, len(loss.ties), len(loss.alone), _named(shown, whole, loss.alone)),
        *(loss.levels, tuple(one for one in loss.goals if one in goals)),
        tuple(one for one in loss.actions if one in actions),
    )


def _named(shown: Account, whole: Account, people: Iterable[str]) -> tuple[str, ...]:
    """People as they may be named: a private contact is somebody."""
    hidden = {name for name in whole.contacts if name not in shown.contacts}
    return tuple(dict.fromkeys(SOMEBODY if name in hidden else name for name in people))


TABLES = (
    table("shapes", "account sites contacts ties shape_index shape our_hub their_hub", _shapes),
    table("levels", "account sites level contacts theirs ours", _levels),
    table("if_leaves", "account person ours ties alone only_tie_to levels goals actions", _losses),
)
