"""The words of a page: stages, levels, kinds and roles, as the field calls them. Numbers and dates: `pages.wording`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kamgen.facts.standing import Tally
from kamgen.finding import LEVELS
from kamgen.pages.wording import Wording

STAGES: Mapping[str | None, str] = {
    "key": "Key account",
    "customer": "Customer",
    "prospect": "Prospect",
    "suspect": "Suspect",
    None: "Stage unknown",
}
MANY_STAGES: Mapping[str, str] = {
    "key": "Key accounts",
    "customer": "Customers",
    "prospect": "Prospects",
    "suspect": "Suspects",
}
SECTIONS: Mapping[str, str] = {
    "intelligence": "Intelligence",
    "intentions": "Intentions",
    "implementation": "Implementation",
    "relationships": "Relationships",
    "freshness": "Freshness",
    "partnership": "Partnership",
    "account": "Account",
}
POLICY: Mapping[str | None, str] = {
    "instigator": "decides policy",
    "influencer": "shapes policy",
    "implementer": "carries policy out",
    None: "level not known",
}
POLICY_WHO: Mapping[str, str] = {
    "instigator": "those who decide policy",
    "influencer": "those who shape policy",
    "implementer": "those who carry policy out",
}
SHAPES: Mapping[str, str] = {
    "none": "No ties on record",
    "bow-tie": "Bow-tie: everything hangs on one person",
    "lopsided": "Lopsided: one person holds more than half of the ties",
    "broad": "Broad: several people on both sides, but not on all three levels",
    "diamond": "Diamond: many to many, on all three levels",
}
FOR: Mapping[str | None, str] = {
    "customer": "Value for the customer",
    "us": "Value for us",
    "relationship": "For the relationship",
    None: "Nobody said for whom",
}
PARTS: Mapping[str, str] = {"past": "Past and present", "future": "Future", "key": "On being a key account"}
ROLES: Mapping[str, str] = {"manager": "Manager", "sponsor": "Sponsor", "buddy": "Buddy", "team": "In the team"}
FAMILIES: Mapping[int, str] = {
    0: "Data",
    1: "The plan's sections",
    2: "Intelligence",
    3: "Intentions",
    4: "Implementation",
    5: "Freshness",
    6: "Relationships",
    7: "Programme",
    8: "Partnership, audits, promises",
    9: "Confidentiality",
}
KINDS: Mapping[str, str] = {
    "visit": "Visit",
    "call": "Call",
    "meeting": "Meeting",
    "review": "Senior review",
    "touch": "Contact that sells nothing",
    "value": "Value delivered",
    "issue": "Issue",
    "signal": "Signal",
    "internal": "Internal meeting",
}

EVENTS: Mapping[str, str] = {
    "review": "Plan review",
    "period": "End of 90 days",
    "audit": "Audit",
    "senior-review": "Senior review",
    "date": "Their dates",
    "planned": "Booked",
}
ASKS: Mapping[str, str] = {
    "review": "Go through the plan together, and enter the day as `reviewed`.",
    "period": "Say what became of the point to reach, and agree the next one.",
    "audit": "Have somebody senior ask them how they see us.",
    "senior-review": "Bring our sponsor together with somebody of theirs who decides.",
    "date": "Agree with them how it goes on while acting still helps.",
}
NEVER_HELD: Mapping[str, str] = {
    "review": "The plan was never reviewed",
    "audit": "No audit is on record",
    "senior-review": "No senior review is on record",
}
GATES: Mapping[str, str] = {
    "overdue": "Overdue",
    "30": "Within 30 days",
    "60": "In 31 to 60 days",
    "90": "In 61 to 90 days",
    "later": "Later",
}


def tally_words(tally: Tally, wording: Wording) -> str:
    """2 errors, 1 warning, 3 infos; or: in order."""
    parts = [wording.count(getattr(tally, level), level) for level in LEVELS if getattr(tally, level)]
    return ", ".join(parts) or "in order"


def worst_words(tally: Tally, wording: Wording) -> str:
    """The most serious level alone: 2 errors; or: in order."""
    if not tally.worst:
        return "in order"
    return wording.count(tally.worst_count, tally.worst)


def several(words: Iterable[str], last: str = "and") -> str:
    """A, B and C."""
    *head, tail = [word for word in words if word] or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def sentence(text: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return text[:1].upper() + text[1:]
