"""A goal for the customer is worded from our side.

**Why it matters.** "Sell the whole range to all stores" is our wish with the customer's name on it. Nobody of theirs
would put their name to it, and whoever works towards it works for us, not for them.

**To put it right.** Ask what they will see when it is reached, and say that: not "replace their system with ours" but
"their deciders see us as the supplier who brought better results". What we gain belongs into a goal with `for: us`.

**The method.** Word a goal as the customer will see us when it is reached, and work back from that end. Only goals with
`for: customer` are judged, and only three things are told:

- a word of the list `words: selling_verbs` in `kamgen.yml` at the very beginning, also after "To" or "We want to";
- a phrase of that list anywhere, unless it is they who do it ("They win business with our cheese"), or "our sales"
  means people or papers ("our sales desk");
- one of our own names from `company`, written as it stands there.

What stands in quotation marks is the customer speaking, and a name of theirs in which ours happens to stand is theirs:
neither is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kamgen.facts.plans import planned
from kamgen.facts.texts import shown
from kamgen.facts.threads import worded_goals
from kamgen.finding import Problem
from kamgen.model.identity import subject
from kamgen.model.portfolio import Account, Portfolio
from kamgen.rules import Rule

RULE = Rule(
    "KAM302",
    "goal-in-our-words",
    "ii--",
    needs=("plan",),
    hint="Say what they will see once it is reached, as they would say it.",
    bad="""
        plan:
          intentions:
            whole-range:
              goal: Sell the whole seafood range to all 22 stores
              for: customer
        """,
    good="""
        plan:
          intentions:
            whole-range:
              goal: Every store finds fresh seafood for its counter with one call
              for: customer
        """,
)

# A goal is a sentence; of a page pasted in, only the beginning is judged, so that it cannot take long.
_A_SENTENCE = 500
# The beginnings after which "to sell" is still what *we* want, and not what we help them to do.
_WE_WANT = (
    r"(?:(?:we|i)\s+(?:\w+\s+)?(?:want|aim|plan|intend|hope|wish|need|have|try|mean|like)\s+"
    r"|(?:our|the|my)\s+(?:\w+\s+)?(?:aim|goal|target|objective|intention|plan|wish)\s+is\s+)?to\s+"
)
_QUOTED = re.compile('"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’')
# Words that tell that somebody else than we is doing it, or that we help them to.
_THEIR_DOING = re.compile(
    r"\b(?:they|their|theirs|them|he|she|who|which|that|help\w*)\b|\w['’]s\b|s['’]\s", re.IGNORECASE
)
_CAN = re.compile(r"\b(?<!we )(?:can|could|may|will)\b", re.IGNORECASE)
# "Our sales" in these is a desk or a list, and "our share" a duty.
_OTHER_SENSE = re.compile(
    r"sales\s+(?:team|desk|people|person|staff|office|force|reps?|representatives?|managers?|colleagues|department"
    r"|data|figures|forecasts?|statistics|reports?|terms|conditions)\b"
    r"|share\s+of\s+(?:the\s+)?(?:work|costs?|risks?|blame|effort|bargain|duties)\b"
    r"|margin\s+of\s+error\b",
    re.IGNORECASE,
)


def check(portfolio: Portfolio) -> Iterator[Problem]:
    """Open goals for the customer that hold selling words at the beginning, our figures, or our name."""
    patterns = _patterns(portfolio.settings.words.selling_verbs)
    company = _names(portfolio.settings.company)
    for account, plan in planned(portfolio):
        for goal_id, goal in worded_goals(portfolio, plan):
            if goal.for_ != "customer":
                continue
            said = _QUOTED.sub(" ", goal.goal[:_A_SENTENCE])
            if found := [*_selling(said, *patterns), *_our_names(account, said, company)]:
                words = ", ".join(f'"{word}"' for word in dict.fromkeys(found))
                message = f'"{shown(goal.goal)}" is a goal for the customer in our words: {words}.'
                yield Problem(account.slug, subject("plan", "intentions", goal_id, "goal"), message)


def _selling(text: str, opening: re.Pattern[str] | None, within: re.Pattern[str] | None) -> Iterator[str]:
    """The selling words of a text, as they stand in it."""
    if opening and (match := opening.match(text)):
        yield match[1]
    for match in within.finditer(text) if within else ():
        ours = match[0].casefold().startswith("our ")
        if _other_sense(text, match) or (not ours and _is_their_doing(text[: match.start()])):
            continue
        yield match[0]


def _other_sense(text: str, match: re.Match[str]) -> bool:
    last = match[0].split()[-1]
    return _OTHER_SENSE.match(text, match.end() - len(last)) is not None


def _is_their_doing(before: str) -> bool:
    """Whether the sentence has named somebody else than us before a phrase: then it is they who do it."""
    sentence = re.split(r"[.;:!?]\s", before)[-1]
    return bool(_THEIR_DOING.search(sentence) or _CAN.search(sentence))


def _our_names(account: Account, text: str, company: re.Pattern[str] | None) -> list[str]:
    if company is None:
        return []
    sites = (site.name for site in account.record.sites.values())
    people = (contact.name for contact in account.contacts.values())
    for name in (account.name, *sites, *people):
        text = text.replace(name, " ") if name else text
    return [match[0] for match in company.finditer(text)]


@lru_cache(maxsize=4)
def _patterns(listed: tuple[str, ...]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What the list looks like at the beginning of a text (words of one piece), and anywhere in it (phrases)."""
    entries = [entry.strip() for entry in listed if entry.strip()]
    verbs = _either(entry for entry in entries if " " not in entry)
    phrases = _either(entry for entry in entries if " " in entry)
    return (
        # Not before a hyphen: a sell-by date is nobody's sale.
        re.compile(rf"\W*(?:{_WE_WANT})?({verbs})(?![\w-])", re.IGNORECASE) if verbs else None,
        re.compile(rf"\b(?:{phrases})(?![\w-])", re.IGNORECASE) if phrases else None,
    )


@lru_cache(maxsize=4)
def _names(listed: tuple[str, ...]) -> re.Pattern[str] | None:
    # As written: a house called Best or Target must not be found in every sentence.
    names = _either(listed)
    return re.compile(rf"(?<![\w-])(?:{names})(?!\w)") if names else None


def _either(entries: Iterable[str]) -> str:
    """One pattern for several texts, the longest first, any white space between their words."""
    by_length = sorted((entry for entry in entries if entry), key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in entry.split()) for entry in by_length)
