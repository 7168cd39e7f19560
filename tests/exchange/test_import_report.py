"""The report says everything once, and stays readable when there is much to say."""

from __future__ import annotations

from kamgen.exchange.imports.report import Difference, ImportReport, UnreadRow


def test_a_long_report_is_cut_where_lines_repeat_and_still_counts_all() -> None:
    report = ImportReport(
        preset="northwind",
        source="exports",
        shift_years=28,
        created=[f"accounts/a-{n}.yml" for n in range(91)] + ["playbook/team.yml"],
        rewritten=["accounts/sales.csv"],
        unchanged=["playbook/offer.yml"],
        differences=[Difference("foo", ("region",), "", "DACH"), Difference("foo", ("country",), "Spain", "Italy")],
        unread=[UnreadRow("orders.csv", line, "bad") for line in range(2, 24)] + [UnreadRow("sales.sql", None, "lost")],
        repaired={"customers.csv": 1, "orders.csv": 176},
        notes=["something to know"],
    )
    shown = "".join(f"Not read: orders.csv:{line}: bad\n" for line in range(2, 22))
    assert report.text() == (
        "Import northwind from exports, dates moved by 28 years\n"
        "Created: 91 accounts in accounts/\n"
        "Created: playbook/team.yml\n"
        "Written: accounts/sales.csv\n"
        "Repaired: 1 row of customers.csv (commas without quotes)\n"
        "Repaired: 176 rows of orders.csv (commas without quotes)\n"
        "Note: something to know\n"
        "Differs: foo: region is not given in the file, DACH in the import\n"
        "Differs: foo: country is Spain in the file, Italy in the import\n"
        f"{shown}"
        "Not read: sales.sql: lost\n"
        "Not read: 2 more rows of orders.csv\n"
        "92 created, 1 written anew, 1 unchanged, 2 differences, 23 rows not read.\n"
    )


def test_only_lost_rows_fail_an_import() -> None:
    assert ImportReport(differences=[Difference("a", ("b",), "c", "d")], notes=["n"]).exit_code == 0
    assert ImportReport(unread=[UnreadRow("a.csv", 2, "r")]).exit_code == 1


def test_many_changes_of_one_field_are_counted_and_signs_that_a_terminal_obeys_are_left_out() -> None:
    changes = [Difference(f"a-{n}", ("region",), "Old", "New") for n in range(22)]
    people = [Difference("a", ("contacts", "bo"), "", "Bo\x1b[2J\n", {"name": "Bo"})]
    report = ImportReport(preset="p", source="s", update=True, updated=[*changes, *people])
    shown = "".join(f"Updated: a-{n}: region to New (was Old)\n" for n in range(20))
    assert report.text() == (
        f"Import p from s\n{shown}Added: a: contacts.bo (Bo [2J )\nUpdated: region, 2 more\n"
        "0 created, 0 written anew, 23 fields updated, 0 unchanged, 0 differences, 0 rows not read.\n"
    )


def test_what_was_refused_or_only_tried_is_told_as_what_would_be() -> None:
    tried = ImportReport(created=["accounts/a.yml"], rewritten=["accounts/sales.csv"], dry_run=True)
    assert "Would create: accounts/a.yml\nWould write: accounts/sales.csv\n" in tried.text()
    refused = ImportReport(created=["accounts/a.yml"], refused=["accounts/a.yml:1: KAM007 nobody"])
    assert "Would create: accounts/a.yml\nRefused: accounts/a.yml:1: KAM007 nobody\nNothing was" in refused.text()
    assert (tried.exit_code, refused.exit_code) == (0, 2)


def test_a_field_that_could_not_be_written_fails_an_import() -> None:
    assert ImportReport(failed=["a: region"]).exit_code == 1
