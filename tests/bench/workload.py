"""A made-up workspace of any size: the same files for the same size, so that runs can be compared.

Of all accounts a fifth are folders (account, contacts, a plan of about 3 kB, four notes, an audit; each fourth of them,
5 % of all, is a key account) and the rest are single files. Each has 24 months of sales. Judged on 2026-05-06, a few
per cent of them have something wrong with them, as in life.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from kamgen.model.identity import slug
from tests.bench.words import (
    FAMILIES,
    FIRST,
    HOUSES,
    LAST,
    REGIONS,
    SEGMENTS,
    TITLES,
    TOWNS,
    TRADES,
    paragraph,
    sentence,
)

TODAY = date(2026, 5, 6)
MONTHS = [f"{2024 + (month + 4) // 12}-{(month + 4) % 12 + 1:02}" for month in range(24)]  # 2024-05 to 2026-04
FOLDER_EVERY, KEY_EVERY = 5, 20
ACCOUNTS_PER_PERSON = 20
LEVELS = ("instigator",) * 3 + ("influencer",) * 4 + ("implementer",) * 5
OURS = 500  # the first names of all belong to our own people, so that no contact has the id of one of us
REPOSITORY = Path(__file__).parents[2]

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Team:
    """Our own people by id; the first ones are senior."""

    people: Mapping[str, Data]
    senior: Sequence[str]
    managers: Sequence[str]


def write_workload(root: Path, accounts: int) -> None:
    """Write a workspace of so many accounts into a new folder."""
    chance = random.Random(accounts)
    team = _team(chance, accounts)
    _write_playbook(root, chance, team)
    slugs = []
    for number, name in enumerate(_names(chance, accounts)):
        slugs.append(slug(name))
        _write_account(root / "accounts", chance, team, number, name)
    _write_sales(root / "accounts" / "sales.csv", chance, slugs)


class _Prose(str):
    """Text that is written as an indented block."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes YAML as people do: no aliases, prose as blocks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    _Prose, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def _yaml(data: Any) -> str:
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=66)
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _prose(text: str) -> _Prose:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 66:
            lines.append(line)
            line = ""
        line = f"{line} {word}".lstrip()
    return _Prose("\n".join([*lines, line]) + "\n")


def _ago(chance: random.Random, least: int, most: int) -> date:
    return TODAY - timedelta(days=chance.randint(least, most))


def _ahead(chance: random.Random, least: int, most: int) -> date:
    return TODAY + timedelta(days=chance.randint(least, most))


def _names(chance: random.Random, count: int) -> list[str]:
    towns = [town for names in TOWNS.values() for town in names]
    every = [f"{house} {trade} {town}" for house in HOUSES for trade in TRADES for town in towns]
    return chance.sample(every, count)


def _country(name: str) -> str:
    return next(country for country, towns in TOWNS.items() if any(name.endswith(f" {town}") for town in towns))


def _people(chance: random.Random, count: int, numbers: range = range(OURS, len(FIRST) * len(LAST))) -> list[str]:
    return [f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST)]}" for n in chance.sample(numbers, count)]


def _team(chance: random.Random, accounts: int) -> Team:
    senior = 3 + accounts // 200
    names = _people(chance, senior + 3 + accounts // ACCOUNTS_PER_PERSON, range(OURS))
    ids = [slug(name) for name in names]
    people: dict[str, Data] = {}
    for number, (person, name) in enumerate(zip(ids, names, strict=True)):
        if number < senior:
            people[person] = {"name": name, "title": "Sales Director", "senior": True}
        else:
            people[person] = {"name": name, "title": "Account Manager", "reports_to": chance.choice(ids[:senior])}
    return Team(people, ids[:senior], ids[senior:])


def _write_playbook(root: Path, chance: random.Random, team: Team) -> None:
    folder = root / "playbook"
    _write(folder / "kamgen.yml", _yaml({"as_of": TODAY, "company": ["Ownhouse"]}))
    _write(folder / "team.yml", _yaml(dict(team.people)))
    _write(folder / "offer.yml", _yaml({family: {"name": name} for family, name in FAMILIES.items()}))
    titles = ("Playbook", "Choosing", "Planning", "Rhythm", "Talking")
    for title in titles:
        parts = [f"## Part {part}\n\n{paragraph(chance, 'page', 12)}\n" for part in range(1, 5)]
        _write(folder / f"{slug(title)}.md", f"# {title}\n\n" + "\n".join(parts))
    _write(root / "mkdocs.yml", _yaml(site_settings([f"{slug(title)}.md" for title in titles])))


def site_settings(playbook: Sequence[str]) -> Data:
    """The demo's own mkdocs.yml, so that what is measured is what is shipped, with other hand-written pages."""
    settings: Data = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["nav"] = [
        {title: list(playbook)} if isinstance(target, list) else {title: target}
        for entry in settings["nav"]
        for title, target in entry.items()
    ]
    return settings


def _write_account(folder: Path, chance: random.Random, team: Team, number: int, name: str) -> None:
    """A folder or a single file, by the account's number."""
    manager = team.managers[number % len(team.managers)]
    if number % FOLDER_EVERY:
        _write(folder / f"{slug(name)}.yml", _yaml(_light(chance, team, number, name, manager)))
        return
    folder /= slug(name)
    contacts = _contacts(chance, team, manager)
    people = list(contacts)
    key = number % KEY_EVERY == 0
    sponsor = chance.choice(team.senior)
    details = _details(number, name, "key" if key else "customer", manager)
    _write(folder / "account.yml", _yaml(details | _served(chance, team, manager, sponsor, key)))
    _write(folder / "contacts.yml", _yaml(contacts))
    _write(folder / "plan.yml", _yaml(_plan(chance, team, manager, people)))
    if key:
        _write(folder / "partnership.yml", _yaml(_partnership(chance)))
    audited = _ago(chance, 20, 380)
    _write(folder / "audits" / f"{audited}.yml", _yaml(_audit(chance, sponsor, people)))
    for path, text in _notes(chance, manager, sponsor, people):
        _write(folder / "notes" / path, text)


def _details(number: int, name: str, stage: str, manager: str) -> Data:
    country = _country(name)
    return {
        "name": name,
        "stage": stage,
        "country": country,
        "region": REGIONS.get(country, "Western Europe"),
        "segment": SEGMENTS[number % len(SEGMENTS)],
        "crm_id": f"{number:05}",
        "manager": manager,
    }


def _light(chance: random.Random, team: Team, number: int, name: str, manager: str) -> Data:
    contacts: Data = {}
    for person in _people(chance, chance.randint(1, 3)):
        contacts[slug(person)] = _contact(chance, person, chance.choice(LEVELS), [manager])
    return {**_details(number, name, "customer", manager), "contacts": contacts}


def _contact(chance: random.Random, name: str, level: str, covered_by: list[str]) -> Data:
    return {
        "name": name,
        "title": chance.choice(TITLES[level]),
        "level": level,
        "stance": chance.choice(("advocate", "supporter", "supporter", "neutral", "neutral")),
        "covered_by": covered_by,
        "checked": _ago(chance, 5, 182),
    }


def _contacts(chance: random.Random, team: Team, manager: str) -> Data:
    """Twelve people over the three policy levels, those who decide first."""
    contacts = {}
    for name, level in zip(_people(chance, len(LEVELS)), LEVELS, strict=True):
        ours = [manager, chance.choice(team.senior if level == "instigator" else team.managers)]
        contacts[slug(name)] = _contact(chance, name, level, list(dict.fromkeys(ours)))
    return contacts


def _served(chance: random.Random, team: Team, manager: str, sponsor: str, key: bool) -> Data:
    others = [person for person in team.managers if person != manager]
    contract = _ahead(chance, 200, 500)
    served: Data = {
        "buddy": chance.choice(others),
        "sponsor": sponsor,
        "team": chance.sample(others, 2),
        "wallet": {2026: chance.randint(40, 900) * 1000},
        "dates": [{"what": "Frame contract ends", "on": contract, "act_before": contract - timedelta(days=14)}],
    }
    if key:
        served["selection"] = _selection(chance, team)
        served["promises"] = [_promise(chance, manager)]
    return served


def _selection(chance: random.Random, team: Team) -> Data:
    criteria = ("profitability", "prestige", "access", "strategic-fit", "openness-to-partnership")
    return {
        "definition": ["must-not-lose", "future-profit"],
        "scores": {criterion: chance.randint(3, 5) for criterion in criteria},
        "reason": paragraph(chance, "aims", 2),
        "agreed_by": chance.sample(team.senior, 2),
        "agreed_on": _ago(chance, 70, 390),
    }


def _promise(chance: random.Random, owner: str) -> Data:
    return {
        "id": "same-day-answer",
        "what": "A named person answers within the working day",
        "owner": owner,
        "measure": "share of questions answered the same day",
        "target": {"at_least": 0.9},
        "kept": {month: chance.randint(89, 99) / 100 for month in MONTHS[-4:]},
    }


def _plan(chance: random.Random, team: Team, manager: str, people: Sequence[str]) -> Data:
    """A plan of about 3 kB, most of it in order."""
    ends = _ahead(chance, -1, 85)
    return {
        "reviewed": _ago(chance, 1, 36),
        "reviewed_by": [manager, chance.choice(team.senior)],
        "period": {"ends": ends, "reach": sentence(chance, "reach")},
        "intelligence": _intelligence(chance),
        "intentions": {
            "better-together": _goal(chance, "customer", manager, people),
            "at-the-table": _goal(chance, "relationship", manager, people),
        },
        "implementation": list(_actions(chance, team, manager, people)),
    }


def _intelligence(chance: random.Random) -> Data:
    prose: Data = {"business": _prose(paragraph(chance, "business", 2))}
    for kind in ("culture", "aims", "pressures"):
        prose[kind] = _prose(paragraph(chance, kind, 1))
    swot: Data = {"strengths": [sentence(chance, "strength")], "weaknesses": [sentence(chance, "weakness")]}
    for key, kind, goal in (("opportunities", "opportunity", "better-together"), ("threats", "threat", "at-the-table")):
        what = {"what": sentence(chance, kind), "source": "Visit", "on": _ago(chance, 20, 185), "goal": goal}
        swot[key] = [what]
    return prose | swot


def _goal(chance: random.Random, for_: str, owner: str, people: Sequence[str]) -> Data:
    start, since, due = chance.randint(20, 40), _ago(chance, 90, 150), _ahead(chance, 100, 240)
    first, second = _distinct(chance, "step", 2)
    return {
        "goal": sentence(chance, "customer_goal" if for_ == "customer" else "bond_goal"),
        "for": for_,
        "owner": owner,
        "agreed_with": [people[chance.randrange(4)]],
        "measure": "complaints a quarter, counted by them",
        "start": start,
        "aim": 4,
        "readings": {_ago(chance, 3, 61): start - chance.randint(6, 16)},
        "since": since,
        "due": due,
        "stages": [
            {"what": first, "due": since + timedelta(days=40), "done": since + timedelta(days=38)},
            {"what": second, "due": _ahead(chance, -9, 95)},
        ],
    }


def _actions(chance: random.Random, team: Team, manager: str, people: Sequence[str]) -> Iterator[Data]:
    """One done, three open: ours, a colleague's and the customer's; every twentieth or so is overdue."""
    done = _ago(chance, 10, 80)
    owners = (manager, manager, chance.choice(team.managers), chance.choice(people))
    for number, (what, who) in enumerate(zip(_distinct(chance, "action", len(owners)), owners, strict=True)):
        due = _ahead(chance, -4, 70) if number else done + timedelta(days=3)
        action = {"what": what, "who": who, "due": due, "goal": chance.choice(("better-together", "at-the-table"))}
        yield action if number else action | {"done": done}


def _distinct(chance: random.Random, kind: str, count: int) -> list[str]:
    """So many sentences that no two make the same id."""
    found: dict[str, str] = {}
    while len(found) < count:
        text = sentence(chance, kind)
        found.setdefault(slug(text), text)
    return list(found.values())


def _partnership(chance: random.Random) -> Data:
    indicators = ("value-shown", "asks-our-advice", "joint-action-plan", "no-nasty-surprises", "open-feedback")
    return {name: {"evidence": sentence(chance, "note"), "on": _ago(chance, 20, 370)} for name in indicators}


def _audit(chance: random.Random, sponsor: str, people: Sequence[str]) -> Data:
    questions = ("unresolved", "main-aims", "pressures", "more-value", "how-often")
    goals = ("better-together", "at-the-table")
    return {
        "who": [sponsor],
        "with": list(people[:2]),
        "marks": chance.randint(5, 9),
        "seen_as": chance.choice(("supplier", "partner")),
        "answers": {
            question: {"answer": sentence(chance, "answer"), "goal": chance.choice(goals)} for question in questions
        },
    }


def _notes(chance: random.Random, manager: str, sponsor: str, people: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A senior review, two meetings and something of value: file name and text."""
    for kind, who, with_, days in (
        ("review", [sponsor, manager], people[:3], (20, 182)),
        ("visit", [manager], people[3:7], (10, 91)),
        ("call", [manager], people[7:], (2, 61)),
        ("value", [manager], people[4:6], (30, 200)),
    ):
        title = sentence(chance, "step")
        head = _yaml({"kind": kind, "with": list(with_), "who": who})
        body = f"{paragraph(chance, 'note', 3)}\n\n- {sentence(chance, 'note')}\n- {sentence(chance, 'note')}\n"
        yield f"{_ago(chance, *days)}-{kind}.md", f"---\n{head}---\n# {title}\n\n{body}"


def _write_sales(path: Path, chance: random.Random, slugs: Sequence[str]) -> None:
    """Two families a month for each account, with seasons, trends and noise; some buy less, few have stopped."""
    families = list(FAMILIES)
    lines = ["account,month,product,amount"]
    for account in sorted(slugs):
        size, trend = 10 ** chance.uniform(2.5, 4.5), chance.uniform(-0.008, 0.02)
        bought = chance.sample(families, 4)
        for number, month in enumerate(MONTHS):
            for family in sorted((bought[number % 2], bought[2 + number % 2])):
                amount = size * (1 + trend * number) * chance.uniform(0.7, 1.3)
                lines.append(f"{account},{month},{family},{amount:.2f}")
    _write(path, "\n".join(lines) + "\n")
