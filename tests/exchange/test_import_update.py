"""`kamgen import --update`: what the import owns is written by the smallest edits, all else is told, or nothing is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from kamgen.cli import main
from kamgen.errors import KamgenError
from kamgen.exchange.imports import ImportReport, run_import, run_update
from kamgen.model.settings import Settings
from tests.exchange.test_import_existing import bytes_of

Put = Callable[[str, str | bytes], Path]

AS_OF = date(2026, 5, 6)

ACCOUNTS = "SELECT id AS crm_id, * EXCLUDE (id) FROM customers ORDER BY id"
CUSTOMERS = "id,name,stage,country,region,manager\n00123,Ernst Händel,customer,Austria,DACH,7\n"
CONTACTS = "SELECT crm_id, name, title, key FROM people"
PEOPLE = "crm_id,name,title,key\n00123,Roland Mendel,Head of Sales,41\n00123,Karin Kloss,Buyer,42\n"
TEAM = "SELECT * FROM staff"
STAFF = "key,name,title,reports_to\n7,Robert King,Representative,8\n8,Ann Lee,Director,\n"

# Line ends of Windows, a byte order mark, remarks, quotes, and steps inwards of three.
ODD = (
    "\ufeff# ours since 1996\r\n"
    'name:   "Ernst Handel"      # as on the door\r\n'
    "stage: key\r\n"
    "\r\n"
    "region: 'Western Europe' # said Ann\r\n"
    "crm_id: 00123\r\n"
    "manager: ann-lee\r\n"
    "contacts:   # who matters\r\n"
    "   roland-mendel:\r\n"
    '      title: "Sales Manager"   # since May\r\n'
    "      name: Roland Mendel\r\n"
    "      level: influencer\r\n"
    "   mila: {name: Mila Orr, title: 'Clerk'}   # by hand\r\n"
    "# the end"
).encode()
TEAM_FILE = "# our people\nann-lee: {name: Ann Lee, title: Director, senior: true}\nrobert-king: {name: Robert King}\n"


@pytest.fixture
def root(put: Put, tmp_path: Path) -> Path:
    """A workspace with one oddly written account; beside it an export that knows some things better."""
    put("root/accounts/ernst-handel.yml", ODD)
    put("root/playbook/team.yml", TEAM_FILE)
    put("export/customers.csv", CUSTOMERS)
    put("export/people.csv", PEOPLE)
    put("export/staff.csv", STAFF)
    put("preset/accounts.sql", ACCOUNTS)
    put("preset/contacts.sql", CONTACTS)
    put("preset/team.sql", TEAM)
    return tmp_path / "root"


def update(root: Path, owns: str = "", *, dry_run: bool = False) -> ImportReport:
    (root / "playbook/kamgen.yml").write_text(f"imports:\n  owns: [{owns}]\n")
    beside = root.parent
    return run_update(str(beside / "preset"), beside / "export", root, clock, dry_run=dry_run)


def clock(settings: Settings) -> tuple[date, bool]:
    return AS_OF, True


def changed_lines(before: bytes, after: bytes) -> list[str]:
    """The lines that a change took out and brought in, each with its line end."""
    texts = [text.decode().splitlines(keepends=True) for text in (before, after)]
    return [line for line in unified_diff(*texts, n=0) if line[:3] not in ("---", "+++") and line[0] != "@"]


def test_by_default_nothing_of_the_accounts_is_owned(root: Path) -> None:
    before = bytes_of(root)
    report = update(root)
    after = bytes_of(root)
    assert {name: text for name, text in after.items() if name != "playbook/kamgen.yml"} == before
    assert [str(difference) for difference in report.differences] == [
        "playbook/team.yml: robert-king.title is not given in the file, Representative in the import",
        "playbook/team.yml: robert-king.reports_to is not given in the file, ann-lee in the import",
        "ernst-handel: name is Ernst Handel in the file, Ernst Händel in the import",
        "ernst-handel: country is not given in the file, Austria in the import",
        "ernst-handel: region is Western Europe in the file, DACH in the import",
        "ernst-handel: manager is ann-lee in the file, robert-king in the import",
        "ernst-handel: contacts.roland-mendel.title is Sales Manager in the file, Head of Sales in the import",
        "ernst-handel: contacts.roland-mendel.crm_id is not given in the file, 41 in the import",
        "ernst-handel: contacts.karin-kloss is not given in the file, Karin Kloss in the import",
    ]
    assert (report.updated, report.exit_code) == ([], 0)


def test_only_the_owned_lines_change_and_the_rest_is_told(root: Path) -> None:
    report = update(root, "name, region, manager, contacts.title")
    assert changed_lines(ODD, (root / "accounts/ernst-handel.yml").read_bytes()) == [
        '-name:   "Ernst Handel"      # as on the door\r\n',
        "+name:   Ernst Händel      # as on the door\r\n",
        "-region: 'Western Europe' # said Ann\r\n",
        "+region: DACH # said Ann\r\n",
        "-manager: ann-lee\r\n",
        "+manager: robert-king\r\n",
        '-      title: "Sales Manager"   # since May\r\n',
        "+      title: Head of Sales   # since May\r\n",
    ]
    assert report.text().split("\n", 1)[1] == (
        "Updated: ernst-handel: name to Ernst Händel (was Ernst Handel)\n"
        "Updated: ernst-handel: region to DACH (was Western Europe)\n"
        "Updated: ernst-handel: manager to robert-king (was ann-lee)\n"
        "Updated: ernst-handel: contacts.roland-mendel.title to Head of Sales (was Sales Manager)\n"
        "Differs: playbook/team.yml: robert-king.title is not given in the file, Representative in the import\n"
        "Differs: playbook/team.yml: robert-king.reports_to is not given in the file, ann-lee in the import\n"
        "Differs: ernst-handel: country is not given in the file, Austria in the import\n"
        "Differs: ernst-handel: contacts.roland-mendel.crm_id is not given in the file, 41 in the import\n"
        "Differs: ernst-handel: contacts.karin-kloss is not given in the file, Karin Kloss in the import\n"
        "0 created, 0 written anew, 4 fields updated, 0 unchanged, 5 differences, 0 rows not read.\n"
    )


EVERYTHING = (
    "name, stage, country, region, segment, crm_id, manager, contacts, contacts.name, contacts.title, contacts.crm_id, "
    "team, team.title, team.reports_to, offer"
)


def test_new_lines_are_added_in_the_manner_of_the_file(root: Path) -> None:
    update(root, "country, contacts, contacts.crm_id, team.title, team.reports_to")
    assert changed_lines(ODD, (root / "accounts/ernst-handel.yml").read_bytes()) == [
        "+      crm_id: 41\r\n",
        "+   karin-kloss:\r\n",
        "+      name: Karin Kloss\r\n",
        "+      title: Buyer\r\n",
        "+      crm_id: 42\r\n",
        "+country: Austria\r\n",
    ]
    assert (root / "playbook/team.yml").read_text() == TEAM_FILE.replace(
        "{name: Robert King}", "{name: Robert King, title: Representative, reports_to: ann-lee}"
    )


def test_the_second_time_nothing_changes(root: Path, put: Put) -> None:
    put("export/people.csv", PEOPLE + "00123,Karin Kloss,Head Buyer,43\n00123,x: # 'y',\"- [a], {b}\",44\n")
    assert update(root, EVERYTHING).updated
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*.yml") if "kamgen" not in str(path)
    }
    report = update(root, EVERYTHING)
    assert (report.created, report.rewritten, report.updated, report.differences) == ([], [], [], [])
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_a_dry_run_tells_and_writes_nothing(root: Path, put: Put) -> None:
    put("export/customers.csv", CUSTOMERS + "B,Bee,prospect,Spain,,\n")
    update(root, "region", dry_run=True)
    before = bytes_of(root)
    report = update(root, "region, contacts", dry_run=True)
    assert {**bytes_of(root), "playbook/kamgen.yml": b""} == {**before, "playbook/kamgen.yml": b""}
    lines = report.text().splitlines()
    assert lines[1:5] == [
        "Would create: accounts/bee.yml",
        "Would update: ernst-handel: region to DACH (was Western Europe)",
        "Would add: ernst-handel: contacts.karin-kloss (Karin Kloss)",
        lines[4],
    ]
    assert lines[-1] == "Nothing was written: this was a dry run."


def test_new_customers_come_in_and_those_who_vanished_are_told_and_stay(root: Path, put: Put) -> None:
    gone = put("root/accounts/gone/account.yml", "name: Gone\nstage: customer\ncrm_id: G\n")
    put("root/accounts/by-hand.yml", "name: By Hand\nstage: suspect\n")
    put("export/customers.csv", CUSTOMERS + "B,Bee,prospect,Spain,,\nG2,,customer,,,\n")
    put(
        "root/accounts/ernst-handel.yml",
        "name: Ernst Händel\nstage: key\ncrm_id: 00123\ncontacts:\n  old: {name: Old, crm_id: 12}\n"
        "  left: {name: Left, crm_id: 13, leaves: 2026-01-31}\n",
    )
    report = update(root, "contacts")
    assert report.created == ["accounts/bee.yml"]
    assert report.gone == [
        "gone: the import no longer names its crm_id G. accounts/gone/account.yml stays as it is",
        "ernst-handel: the import no longer names contacts.old (crm_id 12). Have they left?",
    ]
    assert gone.read_text() == "name: Gone\nstage: customer\ncrm_id: G\n"
    assert "Gone: gone: the import no longer names its crm_id G." in report.text()


def test_a_mistake_that_the_result_would_hold_refuses_all_of_it(root: Path, put: Put) -> None:
    put("export/staff.csv", STAFF + "9,New One,Representative,8\n")
    put("export/customers.csv", CUSTOMERS.replace(",7", ",9") + "B,Bee,prospect,Spain,,\n")
    update(root, dry_run=True)
    before = bytes_of(root)
    report = update(root, "name, manager")
    assert {**bytes_of(root), "playbook/kamgen.yml": b""} == {**before, "playbook/kamgen.yml": b""}
    (refused,) = report.refused
    assert refused.startswith('accounts/ernst-handel.yml:7: KAM007 "new-one" is not one of our people')
    assert report.exit_code == 2
    text = report.text()
    assert "Would update: ernst-handel: manager to new-one (was ann-lee)\n" in text
    assert f"Refused: {refused}\n" in text
    assert text.endswith(
        "Nothing was written, because the result would hold the mistakes above. "
        "Put them right in the files or where they come from, and import again.\n"
    )
    report = update(root, "name, manager, team")
    assert (report.refused, report.exit_code) == ([], 0)
    assert (root / "playbook/team.yml").read_text() == (
        TEAM_FILE + "new-one:\n  name: New One\n  title: Representative\n  reports_to: ann-lee\n"
    )


def test_a_mistake_that_is_there_already_refuses_nothing(root: Path) -> None:
    path = root / "accounts/ernst-handel.yml"
    path.write_bytes(ODD.replace(b"stage: key", b"stage: key\r\nbuddy: nobody-known\r\nsegmnt: Food"))
    report = update(root, "region")
    assert (report.refused, len(report.updated)) == ([], 1)


def test_what_cannot_be_written_safely_is_told_and_the_rest_is_written(root: Path, put: Put) -> None:
    put("export/people.csv", "crm_id,name,title,key\n00123,Bell\x07,Buyer,43\n")
    broken = put("root/accounts/c.yml", "name: Cee\nstage: customer\ncrm_id: C\nregion: [\n")
    put("export/customers.csv", CUSTOMERS + "C,Cee,customer,,South,\n")
    report = update(root, "region, contacts")
    assert report.notes == ["accounts/c.yml cannot be read, so it was not compared"]
    assert (
        "Not written: ernst-handel: contacts.bell is not given in the file, Bell  in the import. "
        "Accounts/ernst-handel.yml: The text holds an invisible control character (U+0007). "
        "Type the words around it again.\n"
    ).lower() in report.text().lower()
    assert broken.read_text().endswith("region: [\n")
    assert [change.field for change in report.updated] == ["region"]
    assert b"region: DACH # said Ann" in (root / "accounts/ernst-handel.yml").read_bytes()
    assert report.exit_code == 1


def test_contacts_of_a_folder_that_cannot_be_read_are_left_alone(root: Path, put: Put) -> None:
    (root / "accounts/ernst-handel.yml").unlink()
    put("root/accounts/ernst/account.yml", "name: Ernst Händel\nstage: key\ncrm_id: 00123\nregion: East\n")
    contacts = put("root/accounts/ernst/contacts.yml", "roland-mendel: [\n")
    report = update(root, EVERYTHING)
    assert report.notes == ["accounts/ernst/contacts.yml cannot be read, so it was not compared"]
    assert contacts.read_text() == "roland-mendel: [\n"
    assert "region: DACH\n" in (root / "accounts/ernst/account.yml").read_text()
    assert not report.created


@pytest.mark.parametrize("name", ["team", "offer"])
def test_without_the_lists_that_ids_come_from_nothing_is_guessed(root: Path, put: Put, name: str) -> None:
    put(f"root/playbook/{name}.yml", "al: [\n")
    message = f"^playbook/{name}.yml cannot be read. Put it right first "
    with pytest.raises(KamgenError, match=message):
        update(root, "manager")
    assert (root / "accounts/ernst-handel.yml").read_bytes() == ODD


def test_of_a_file_and_a_folder_of_one_name_the_folder_counts(root: Path, put: Put) -> None:
    folder = put("root/accounts/ernst-handel/account.yml", "name: Ernst Händel\nstage: key\ncrm_id: 00123\n")
    update(root, "country")
    assert folder.read_text() == "name: Ernst Händel\nstage: key\ncrm_id: 00123\ncountry: Austria\n"
    assert (root / "accounts/ernst-handel.yml").read_bytes() == ODD


def test_an_entry_of_the_team_that_only_a_hand_can_write_is_told_with_its_file(root: Path, put: Put) -> None:
    put("export/staff.csv", STAFF + "9,Bell\x07,Clerk,\n")
    report = update(root, "team, region")
    assert report.failed == [
        "playbook/team.yml: bell is not given in the file, Bell\x07 in the import. playbook/team.yml: "
        "The text holds an invisible control character (U+0007). Type the words around it again."
    ]
    assert [change.field for change in report.updated] == ["region"]
    assert (root / "playbook/team.yml").read_text() == TEAM_FILE


def test_a_folder_gets_its_people_in_contacts_yml(root: Path, put: Put) -> None:
    (root / "accounts/ernst-handel.yml").unlink()
    put("root/accounts/ernst/account.yml", "name: Ernst Händel\nstage: key\ncrm_id: 00123\n")
    update(root, "contacts")
    assert (root / "accounts/ernst/contacts.yml").read_text() == (
        "roland-mendel:\n  name: Roland Mendel\n  title: Head of Sales\n  crm_id: 41\n"
        "karin-kloss:\n  name: Karin Kloss\n  title: Buyer\n  crm_id: 42\n"
    )


def test_a_contact_is_known_by_the_number_of_the_other_system(root: Path, put: Put) -> None:
    path = put(
        "root/accounts/ernst-handel.yml",
        "name: Ernst Händel\nstage: key\ncrm_id: 00123\ncontacts:\n"
        "  pat: {name: Pat Orr, title: Buyer, crm_id: 42}\n  pat-2: {name: Pat Orr, title: Owner, crm_id: 41}\n",
    )
    put("export/people.csv", "crm_id,name,title,key\n00123,Pat Orr,Owner,41\n00123,Pat Mills,Buyer,42\n")
    report = update(root, "contacts, contacts.name, contacts.title, contacts.crm_id")
    assert [change.change for change in report.updated] == [
        "ernst-handel: contacts.pat.name to Pat Mills (was Pat Orr)"
    ]
    assert "  pat: {name: Pat Mills, title: Buyer, crm_id: 42}\n" in path.read_text()


@pytest.mark.parametrize(
    ("in_file", "in_import", "after"),
    [
        ("prospect", "customer", "customer"),
        ("customer", "prospect", "prospect"),
        ("suspect", "prospect", "suspect"),
        ("key", "customer", "key"),
        ("key", "prospect", "key"),
    ],
)
def test_an_import_makes_no_key_account_and_unmakes_none(
    root: Path, put: Put, in_file: str, in_import: str, after: str
) -> None:
    path = put("root/accounts/ernst-handel.yml", f"name: Ernst Händel\nstage: {in_file}\ncrm_id: 00123\n")
    put("export/customers.csv", CUSTOMERS.replace("customer,", f"{in_import},"))
    report = update(root, "stage")
    assert f"stage: {after}\n" in path.read_text()
    told = [str(one) for one in report.differences if one.field == "stage"]
    assert bool(told) == (in_file == "key" and in_import == "prospect")


def test_meetings_with_people_whom_the_import_adds_count(root: Path, put: Put) -> None:
    put(
        "preset/activities.sql",
        "SELECT '2026-05-04' AS date, '00123' AS crm_id, '42' AS contact, '7' AS who, 'call' AS kind",
    )
    assert len(update(root).unread) == 1
    assert update(root, "contacts").unread == []
    assert "2026-05-04,ernst-handel,karin-kloss,robert-king,call\n" in (root / "accounts/activities.csv").read_text()


def test_exports_are_replaced_whole_however_large(root: Path, put: Put) -> None:
    old = "account,month,amount\n" + "".join(f"ernst-handel,2026-01,{n}\n" for n in range(60_000))
    path = put("root/accounts/budget.csv", "\ufeff" + old)
    assert path.stat().st_size > 1024 * 1024
    put("preset/budget.sql", "SELECT '00123' AS crm_id, '2026-04' AS month, 5 AS amount")
    assert update(root).rewritten == ["accounts/budget.csv"]
    assert path.read_text() == "account,month,amount\nernst-handel,2026-04,5.00\n"


def test_an_old_export_that_cannot_be_read_is_told_and_all_stays(root: Path, put: Put) -> None:
    path = put("root/accounts/budget.csv", b"account,month,amount\ncaf\xe9,2026-04,1\n")
    put("preset/budget.sql", "SELECT '00123' AS crm_id, '2026-04' AS month, 5 AS amount")
    with pytest.raises(KamgenError) as error:
        update(root, "region")
    assert str(error.value) == (
        "accounts/budget.csv could not be replaced: The file holds a letter or sign on line 2 that is saved in an old "
        "way (not as UTF-8). Open it in an editor, save it again as UTF-8, and look at the line. Or delete it. "
        "Nothing was written."
    )
    assert (root / "accounts/ernst-handel.yml").read_bytes() == ODD
    path.unlink()
    assert update(root, "region").rewritten == ["accounts/budget.csv"]


def test_who_may_stand_in_a_row_that_was_not_read_is_told_with_a_doubt(root: Path, put: Put) -> None:
    put("export/customers.csv", CUSTOMERS.replace("00123,Ernst", "00123,Ernst, really"))
    report = update(root, "region")
    assert str(report.unread[0]) == "customers.csv:2: 6 columns expected, 7 found"
    assert [gone.split(":")[0] for gone in report.gone] == ["ernst-handel"]
    assert report.notes == ["who is told as gone below may stand in one of the rows that were not read"]


@pytest.mark.parametrize(
    ("owns", "message"),
    [
        ("nme", 'playbook/kamgen.yml:2: "this entry" is "nme"; it can be name, stage, country, region, segment, crm'),
        ("[name]", 'playbook/kamgen.yml:2: "this entry" is a list; it can be name, stage'),
        ("name, [", "playbook/kamgen.yml:2: "),
    ],
)
def test_what_kamgen_yml_says_wrongly_stops_the_import(root: Path, owns: str, message: str) -> None:
    before = bytes_of(root / "accounts")
    with pytest.raises(KamgenError) as error:
        update(root, owns)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
    if owns == "nme":
        assert str(error.value).endswith('Did you mean "name"?')
    assert bytes_of(root / "accounts") == before


def test_hostile_names_come_in_as_they_are_and_once(root: Path, put: Put) -> None:
    names = ['{{ x }}: "y"', "- a # b", "NO", "a\nb", "'", "[", "😀", "\u2028x", "../../x"]
    rows = [f'00123,"{name.replace(chr(34), chr(34) * 2)}",Buyer,{at}\n' for at, name in enumerate(names)]
    put("export/people.csv", "crm_id,name,title,key\n" + "".join(rows))
    assert len(update(root, "contacts").updated) == len(names)
    assert update(root, "contacts, contacts.name, contacts.title, contacts.crm_id").updated == []


def test_a_file_that_changed_meanwhile_or_cannot_be_written_leaves_all_as_it_was(
    root: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("export/customers.csv", CUSTOMERS + "B,Bee,prospect,Spain,,\n")
    update(root, EVERYTHING, dry_run=True)
    before = bytes_of(root)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "team.yml" and ".new." in self.name:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(KamgenError, match="Nothing was written"):
        update(root, EVERYTHING)
    assert bytes_of(root) == before


def test_the_command(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    update(root, "region", dry_run=True)
    monkeypatch.chdir(root)
    arguments = ["import", "../preset", "--from", "../export"]
    assert main([*arguments, "--update", "--dry-run"]) == 0
    assert "Would update: ernst-handel: region to DACH (was Western Europe)\n" in capsys.readouterr().out
    assert main([*arguments, "--dry-run"]) == 0
    assert "Differs: ernst-handel: region is Western Europe in the file, DACH" in capsys.readouterr().out
    assert main([*arguments, "--update"]) == 0
    assert "Updated: ernst-handel: region to DACH (was Western Europe)\n" in capsys.readouterr().out
    assert b"region: DACH # said Ann\r\n" in (root / "accounts/ernst-handel.yml").read_bytes()


def test_without_update_a_dry_run_writes_nothing_either(root: Path, put: Put, tmp_path: Path) -> None:
    put("export/customers.csv", CUSTOMERS + "B,Bee,prospect,Spain,,\n")
    before = bytes_of(root)
    report = run_import(str(tmp_path / "preset"), tmp_path / "export", root, dry_run=True)
    assert "Would create: accounts/bee.yml\n" in report.text()
    assert bytes_of(root) == before


def test_in_the_order_book_only_what_differs_is_written(demo_root: Path, order_book: Path, tmp_path: Path) -> None:
    root = shutil.copytree(demo_root, tmp_path / "root")
    odd = (
        "# Ours\r\nname: 'Ernst Handel'\r\nstage: key\r\nregion: DACH   # our own word\r\ncrm_id: \"ERNSH\"\r\n"
        "country: Austria\r\nmanager: margaret-peacock # since 2020\r\n"
        "contacts:\r\n    roland-mendel: {name: Roland Mendel, title: Boss}\r\n"
    )
    (root / "accounts/ernst-handel.yml").write_bytes(odd.encode())
    before = bytes_of(root)
    (root / "playbook/kamgen.yml").write_text("imports: {owns: [manager, contacts.title]}\n")
    report = run_update("northwind", order_book, root, clock)
    assert (report.unread, report.repaired) == ([], {"customers.csv": 24, "orders.csv": 176})
    assert [str(difference) for difference in report.differences] == [
        "ernst-handel: region is DACH in the file, Western Europe in the import"
    ]
    after = bytes_of(root)
    assert [name for name in before if before[name] != after[name]] == ["accounts/ernst-handel.yml"]
    assert changed_lines(before["accounts/ernst-handel.yml"], after["accounts/ernst-handel.yml"]) == [
        "-manager: margaret-peacock # since 2020\r\n",
        "+manager: robert-king # since 2020\r\n",
        "-    roland-mendel: {name: Roland Mendel, title: Boss}\r\n",
        "+    roland-mendel: {name: Roland Mendel, title: Sales Manager}\r\n",
    ]
