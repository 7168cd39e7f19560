"""A hundred files, each broken in its own way, in one workspace: each is told at its place, and nothing is raised."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from kamgen.finding import Finding
from kamgen.rules.examples import SETTINGS, TEAM
from tests.conftest import checked, write_files


class Broken(NamedTuple):
    """A broken text, the code that tells it, and its line. `kind` says what sort of file it is."""

    name: str
    kind: str
    text: str | bytes
    code: str
    line: int = 1


HEAD = "name: Example\nstage: customer\n"
SOUND = {
    "account.yml": HEAD,
    "contacts.yml": "ann: {name: Ann, level: influencer}\n",
}


def light(name: str, text: str, code: str, line: int = 3) -> Broken:
    """A light account's file: the text stands below name and stage."""
    return Broken(name, "light", HEAD + text, code, line)


def plan(name: str, text: str, code: str, line: int) -> Broken:
    """The plan.yml of an account that is sound otherwise."""
    return Broken(name, "plan.yml", text, code, line)


def note(name: str, text: str | bytes, code: str, line: int = 1) -> Broken:
    """A note of an account that is sound otherwise."""
    return Broken(name, "notes/2026-03-12-visit.md", text, code, line)


def audit(name: str, text: str, code: str, line: int) -> Broken:
    """An audit of an account that is sound otherwise."""
    return Broken(name, "audits/2026-03-18.yml", text, code, line)


BROKEN = [
    # characters and encodings
    light("tab-indent", "plan:\n\treviewed: 2026-04-20\n", "KAM001", 4),
    light("tab-after-spaces", "plan:\n  period:\n  \tends: 2026-07-15\n", "KAM001", 5),
    Broken("utf-16", "light", HEAD.encode("utf-16"), "KAM010"),
    Broken("utf-16-without-mark", "light", HEAD.encode("utf-16-le"), "KAM010"),
    Broken("utf-32", "light", HEAD.encode("utf-32"), "KAM010"),
    Broken("latin-1", "light", f"{HEAD}country: Österreich\n".encode("latin-1"), "KAM010", 3),
    Broken("windows-1252-quotes", "light", f"{HEAD}region: “x”\n".encode("cp1252"), "KAM010", 3),
    Broken("old-mac-and-tab", "light", b"name: X\rstage: customer\rplan:\r\treviewed: 2026-04-20\r", "KAM001", 4),
    Broken("windows-line-ends", "light", b"name: X\r\nstage: customer\r\ncountry: a: b\r\n", "KAM001", 3),
    Broken("bom-and-colon", "light", "\ufeffname: X: Y\nstage: customer\n", "KAM001", 1),
    light("bom-in-the-middle", "\ufeffcountry: Austria\n", "KAM001"),
    light("no-break-space-indent", "plan:\n\u00a0\u00a0reviewed: 2026-04-20\n", "KAM003", 4),
    light("no-break-space-after-colon", "country:\u00a0Austria\n", "KAM001"),
    light("full-width-colon", "country： Austria\n", "KAM001"),
    light("zero-width-space-in-key", "country\u200b: Austria\n", "KAM003"),
    light("line-separator", "country: A\u2028B\nregion: C: D\n", "KAM001", 4),
    Broken("nul", "light", f"{HEAD}country: A\0B\n", "KAM010", 3),
    light("bell", "country: A\aB\n", "KAM001"),
    light("escape-sequence-after-umlauts", "country: äöü\nregion: \x1b[31mred\n", "KAM001", 4),
    Broken("binary", "light", bytes(range(256)), "KAM010"),
    Broken("zip", "light", b"PK\x03\x04\x14\x00\x06\x00", "KAM010"),
    Broken("too-large", "light", b"# " + b"x" * (1024 * 1024), "KAM010"),
    # signs and quotation marks
    light("second-colon", "country: Austria: the south\n", "KAM001"),
    light("at", "country: @home\n", "KAM001"),
    light("percent", "country: %50\n", "KAM001"),
    light("backtick", "country: `x`\n", "KAM001"),
    light("pipe-and-text", "country: | Austria\n", "KAM001"),
    light("greater-than", "country: > 50 stores\n", "KAM001"),
    light("comma-first", "country: , Austria\n", "KAM001"),
    light("star", "country: *Urgent*\n", "KAM011"),
    light("two-stars", "country: **bold**\n", "KAM011"),
    light("ampersand", "country: &Sons\n", "KAM011"),
    light("ampersand-and-space", "country: & Sons\n", "KAM011"),
    light("exclamation-mark", "country: !important\n", "KAM011"),
    light("exclamation-mark-and-space", "country: ! important\n", "KAM011"),
    light("python-tag", "country: !!python/object/apply:os.system [ls]\n", "KAM011"),
    light("hash", "country: #1\n", "KAM004"),
    light("curly-quotes-in-a-list-of-words", "contacts:\n  x: {name: X, level: “influencer”}\n", "KAM004", 4),
    light("double-quote-open", 'country: "Austria\nregion: Styria\n', "KAM001"),
    light("single-quote-open", "country: 'Austria\nregion: Styria\n", "KAM001"),
    light("quote-until-the-next", 'country: "Austria\n\nregion: "Styria"\n', "KAM001"),
    light("apostrophe-in-single-quotes", "country: 'It's Austria'\n", "KAM001"),
    light("text-behind-quotes", 'country: "Upper" Austria\n', "KAM001"),
    light("backslash", 'country: "C:\\Temp"\n', "KAM001"),
    # brackets
    light("bracket-open", "team: [margaret-peacock\nregion: x\n", "KAM001"),
    light("bracket-too-many", "team: [margaret-peacock]]\n", "KAM001"),
    light("brace-open", "sites: {graz: {name: Graz}\n", "KAM001"),
    light("comma-in-braces", "dates:\n  - {what: Contract ends, at last, on: 2026-12-31}\n", "KAM004", 4),
    light("bracket-as-key", "[a]: b\n", "KAM004"),
    light("braces-as-value", "country: {{ country }}\n", "KAM004"),
    light("percent-braces", "country: {% raw %}\n", "KAM001"),
    # spaces and indentation
    light("no-space-after-colon", "country:Austria\n", "KAM001"),
    light("no-space-after-hyphen", "dates:\n  -what: x\n   on: 2026-12-31\n", "KAM001", 4),
    light("too-far-right", "country: Austria\n  region: x\n", "KAM001", 4),
    light("between-two-levels", "plan:\n    period:\n        ends: 2026-07-15\n      reach: x\n", "KAM001", 6),
    Broken("first-line-indented", "light", " name: X\nstage: customer\n", "KAM001"),
    light("list-entry-among-keys", "- country: Austria\n", "KAM001"),
    light("list-on-the-line-of-its-key", "dates: - what: x\n", "KAM001"),
    light("key-among-list-entries", "dates:\n  - {what: x, on: 2026-12-31}\n  region: y\n", "KAM001", 5),
    light("stars-as-bullets", "plan:\n  intelligence:\n    strengths:\n      * one\n", "KAM011", 6),
    light("dashes-as-bullets", "plan:\n  intelligence:\n    strengths:\n      – one\n", "KAM004", 6),
    light("empty-list-entry", "dates:\n  -\n", "KAM004", 4),
    # documents
    Broken("empty", "light", "", "KAM005"),
    Broken("only-remarks", "light", "# name: X\n\n# stage: customer\n", "KAM005"),
    Broken("prose", "light", "Dear all,\nthis is our plan.\n", "KAM004"),
    Broken("list", "light", "- name: X\n- stage: customer\n", "KAM004"),
    Broken("number", "light", "42\n", "KAM004"),
    light("second-document", "---\ncountry: Austria\n", "KAM011"),
    light("end-of-document", "...\ncountry: Austria\n", "KAM011"),
    light("dividing-line", "country: Austria\n==========\n", "KAM001", 4),
    light("git-conflict", "<<<<<<< HEAD\ncountry: A\n=======\ncountry: B\n>>>>>>> theirs\n", "KAM001"),
    light("deep-brackets", f"country: {'[' * 9999}\n", "KAM011"),
    light("deep-braces", f"country: {'{a: ' * 500}{'}' * 500}\n", "KAM011"),
    light("deep-blocks", "x:\n" + "".join(f"{' ' * 2 * i}a:\n" for i in range(1, 400)), "KAM011", 23),
    light("deep-hyphens", f"country:\n  {'- ' * 5000}a\n", "KAM011", 4),
    light("bomb", "".join(f"x{i}: &x{i} [{f'*x{i - 1}, ' * 9}]\n" for i in range(1, 9)), "KAM011"),
    # keys
    light("duplicate-key", "country: A\nregion: B\ncountry: C\n", "KAM002", 5),
    light("duplicate-contact", "contacts:\n  ann: {name: A}\n  ann: {name: B}\n", "KAM002", 5),
    light("misspelt-key", "sponser: andrew-fuller\n", "KAM003"),
    light("unknown-key", "turnover: 5\n", "KAM003"),
    light("thousands-of-keys", "".join(f"key-{i}: x\n" for i in range(3000)), "KAM003"),
    Broken("nameless", "light", "stage: customer\n", "KAM005"),
    Broken("without-stage", "light", "name: X\n", "KAM005"),
    Broken("wrong-stage", "light", "name: X\nstage: Kunde\n", "KAM004", 2),
    # values
    light("impossible-date", "plan:\n  reviewed: 2026-02-30\n", "KAM006", 4),
    light("german-date", "plan:\n  reviewed: 20.04.2026\n", "KAM006", 4),
    light("far-year", "dates: [{what: x, on: 0026-04-20}]\n", "KAM006"),
    light("thousands-separator", "wallet: {2026: '1.234,56'}\n", "KAM004"),
    light("keys-where-a-text-belongs", "country:\n  name: Austria\n", "KAM004"),
    light("text-where-keys-belong", "plan: By July they ask us\n", "KAM004"),
    light("list-where-keys-belong", "contacts:\n  - name: Ann\n", "KAM004"),
    light("unknown-person", "manager: nobody-we-know\n", "KAM007"),
    light("unknown-goal", "plan:\n  implementation:\n    - {what: x, goal: y}\n", "KAM008", 5),
    light("equal-ids", "dates:\n  - {what: x, on: 2026-12-31}\n  - {what: x, on: 2026-11-30}\n", "KAM009", 4),
    light("future-review", "plan:\n  reviewed: 2027-04-20\n", "KAM015", 4),
    # the files of a folder
    plan("plan-prose", "By July they ask us first.\n", "KAM004", 1),
    plan("plan-pasted-e-mail", "reviewed: 2026-04-20\nHi Ann,\n\n  thanks\nperiod:\n  ends: 2026-07-15\n", "KAM001", 2),
    plan("plan-reach-with-colon", "period:\n  ends: 2026-07-15\n  reach: By July: x\n", "KAM001", 3),
    Broken("contacts-list", "contacts.yml", "- name: Ann\n", "KAM004"),
    Broken("contacts-without-name", "contacts.yml", "ann:\n  level: influencer\n", "KAM005", 1),
    Broken("partnership-text", "partnership.yml", "asks-our-advice: yes\n", "KAM004"),
    Broken("plan-md-heading", "plan.md", "## Intentionen\nx\n", "KAM003"),
    note("note-without-head", "# Visit\n", "KAM005"),
    note("note-head-open", "---\nkind: visit\n# Visit\n", "KAM001"),
    note("note-head-list", "---\n- visit\n---\n", "KAM004", 2),
    note("note-kind", "---\nkind: Besuch\n---\n", "KAM004", 2),
    note("note-latin-1", "---\nkind: visit\n---\nGrüße\n".encode("latin-1"), "KAM010", 4),
    audit("audit-marks", "who: andrew-fuller\nmarks: 11\n", "KAM004", 2),
    audit("audit-question", "who: andrew-fuller\nanswers:\n  nonsense: {answer: x}\n", "KAM008", 3),
    Broken("stray", "contact.yml", "x\n", "KAM012"),
    Broken("note-name", "notes/visit.md", "---\nkind: visit\n---\n", "KAM013"),
]


def path_of(broken: Broken) -> str:
    """Where a broken file stands."""
    return f"accounts/{broken.name}.yml" if broken.kind == "light" else f"accounts/{broken.name}/{broken.kind}"


def all_files() -> dict[str, str | bytes]:
    """The broken files, and what is sound around them."""
    files: dict[str, str | bytes] = {"playbook/team.yml": TEAM, "playbook/kamgen.yml": SETTINGS}
    for broken in BROKEN:
        if broken.kind != "light":
            files |= {f"accounts/{broken.name}/{name}": text for name, text in SOUND.items()}
        files[path_of(broken)] = broken.text
    return files


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """What is found in the workspace, by path."""
    root = write_files(tmp_path_factory.mktemp("hundred"), all_files())
    found: dict[str, list[Finding]] = {}
    for finding in checked(root).findings:
        found.setdefault(finding.place.path, []).append(finding)
    return found


def test_there_are_a_hundred() -> None:
    """Each under a name of its own."""
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) >= 100


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_is_told_at_its_place(broken: Broken, findings: dict[str, list[Finding]]) -> None:
    """The file's first finding of family 0 has the expected code and line, and says what to do."""
    told = [f for f in findings.get(path_of(broken), []) if f.code.startswith("KAM0")]
    assert (broken.code, broken.line) in {(f.code, f.place.line) for f in told}, told
    assert all(f.message and "Traceback" not in f.text and len(f.message) < 400 for f in told)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_hides_nothing_and_blames_nobody_else(broken: Broken, findings: dict[str, list[Finding]]) -> None:
    """One cause gives one finding (a paste of many lines, or many unknown keys, a few)."""
    told = [f for f in findings.get(path_of(broken), []) if f.code.startswith("KAM0")]
    many = {"thousands-of-keys": 101, "windows-1252-quotes": 1, "first-line-indented": 1}
    assert len(told) <= many.get(broken.name, 2), [f.text for f in told]


def test_a_broken_file_hides_no_neighbour(tmp_path: Path) -> None:
    """A sound account beside all the broken ones reads as it does alone."""
    sound = {"accounts/sound.yml": HEAD + "manager: nobody\n", "playbook/team.yml": TEAM}
    alone = checked(write_files(tmp_path / "alone", {**sound, "playbook/kamgen.yml": SETTINGS})).findings
    beside = checked(write_files(tmp_path / "beside", {**all_files(), **sound})).findings
    assert alone
    assert [f for f in beside if f.account == "sound"] == alone
