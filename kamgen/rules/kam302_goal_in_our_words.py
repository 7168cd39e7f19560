"""A goal for the customer is worded from our side.

**Why it matters.** "Sell the whole range to all stores" is our wish with the customer's name on it. Nobody of theirs
would put their name to it, and whoever works towards it works for us, not for them.

**To put it right.** Ask what they will see when it is reached, and say that: not "replace their system with ours" but
"their deciders see us as the supplier who brought better results". What we gain belongs into a goal with `for: us`.

**The method.** Word a goal as the customer will see us when it is reached, and work back from that end. Only goals with
`for: customer` are judged, and only three things are told:

- a word of the list `words: selling_verbs` in `kamgen.yml` at the very beginning, also after "To" or "We want to",
  unless they are to sell it on ("Sell more cheese to their guests");
- a phrase of that list anywhere, unless it is they who do it ("Hotels win business with our breakfast boxes"), or it
  means something else: "our sales" may be people or papers ("our sales desk"), and what we increase our service
  ("increase our on-time rate");
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
# Somebody is doing it who stands right before it: "Hotels win business". One of us would be "we" or "us".
_MANY = re.compile(r"\b(?!us\b)\w+s\s+$", re.IGNORECASE)
# "Our sales" in these is a desk or a list, "our share" a duty, and what we increase is of use to them.
_OTHER_SENSE = re.compile(
    r"sales\s+(?:team|desk|people|person|staff|office|force|reps?|representatives?|managers?|colleagues|department"
    r"|data|figures|forecasts?|statistics|reports?|terms|conditions|hotline|line|support|engineers?|assistants?"
    r"|contacts?|advis[eo]rs?|consultants?|portal|app|site|meetings?|calls?|visits?|catalogues?|brochures?|samples?)\b"
    r"|share\s+of\s+(?:the\s+|a\s+)?(?:joint\s+|common\s+)?"
    r"(?:work|costs?|risks?|blame|effort|bargain|duties|tasks?|forecasts?|plans?|load|burden|waste|savings?|voice)\b"
    r"|turnover\s+of\s+(?:staff|drivers|people|personnel)\b"
    r"|order\s+(?:book|desk|form|line|list|window)s?\b"
    r"|our\s+(?:hands?|voice|own|on-time|reliab\w*|punctual\w*|accura\w*|availab\w*|quality|service\w*|deliver\w*"
    r"|speed|response\w*|answer\w*|stocks?|customer\w*)\b"
    r"|margin\s+of\s+error\b",
    re.IGNORECASE,
)
# What stands after a selling word at the beginning when it is none: a date, a notice, or what they sell on.
_NO_SELLING = re.compile(
    r"[\s-]+(?:by\s+dates?|out|through|notifications?|messages?|buttons?)\b"
    r"|[^.;!?]*\bto\s+(?:their|its|his|her)\s+(?:\w+\s+){0,2}"
    r"(?:guests|customers|shoppers|diners|clients|patients|visitors|passengers|members|regulars|consumers)\b",
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
    if opening and (match := opening.match(text)) and not _NO_SELLING.match(text, match.end()):
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
    return bool(_THEIR_DOING.search(sentence) or _CAN.search(sentence) or _MANY.search(sentence))


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
