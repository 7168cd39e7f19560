"""Selection: how many are key against the limits, who is judged and how, who might step up, and who was refused.

**Size.** The share is the key accounts' part of the buying accounts (key and customers). `most` is how many may be key:
the number under `limits.key_accounts`, or the part `limits.key_account_share` of the buying accounts where that is
more; so the size is over exactly when both limits are passed.

**Judged** are the key accounts, whoever else has a typed mark, and the customers whose score reaches the threshold.
Scores, marks and places are those of `programme`.

**Rules of thumb.** The trade says that 5 % of the accounts give about half of the business and 20 % give 80 %. Here
they are measured over the accounts with any sales in the last twelve full months, the number of accounts rounded up. A
part that is less than one account says nothing and is left out.

**Margin.** What is left of sales, of the rows of the last twelve full months that give a margin; for a group of
accounts all their rows together, so that large ones weigh more.

Source: agree criteria at senior level; tell everyone who is key and why; measure your own shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from kamgen.facts.concentration import Spread
from kamgen.facts.programme import HIGHEST, Rising, Score, count_buying, ranked
from kamgen.facts.sales import full_months
from kamgen.model.account import Selection
from kamgen.model.portfolio import Account, Portfolio

_ZERO, _ONE = Decimal(0), Decimal(1)
# (part of the accounts, part of the business that the trade says they give)
THUMBS = ((Decimal("0.05"), Decimal("0.5")), (Decimal("0.2"), Decimal("0.8")))


@dataclass(frozen=True, slots=True)
class Size:
    """How many accounts are key and how many may be; `share` is None where nobody buys.

    `used` is the part of `most` that is taken up, over 1 where there are too many.
    """

    key: int
    buying: int
    share: Decimal | None
    most: int
    used: Decimal

    @property
    def over(self) -> bool:
        """Whether there are more than both limits allow."""
        return self.key > self.most


@dataclass(frozen=True, slots=True)
class Judged:
    """An account's marks and score with its place among all that have a score; None without a score.

    `lowest` are the criteria with its lowest mark, at most three. `under` says whether a score lies under the
    threshold, `part` is the score as a part of the highest possible, to be drawn.
    """

    account: str
    key: bool
    score: Score
    place: int | None
    under: bool
    lowest: tuple[str, ...] = ()

    @property
    def rounded(self) -> Decimal | None:
        """The score with two places, rounded down: rounded up it could look like the threshold."""
        return None if self.score.value is None else self.score.value.quantize(Decimal("0.01"), ROUND_DOWN)

    @property
    def part(self) -> Decimal | None:
        """The score as a part of the highest possible, from 0 to 1."""
        return None if self.score.value is None else self.score.value / HIGHEST


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who might step up, and what was decided on it so far (None: nobody has written anything)."""

    rising: Rising
    decided: Selection | None

    @property
    def account(self) -> str:
        """The customer's slug."""
        return self.rising.account


@dataclass(frozen=True, slots=True)
class Thumb:
    """A rule of thumb and what it comes to here.

    The trade says that `part` of the accounts give `said` of the business; here these `accounts` give `gives`.
    """

    part: Decimal
    said: Decimal
    accounts: int
    gives: Decimal


@dataclass(frozen=True, slots=True)
class Left:
    """Sales of the rows that give a margin, and what was left of them."""

    sold: Decimal = _ZERO
    left: Decimal = _ZERO

    @property
    def share(self) -> Decimal | None:
        """What is left as a part of these sales; None where they come to nothing."""
        return self.left / self.sold if self.sold > 0 else None


@dataclass(frozen=True, slots=True)
class Profit:
    """What is left of sales: with the key accounts, with all others, and by key account (slug), most left first.

    `key_part` is the key accounts' part of everything that is left; None where nothing is.
    """

    key: Left
    others: Left
    by_account: Mapping[str, Left]
    key_part: Decimal | None


def size(portfolio: Portfolio) -> Size:
    """How many accounts are key, against the limits of kamgen.yml."""
    limits, accounts = portfolio.settings.limits, portfolio.accounts.values()
    key = sum(account.stage == "key" for account in accounts)
    buying = count_buying(accounts)
    most = int(max(limits.key_accounts, limits.key_account_share * buying).to_integral_value(ROUND_FLOOR))
    return Size(key, buying, Decimal(key) / buying if buying else None, most, Decimal(key) / max(most, 1))


def judged(portfolio: Portfolio, found: Mapping[str, Score]) -> tuple[Judged, ...]:
    """Everybody who is judged, the best score first, those without a score last; `found` is `programme.scores`."""
    threshold = portfolio.playbook.criteria.threshold
    places = {rank.account: rank.place for rank in ranked(found)}
    rows = [
        _judged(account, found[slug], places.get(slug), threshold)
        for slug, account in portfolio.accounts.items()
        if _is_judged(account, found[slug], threshold)
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.score.value or 0), not row.key, row.account)))


def _is_judged(account: Account, score: Score, threshold: Decimal) -> bool:
    typed = bool(account.record.selection and account.record.selection.scores)
    reaches = score.value is not None and score.value >= threshold
    return account.stage == "key" or typed or (account.stage == "customer" and reaches)


def _judged(account: Account, score: Score, place: int | None, threshold: Decimal) -> Judged:
    under = score.value is not None and score.value < threshold
    least = min(score.marks.values(), default=_ZERO)
    lowest = tuple(name for name, mark in score.marks.items() if mark == least)[:3]
    return Judged(account.slug, account.stage == "key", score, place, under, lowest)


def candidates(portfolio: Portfolio, rising: Iterable[Rising]) -> tuple[Candidate, ...]:
    """Who might step up: first those nobody has decided on, then whose score reaches the threshold, then by sales.

    `rising` comes from `programme.step_up`. Decided is what says why and when.
    """
    found = [Candidate(one, _decision(portfolio.accounts[one.account])) for one in rising]
    return tuple(sorted(found, key=lambda one: (one.decided is not None, one.rising.score is None, -one.rising.sales)))


def _decision(account: Account) -> Selection | None:
    chosen = account.record.selection
    return chosen if chosen and chosen.reason and chosen.agreed_on else None


def considered(portfolio: Portfolio) -> tuple[str, ...]:
    """The accounts that are not key though their record of selection stayed: refused, or stepped down. Newest first."""
    found = [
        (account.record.selection.agreed_on, slug)
        for slug, account in portfolio.accounts.items()
        if account.stage != "key" and account.record.selection and account.record.selection.model_fields_set
    ]
    return tuple(slug for _, slug in sorted(found, key=lambda one: (-(one[0].toordinal() if one[0] else 0), one[1])))


def thumbs(spread: Spread) -> tuple[Thumb, ...]:
    """The trade's rules of thumb, measured; () where there are no shares."""
    return tuple(_thumbs(spread))


def _thumbs(spread: Spread) -> Iterator[Thumb]:
    for part, said in THUMBS:
        accounts = int((part * len(spread.curve)).to_integral_value(ROUND_CEILING))
        gives = spread.carried_by(accounts)
        if gives is not None and part * len(spread.curve) >= 1:
            yield Thumb(part, said, accounts, gives)


def profit(portfolio: Portfolio) -> Profit | None:
    """What is left of sales, with the key accounts and with the others; None where no row gives a margin."""
    found = _left_by_account(portfolio)
    if not found:
        return None
    key = {slug: left for slug, left in found.items() if portfolio.accounts[slug].stage == "key"}
    ours = _together(key.values())
    others = _together(left for slug, left in found.items() if slug not in key)
    whole = ours.left + others.left
    ordered = dict(sorted(key.items(), key=lambda pair: (-pair[1].left, pair[0])))
    return Profit(ours, others, ordered, ours.left / whole if whole > 0 else None)


def _left_by_account(portfolio: Portfolio) -> dict[str, Left]:
    months = frozenset(full_months(portfolio))
    found: dict[str, Left] = {}
    for slug, rows in (portfolio.exports.sales or {}).items():
        told = [(row.amount, row.margin) for row in rows if row.margin is not None and row.month in months]
        if told and slug in portfolio.accounts:
            found[slug] = Left(sum((sold for sold, _ in told), _ZERO), sum((left for _, left in told), _ZERO))
    return found


def _together(found: Iterable[Left]) -> Left:
    every = list(found)
    return Left(sum((one.sold for one in every), _ZERO), sum((one.left for one in every), _ZERO))
