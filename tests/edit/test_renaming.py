"""Another name for an account, a person or an item: every reference follows, and nothing seems gone or new."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamgen.difference import Compared, difference
from kamgen.edit.cells import renamed_cells
from kamgen.errors import KamgenError
from kamgen.facts.ledger import Entry, ledger
from kamgen.facts.past import changed_since, last_change
from kamgen.model.portfolio import Portfolio
from kamgen.model.references import renamed as renamed_in_memory
from kamgen.project import Clock, check_workspace
from kamgen.read.workspace import read_workspace
from kamgen.upkeep import Kept, rename
from tests.conftest import NOW, write_files
from tests.edit.conftest import Run, tree
from tests.edit.slips.applying import told
from tests.edit.styles import ACCOUNT, Writer, made
from tests.history import commit_on

CLOCK = Clock(NOW)
HOME = "accounts/ernst-handel/"
PICTURE = b"PNG\0\1"
FILES: dict[str, str | bytes] = {
    "playbook/team.yml": (
        "margaret-peacock: {name: Margaret Peacock, reports_to: andrew-fuller}\n"
        "andrew-fuller:   # our boss\n  name: Andrew Fuller\n  senior: true\n"
    ),
    "playbook/kamgen.yml": (
        "waivers:\n  - rule: KAM707\n    subject: people.margaret-peacock\n    reason: She wants it\n"
        "    agreed_by: margaret-peacock\n    until: 2026-07-01\n"
    ),
    "playbook/plan.md": (
        "# Plans\n\n"
        '{{ account("ernst-handel") }} and {{ account( \'ernst-handel\' ) }} by {{ person("margaret-peacock") }}\n'
        '{{ account("ernst-handel-linz") }}\n'
        "See [them](accounts/ernst-handel/index.md#people) and [her](../people/margaret-peacock/), "
        "not [Linz](accounts/ernst-handel-linz/).\n"
    ),
    f"{HOME}account.yml": (
        "name: Ernst Handel   # since 1994\nstage: customer\ncrm_id: ERNSH\nmanager: margaret-peacock\n"
        "team: [andrew-fuller, 'margaret-peacock']\nsites: {graz: {name: Graz}}\n"
        "dates:\n  - {what: Frame contract ends, on: 2026-12-31}\n"
        "waivers:\n"
        "  - rule: KAM604\n    subject: contacts.roland-mendel\n    reason: A\n"
        "    agreed_by: margaret-peacock\n    until: 2026-07-01\n"
        "  - {rule: KAM306, subject: plan.intentions.shelves.stages.baseline, reason: B, until: 2026-07-01}\n"
    ),
    f"{HOME}contacts.yml": (
        "# Their people\r\nroland-mendel:\r\n  name: Roland Mendel\r\n"
        "  covered_by: margaret-peacock\r\n  site: graz\r\n"
        "petra-hofer: {name: Petra Hofer, leaves: 2026-04-30, successor: roland-mendel}\r\n"
    ),
    f"{HOME}plan.yml": (
        "reviewed: 2026-04-20\nreviewed_by:\n  - margaret-peacock  # alone\n"
        "intelligence:\n  threats:\n    - {what: Vienna, on: 2026-03-01, goal: shelves, about: roland-mendel}\n"
        "intentions:\n"
        "  shelves:\n    goal: No gaps in the cold store\n"
        "    owner: margaret-peacock\n    agreed_with: [roland-mendel]\n"
        "    stages:\n      - {what: Baseline, due: 2026-03-31, done: 2026-03-30}\n"
        "      - {what: Forecast, due: 2026-06-30}\n"
        "implementation:\n"
        "  - what: Count the stock\n    who:\n      - margaret-peacock\n      - roland-mendel\n    due: 2026-05-30\n"
        "    goal: shelves\n    about: [frame-contract-ends, roland-mendel]\n"
        "  - Call roland-mendel\n"
    ),
    f"{HOME}notes/2026-03-12-visit.md": (
        "---\nkind: visit\nwith: roland-mendel\nwho: margaret-peacock\n"
        "---\n# Visit\n\nroland-mendel said ![so](so.png)\n"
    ),
    f"{HOME}notes/so.png": PICTURE,
    f"{HOME}audits/2026-03-18.yml": (
        "who: andrew-fuller\nwith: [roland-mendel]\nanswers:\n"
        "  unresolved: {answer: roland-mendel, action: count-the-stock}\n"
        "  pressures: {answer: x, goal: shelves}\n"
    ),
    "accounts/light.yml": "name: Light\nstage: prospect\nmanager: margaret-peacock\ncontacts: {anna: {name: Anna}}\n",
    "accounts/sales.csv": (
        "account,month,product,amount\r\nernst-handel,2026-03,ernst-handel,1\r\nlight,2026-03,x,2\r\n"
    ),
    "accounts/activities.csv": (
        "date;crm_id;contact;who;kind\n2026-03-02;ERNSH;roland-mendel;margaret-peacock;visit\n"
        "2026-03-03;OTHER;roland-mendel;andrew-fuller;visit\n"
    ),
    "kamgen-baseline.json": (
        '{\n  "format": 1,\n  "findings": [\n    "KAM306|ernst-handel|plan.intentions.shelves.stages.forecast",\n'
        '    "KAM604|ernst-handel|contacts.roland-mendel",\n    "KAM707||people.margaret-peacock.load"\n  ]\n}\n'
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, FILES)


def renamed(root: Path, kind: str, old: str, new: str, dry_run: bool = False) -> Kept:
    return rename(root, CLOCK, kind, old, new, dry_run)


def findings(root: Path) -> Counter[str]:
    """What a check finds, whoever and whatever it is about is called."""
    return Counter(f"{one.code} {one.level} {one.suppressed}" for one in check_workspace(root, CLOCK).findings)


# --- An account ----------------------------------------------------------------------------------------------------


def test_an_account_moves_with_everything_that_names_it(root: Path) -> None:
    before, found = tree(root), findings(root)
    said = renamed(root, "account", "ernst-handel", "handel")
    after = tree(root)
    moved = {name.replace("/ernst-handel/", "/handel/"): raw for name, raw in before.items()}
    assert after.keys() == moved.keys()
    assert after["accounts/handel/notes/so.png"] == PICTURE
    assert told(moved, root) == (
        "+++ b/accounts/handel/account.yml\n+formerly: [ernst-handel]\n"
        "+++ b/accounts/sales.csv\n-ernst-handel,2026-03,ernst-handel,1␍\n+handel,2026-03,ernst-handel,1␍\n"
        "+++ b/kamgen-baseline.json\n"
        '-    "KAM306|ernst-handel|plan.intentions.shelves.stages.forecast",\n'
        '-    "KAM604|ernst-handel|contacts.roland-mendel",\n'
        '+    "KAM306|handel|plan.intentions.shelves.stages.forecast",\n'
        '+    "KAM604|handel|contacts.roland-mendel",\n'
        "+++ b/playbook/plan.md\n"
        '-{{ account("ernst-handel") }} and {{ account( \'ernst-handel\' ) }} by {{ person("margaret-peacock") }}\n'
        '+{{ account("handel") }} and {{ account( \'handel\' ) }} by {{ person("margaret-peacock") }}\n'
        "-See [them](accounts/ernst-handel/index.md#people) and [her](../people/margaret-peacock/), "
        "not [Linz](accounts/ernst-handel-linz/).\n"
        "+See [them](accounts/handel/index.md#people) and [her](../people/margaret-peacock/), "
        "not [Linz](accounts/ernst-handel-linz/).\n"
    )
    assert not (root / "accounts" / "ernst-handel").exists()
    assert findings(root) == found
    assert said.text().startswith(
        "ernst-handel is now handel.\nWritten:\n  accounts/handel\n  accounts/handel/account.yml\n"
    )


def test_a_light_account_with_a_folder_beside_it(root: Path) -> None:
    write_files(root, {"accounts/light/notes/2026-01-05-call.md": "---\nkind: call\n---\n", "accounts/light/.keep": ""})
    renamed(root, "account", "light", "lamp")
    assert sorted(name for name in tree(root) if "lamp" in name or "light" in name) == [
        "accounts/lamp.yml",
        "accounts/lamp/.keep",
        "accounts/lamp/notes/2026-01-05-call.md",
    ]


def test_there_and_back_again(root: Path) -> None:
    renamed(root, "account", "light", "lamp")
    renamed(root, "account", "lamp", "lantern")
    assert (root / "accounts" / "lantern.yml").read_text().endswith("formerly: [light, lamp]\n")
    renamed(root, "account", "lantern", "light")
    assert (root / "accounts" / "light.yml").read_text().endswith("formerly: [lamp, lantern]\n")


@pytest.mark.parametrize("at", range(0, 30, 3))
def test_a_stop_on_the_way_leaves_everything_as_it_was(root: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before, done = tree(root), 0

    def stopping(work: Any) -> Any:
        def stop(self: Path, *values: Any, **more: Any) -> Any:
            nonlocal done
            done += 1
            if done == at + 1:
                raise OSError(28, os.strerror(28))
            return work(self, *values, **more)

        return stop

    monkeypatch.setattr(Path, "replace", stopping(Path.replace))
    monkeypatch.setattr(Path, "unlink", stopping(Path.unlink))
    with suppress(KamgenError, OSError):
        renamed(root, "account", "ernst-handel", "handel")
    monkeypatch.undo()
    names = tree(root).keys()
    old = {name: raw for name, raw in tree(root).items() if not re.search(r"\.(old|new)\.tmp$", name)}
    assert old == before or any("/handel/" in name for name in names)
    assert not (old != before and any("/ernst-handel/" in name for name in old))


# --- One of our people ---------------------------------------------------------------------------------------------


def test_a_person_is_renamed_everywhere(root: Path) -> None:
    before, found = tree(root), findings(root)
    renamed(root, "person", "margaret-peacock", "meg")
    assert told(before, root) == (
        "+++ b/accounts/activities.csv\n"
        "-2026-03-02;ERNSH;roland-mendel;margaret-peacock;visit\n+2026-03-02;ERNSH;roland-mendel;meg;visit\n"
        f"+++ b/{HOME}account.yml\n-manager: margaret-peacock\n-team: [andrew-fuller, 'margaret-peacock']\n"
        "+manager: meg\n+team: [andrew-fuller, 'meg']\n"
        "-    agreed_by: margaret-peacock\n+    agreed_by: meg\n"
        f"+++ b/{HOME}contacts.yml\n-  covered_by: margaret-peacock␍\n+  covered_by: meg␍\n"
        f"+++ b/{HOME}notes/2026-03-12-visit.md\n-who: margaret-peacock\n+who: meg\n"
        f"+++ b/{HOME}plan.yml\n-  - margaret-peacock  # alone\n+  - meg  # alone\n"
        "-    owner: margaret-peacock\n+    owner: meg\n-      - margaret-peacock\n+      - meg\n"
        "+++ b/accounts/light.yml\n-manager: margaret-peacock\n+manager: meg\n"
        "+++ b/kamgen-baseline.json\n"
        '-    "KAM707||people.margaret-peacock.load"\n+    "KAM707||people.meg.load"\n'
        "+++ b/playbook/kamgen.yml\n-    subject: people.margaret-peacock\n+    subject: people.meg\n"
        "-    agreed_by: margaret-peacock\n+    agreed_by: meg\n"
        "+++ b/playbook/plan.md\n"
        '-{{ account("ernst-handel") }} and {{ account( \'ernst-handel\' ) }} by {{ person("margaret-peacock") }}\n'
        '+{{ account("ernst-handel") }} and {{ account( \'ernst-handel\' ) }} by {{ person("meg") }}\n'
        "-See [them](accounts/ernst-handel/index.md#people) and [her](../people/margaret-peacock/), "
        "not [Linz](accounts/ernst-handel-linz/).\n"
        "+See [them](accounts/ernst-handel/index.md#people) and [her](../people/meg/), "
        "not [Linz](accounts/ernst-handel-linz/).\n"
        "+++ b/playbook/team.yml\n-margaret-peacock: {name: Margaret Peacock, reports_to: andrew-fuller}\n"
        "+meg: {name: Margaret Peacock, reports_to: andrew-fuller, formerly: [margaret-peacock]}\n"
    )
    assert findings(root) == found


def test_a_boss_is_renamed(root: Path) -> None:
    renamed(root, "person", "andrew-fuller", "andy")
    assert (root / "playbook" / "team.yml").read_text() == (
        "margaret-peacock: {name: Margaret Peacock, reports_to: andy}\n"
        "andy:   # our boss\n  name: Andrew Fuller\n  senior: true\n  formerly: [andrew-fuller]\n"
    )


# --- Something in an account ---------------------------------------------------------------------------------------

ITEMS: Mapping[str, tuple[str, str, str]] = {
    "a contact": (
        "roland-mendel",
        "roli",
        "+++ b/accounts/activities.csv\n"
        "-2026-03-02;ERNSH;roland-mendel;margaret-peacock;visit\n+2026-03-02;ERNSH;roli;margaret-peacock;visit\n"
        f"+++ b/{HOME}account.yml\n"
        "-    subject: contacts.roland-mendel\n+    subject: contacts.roli\n"
        f"+++ b/{HOME}audits/2026-03-18.yml\n-with: [roland-mendel]\n+with: [roli]\n"
        f"+++ b/{HOME}contacts.yml\n-roland-mendel:␍\n+roli:␍\n"
        "-petra-hofer: {name: Petra Hofer, leaves: 2026-04-30, successor: roland-mendel}␍\n"
        "+petra-hofer: {name: Petra Hofer, leaves: 2026-04-30, successor: roli}␍\n"
        f"+++ b/{HOME}notes/2026-03-12-visit.md\n-with: roland-mendel\n+with: roli\n"
        f"+++ b/{HOME}plan.yml\n"
        "-    - {what: Vienna, on: 2026-03-01, goal: shelves, about: roland-mendel}\n"
        "+    - {what: Vienna, on: 2026-03-01, goal: shelves, about: roli}\n"
        "-    agreed_with: [roland-mendel]\n+    agreed_with: [roli]\n"
        "-      - roland-mendel\n+      - roli\n"
        "-    about: [frame-contract-ends, roland-mendel]\n+    about: [frame-contract-ends, roli]\n"
        '+++ b/kamgen-baseline.json\n-    "KAM604|ernst-handel|contacts.roland-mendel",\n'
        '+    "KAM604|ernst-handel|contacts.roli",\n',
    ),
    "a goal": (
        "plan.intentions.shelves",
        "no-gaps",
        f"+++ b/{HOME}account.yml\n"
        "-  - {rule: KAM306, subject: plan.intentions.shelves.stages.baseline, reason: B, until: 2026-07-01}\n"
        "+  - {rule: KAM306, subject: plan.intentions.no-gaps.stages.baseline, reason: B, until: 2026-07-01}\n"
        f"+++ b/{HOME}audits/2026-03-18.yml\n-  pressures: {{answer: x, goal: shelves}}\n"
        "+  pressures: {answer: x, goal: no-gaps}\n"
        f"+++ b/{HOME}plan.yml\n"
        "-    - {what: Vienna, on: 2026-03-01, goal: shelves, about: roland-mendel}\n"
        "+    - {what: Vienna, on: 2026-03-01, goal: no-gaps, about: roland-mendel}\n"
        "-  shelves:\n+  no-gaps:\n-    goal: shelves\n+    goal: no-gaps\n"
        '+++ b/kamgen-baseline.json\n-    "KAM306|ernst-handel|plan.intentions.shelves.stages.forecast",\n'
        '+    "KAM306|ernst-handel|plan.intentions.no-gaps.stages.forecast",\n',
    ),
    "an action": (
        "count-the-stock",
        "count",
        f"+++ b/{HOME}audits/2026-03-18.yml\n-  unresolved: {{answer: roland-mendel, action: count-the-stock}}\n"
        "+  unresolved: {answer: roland-mendel, action: count}\n"
        f"+++ b/{HOME}plan.yml\n+    id: count\n",
    ),
    "an action that is a text": (
        "call-roland-mendel",
        "call",
        f"+++ b/{HOME}plan.yml\n-  - Call roland-mendel\n+  - what: Call roland-mendel\n+    id: call\n",
    ),
    "a stage": (
        "shelves/stages/forecast",
        "joint-forecast",
        f"+++ b/{HOME}plan.yml\n-      - {{what: Forecast, due: 2026-06-30}}\n"
        "+      - {what: Forecast, due: 2026-06-30, id: joint-forecast}\n"
        '+++ b/kamgen-baseline.json\n-    "KAM306|ernst-handel|plan.intentions.shelves.stages.forecast",\n'
        '+    "KAM306|ernst-handel|plan.intentions.shelves.stages.joint-forecast",\n',
    ),
    "a date": (
        "frame-contract-ends",
        "contract",
        f"+++ b/{HOME}account.yml\n-  - {{what: Frame contract ends, on: 2026-12-31}}\n"
        "+  - {what: Frame contract ends, on: 2026-12-31, id: contract}\n"
        f"+++ b/{HOME}plan.yml\n-    about: [frame-contract-ends, roland-mendel]\n"
        f"+    about: [contract, roland-mendel]\n",
    ),
    "a site": (
        "graz",
        "graz-depot",
        f"+++ b/{HOME}account.yml\n-sites: {{graz: {{name: Graz}}}}\n+sites: {{graz-depot: {{name: Graz}}}}\n"
        f"+++ b/{HOME}contacts.yml\n-  site: graz␍\n+  site: graz-depot␍\n",
    ),
}


@pytest.mark.parametrize(("old", "new", "lines"), ITEMS.values(), ids=ITEMS)
def test_an_item_is_renamed_wherever_it_is_meant(root: Path, old: str, new: str, lines: str) -> None:
    before, found = tree(root), findings(root)
    assert renamed(root, "item", f"ernst-handel/{old}", new, dry_run=True).files
    assert tree(root) == before
    renamed(root, "item", f"ernst-handel/{old}", new)
    assert told(before, root) == lines
    assert findings(root) == found


def test_an_item_of_an_earlier_year(root: Path) -> None:
    write_files(
        root, {f"{HOME}plan-2025.yml": "implementation:\n  - {what: Old one, done: 2025-03-03, goal: shelves}\n"}
    )
    renamed(root, "item", "ernst-handel/old-one", "older")
    renamed(root, "item", "ernst-handel/shelves", "no-gaps")
    assert (root / HOME / "plan-2025.yml").read_text() == (
        "implementation:\n  - {what: Old one, done: 2025-03-03, goal: no-gaps, id: older}\n"
    )


def test_a_key_that_is_called_like_the_thing(root: Path) -> None:
    """A goal called `goal`: the key of a reference is no reference."""
    plan = "intentions: {goal: {goal: X}}\nimplementation:\n  - {what: goal, goal: goal, id: goal}\n"
    (root / HOME / "plan.yml").write_text(plan)
    (root / HOME / "audits" / "2026-03-18.yml").unlink()
    renamed(root, "item", "ernst-handel/intentions.goal", "aim")
    assert (root / HOME / "plan.yml").read_text() == (
        "intentions: {aim: {goal: X}}\nimplementation:\n  - {what: goal, goal: aim, id: goal}\n"
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64))
def test_however_an_account_is_written(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """The account is read as before, but for the one name; every other line stays as it is."""
    random = Random(seed)
    root = write_files(tmp_path_factory.mktemp("names"), {})
    text = Writer(random).file({"name": "X", "stage": "customer", **made(ACCOUNT, random)})
    path = root / "accounts" / "x.yml"
    path.write_bytes(text.encode())
    before = read_workspace(root, CLOCK.day).portfolio.accounts["x"]
    goals = before.plan.intentions if before.plan else {}
    things = [
        *(("contact", "contacts", one) for one in before.contacts),
        *(("goal", "intentions", one) for one in goals),
    ]
    if not things:
        return
    kind, where, old = random.choice(things)
    renamed(root, "item", f"x/{where}.{old}", "new-name")
    after = read_workspace(root, CLOCK.day).portfolio.accounts["x"]
    assert after.record == renamed_in_memory(before, {kind: {old: "new-name"}}).record
    lines = list(zip(text.splitlines(), path.read_bytes().decode().splitlines(), strict=True))
    assert all(one == other or (old in one and "new-name" in other) for one, other in lines)


# --- What is refused -----------------------------------------------------------------------------------------------

REFUSED = {
    "no such account": ("account", "ernst", "new", 'There is no account "ernst".'),
    "taken": ("account", "light", "ernst-handel", 'There is an account "ernst-handel" already. Choose another name.'),
    "a bad form": (
        "account", "light", "Ernst Händel",
        '"Ernst Händel" cannot be a name: it may hold only small letters, digits and hyphens. Write for example '
        "ernst-handel.",
    ),
    "a word for nothing": (
        "account", "light", "null",
        '"null" cannot be a name: it may hold only small letters, digits and hyphens.',
    ),
    "somebody's former name": (
        "account", "light", "old-handel",
        '"old-handel" was the name of ernst-handel before, and links to it lead there. Choose another name.',
    ),
    "a file in the way": (
        "account", "light", "lamp",
        "accounts/lamp.yml is there already. Choose another name, or move it away first.",
    ),
    "nobody": (
        "person", "margret-peacock", "meg",
        'There is nobody with the id "margret-peacock" in playbook/team.yml. Did you mean "margaret-peacock"?',
    ),
    "somebody": (
        "person", "margaret-peacock", "andrew-fuller",
        '"andrew-fuller" is the id of Andrew Fuller already. Choose another id.',
    ),
    "a contact": ("person", "margaret-peacock", "anna", '"anna" is the id of a contact of Light. Choose another id.'),
    "no account named": (
        "item", "roland-mendel", "roli",
        '"roland-mendel" does not say in which account: write ACCOUNT/ID, such as ernst-handel/roland-mendel.',
    ),
    "no such item": ("item", "light/rolan", "roli", 'There is no "rolan" in Light.'),
    "another contact": (
        "item", "ernst-handel/roland-mendel", "petra-hofer",
        'There is a "petra-hofer" in Ernst Handel already. Choose another id.',
    ),
    "one of ours": (
        "item", "ernst-handel/roland-mendel", "andrew-fuller",
        '"andrew-fuller" is the id of Andrew Fuller, one of our people. Choose another id.',
    ),
    "a date": (
        "item", "ernst-handel/roland-mendel", "frame-contract-ends",
        'There is a "frame-contract-ends" in Ernst Handel already. Choose another id.',
    ),
    "a topic": (
        "item", "ernst-handel/roland-mendel", "sales",
        '"sales" is a word with a meaning of its own here. Choose another id.',
    ),
    "more than one": (
        "item", "ernst-handel/twice", "once",
        '"twice" names several things: plan.implementation.twice, plan.decisions.twice. Write the path of one.',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(root: Path, kind: str, old: str, new: str, message: str) -> None:
    account = root / HOME / "account.yml"
    account.write_text(account.read_text() + "formerly: old-handel\n")
    plan = root / HOME / "plan.yml"
    plan.write_text(plan.read_text() + "  - Twice\ndecisions: [{ask: Twice}]\n")
    (root / "accounts" / "lamp.yml").mkdir()
    before = tree(root)
    with pytest.raises(KamgenError) as refused:
        renamed(root, kind, old, new)
    assert str(refused.value) == message
    assert tree(root) == before


def test_mistakes_that_were_there_refuse_nothing(root: Path) -> None:
    path = root / HOME / "contacts.yml"
    path.write_bytes(path.read_bytes().replace(b"  site: graz\r\n", b"  site: nowhere\r\n"))
    renamed(root, "item", "ernst-handel/roland-mendel", "roli")
    renamed(root, "account", "ernst-handel", "handel")
    assert b"roli:" in (root / "accounts" / "handel" / "contacts.yml").read_bytes()


def test_a_place_that_cannot_be_read_refuses_all(root: Path) -> None:
    (root / "accounts" / "activities.csv").write_bytes(b"\xff\xfea")
    before = tree(root)
    with pytest.raises(KamgenError, match="activities"):
        renamed(root, "person", "margaret-peacock", "meg")
    assert tree(root) == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("plan.yml", "  shelves:\n", "  shelves: {\n"),
        ("plan.yml", "  - what: Count the stock\n", "<<<<<<< HEAD\n  - what: Count the stock\n=======\n>>>>>>> main\n"),
        ("contacts.yml", "petra-hofer: {", "petra-hofer: {{"),
    ],
)
def test_a_broken_file_that_may_hold_the_old_name_refuses_all(root: Path, file: str, old: str, new: str) -> None:
    path = root / HOME / file
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())
    before = tree(root)
    said = rf"There are mistakes in {HOME}{re.escape(file)}, .*\. Put them right first: kamgen check ernst-handel$"
    for kind, name in (("person", "margaret-peacock"), ("item", "ernst-handel/roland-mendel")):
        with pytest.raises(KamgenError, match=said):
            renamed(root, kind, name, "meg")
        assert tree(root) == before


def test_a_broken_note_that_may_hold_the_old_name_refuses_all(root: Path) -> None:
    (root / HOME / "notes" / "2026-05-01-open.md").write_text("---\nkind: call\nwho: margaret-peacock\n# Rang\n")
    with pytest.raises(KamgenError, match=r"^There are mistakes in .*2026-05-01-open\.md, "):
        renamed(root, "person", "margaret-peacock", "meg")


def test_a_broken_file_that_names_somebody_else_refuses_nothing(root: Path) -> None:
    (root / "accounts" / "broken.yml").write_text("name: Broken\nstage: customer\nplan: {\n")
    assert renamed(root, "person", "margaret-peacock", "meg").files


# --- History -------------------------------------------------------------------------------------------------------


def past(root: Path) -> tuple[Portfolio, set[tuple[object, ...]]]:
    portfolio = check_workspace(root, CLOCK).portfolio
    account = next(one for one in portfolio.accounts.values() if one.name == "Ernst Handel")
    return portfolio, {_fate(entry) for entry in ledger(portfolio, account)}


def _fate(entry: Entry) -> tuple[object, ...]:
    return (entry.what, entry.dates, entry.fate, entry.first)


RENAMES = {
    "account": ("account", "ernst-handel", "handel", ["Was ernst-handel, now handel."]),
    "light account": ("account", "light", "lamp", ["Was light, now lamp."]),
    "person": ("person", "margaret-peacock", "meg", ["playbook/team.yml changed."]),
    "contact": ("item", "ernst-handel/roland-mendel", "roli", []),
    "goal": ("item", "ernst-handel/shelves", "no-gaps", []),
    "action": ("item", "ernst-handel/count-the-stock", "count", []),
    "stage": ("item", "ernst-handel/baseline", "start", []),
    "date": ("item", "ernst-handel/frame-contract-ends", "contract", []),
}


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize(("kind", "old", "new", "news"), RENAMES.values(), ids=RENAMES)
def test_nothing_seems_gone_or_new(
    tmp_path: Path, kind: str, old: str, new: str, news: list[str], committed: bool
) -> None:
    texts = {name: raw for name, raw in FILES.items() if isinstance(raw, str)}
    texts[f"{HOME}notes/2026-03-12-visit.md"] = "---\nkind: visit\nwith: roland-mendel\n---\n# Visit\n"
    texts["playbook/kamgen.yml"] = ""
    unused = next(line for line in texts[f"{HOME}account.yml"].splitlines() if "KAM306" in line)
    texts[f"{HOME}account.yml"] = texts[f"{HOME}account.yml"].replace(f"{unused}\n", "")
    plan = str(FILES[f"{HOME}plan.yml"])
    commit_on(tmp_path, "2026-01-20", {**texts, f"{HOME}plan.yml": plan.replace("2026-05-30", "2026-04-30")})
    commit_on(tmp_path, "2026-04-20", {f"{HOME}plan.yml": plan})
    _, fates = past(tmp_path)
    assert len(fates) == 4
    renamed(tmp_path, kind, old, new)
    told = difference(tmp_path, CLOCK, Compared("HEAD"), "")
    assert [change.text for one in told.accounts for change in one.changes] == news
    assert [finding.text for one in told.accounts for finding in (*one.introduced, *one.fixed)] == []
    if committed:
        commit_on(tmp_path, "2026-05-01", {})
    portfolio, after = past(tmp_path)
    assert after == fates
    account = next(one for one in portfolio.accounts.values() if one.name == "Ernst Handel")
    assert changed_since(portfolio, account, NOW.date().replace(month=4, day=20)) == ()
    assert last_change(portfolio, account, 10) == NOW.date().replace(month=4, day=20)
    light = next(one for one in portfolio.accounts.values() if one.name == "Light")
    assert last_change(portfolio, light, 10) == NOW.date().replace(month=1, day=20)


# --- The command ---------------------------------------------------------------------------------------------------


def test_the_command(root: Path, kamgen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    assert kamgen("rename", "item", "ernst-handel/shelves", "no-gaps", "--dry-run").out == (
        "shelves is now no-gaps.\nWould be written:\n"
        f"  {HOME}account.yml\n  {HOME}audits/2026-03-18.yml\n  {HOME}plan.yml\n  kamgen-baseline.json\n"
    )
    ran = kamgen("rename", "account", "accounts/light.yml", "lamp")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "light is now lamp.")
    assert kamgen("rename", "account", "light", "lamp").code == 2
    assert kamgen("rename", "goal", "a", "b").code == 2


# --- Exports -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rows", "after"),
    [
        ("account,who\r\nx,a\r\n", {}, "account,who\r\nx,new\r\n"),
        ('\ufeffsep=;\nwho;account\n"a";x\na ;x\na,a;x\n', {}, '\ufeffsep=;\nwho;account\n"new";x\nnew ;x\na,a;x\n'),
        ('account,text,who\nx,"one\ntwo, a",a\nx,"a",aa\n', {}, 'account,text,who\nx,"one\ntwo, a",new\nx,"a",aa\n'),
        ("account,who\nx,a\ny,a\n", {"account": "y"}, "account,who\nx,a\ny,new\n"),
        (
            "account,crm_id,who\nx,,a\n,7,a\n,8,a\n",
            {"account": "x", "crm_id": "7"},
            "account,crm_id,who\nx,,new\n,7,new\n,8,a\n",
        ),
        ("account,month\na,a\n", {}, "account,month\na,a\n"),
        ('account,who\n"x,a\ny,a\n', {}, 'account,who\n"x,new\ny,new\n'),
        ("account,who\nx,a", {}, "account,who\nx,new"),
        ("", {}, ""),
    ],
)  # fmt: skip
def test_only_whole_cells_of_the_column_change(text: str, rows: Mapping[str, str], after: str) -> None:
    assert renamed_cells(text, "who", "a", "new", rows) == after
