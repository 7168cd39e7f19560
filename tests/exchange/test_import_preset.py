"""Presets: what a wrong one is told in one line, and that its SQL can reach nothing but the tables."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kamgen.errors import KamgenError
from kamgen.exchange.imports import ImportReport, run_import
from kamgen.exchange.imports.preset import load_preset, preset_names

Put = Callable[[str, str | bytes], Path]
Import = Callable[..., ImportReport]

ACCOUNTS_SQL = "SELECT id AS crm_id, name, 'customer' AS stage FROM customers"
SALES = "SELECT 'A' AS crm_id, {month} AS month, {product} AS product, {amount} AS amount"
OFFER = "SELECT '1' AS key, 'Tea' AS name"
CUSTOMERS = "id,name\nA,Foo\n"


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            {"accounts": "SELECT id AS crm_id, name FROM customers"},
            "accounts.sql returns no column stage: `cust",
        ),
        (
            {"accounts": "SELECT id AS crm_id, name, 'customer' AS stage, 1 AS fax FROM customers"},
            "accounts.sql returns a column fax which nobody reads. It may return crm_id, name, stage, coun",
        ),
        (
            {"accounts": ACCOUNTS_SQL.replace("customer'", "key'")},
            'accounts.sql says stage "key" for A: it can be',
        ),
        ({"accounts": "SELECT nope FROM customers"}, "accounts.sql: Binder Error: "),
        (
            {"accounts": "SELECT * FROM nope"},
            "accounts.sql: Catalog Error: Table with name nope does not exist!",
        ),
        ({"accounts": "SELEC"}, "accounts.sql: Parser Error: "),
        ({"accounts": ""}, "accounts.sql is empty."),
        ({"accounts": "-- nothing yet\n"}, "accounts.sql is empty."),
        (
            {"accounts": ACCOUNTS_SQL.replace("name,", "name, CAST(name AS INT) AS country,")},
            "accounts.sql: Conver",
        ),
        ({"accounts": f"{ACCOUNTS_SQL} UNION ALL {ACCOUNTS_SQL}"}, "accounts.sql returns the crm_id A twice"),
        (
            {"acounts": "SELECT 1"},
            "acounts.sql fills nothing: an import knows accounts.sql, contacts.sql, team.sql",
        ),
        (
            {"contacts": "SELECT 'A' AS crm_id, 'Bo' AS name, 'boss' AS level"},
            'contacts.sql says level "boss" for B',
        ),
        ({"team": "SELECT unnest(['x', 'y']) AS name, 1 AS key"}, "team.sql returns the key 1 twice"),
        (
            {"sales": SALES.format(month="unnest(['2026-01', '2026-01'])", product="'x'", amount=1)},
            "sales.sql returns foo, 2026-01, x twice: group by crm_id, month, product.",
        ),
    ],
)
def test_wrong_sql_is_one_line_that_names_the_file(
    accounts_import: Import, tmp_path: Path, sql: dict[str, str], message: str
) -> None:
    with pytest.raises(KamgenError) as error:
        accounts_import(CUSTOMERS, **sql)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "root").exists()


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"month": "'2026-13'"}, 'month "2026-13" is not a month such as 2026-04'),
        ({"month": "NULL"}, 'month "" is not a month such as 2026-04'),
        ({"product": "'9'"}, 'product "9" is not a key of offer.sql'),
        ({"product": "NULL"}, "product is empty"),
        ({"amount": "'1,5'"}, 'amount "1,5" is not a number'),
        ({"amount": "NULL"}, 'amount "" is not a number'),
        ({"amount": "'NaN'::DOUBLE"}, 'amount "nan" is not a number'),
        ({"amount": "'inf'::DOUBLE"}, 'amount "inf" is not a number'),
    ],
)
def test_a_wrong_cell_costs_its_row(
    accounts_import: Import, tmp_path: Path, cells: dict[str, str], reason: str
) -> None:
    sales = SALES.format(**({"month": "'2026-01'", "product": "'1'", "amount": "1"} | cells))
    report = accounts_import(CUSTOMERS, offer=OFFER, sales=sales)
    (row,) = report.unread
    assert row.reason.endswith(f": {reason}")
    assert report.exit_code == 1
    assert (tmp_path / "root/accounts/sales.csv").read_text() == "account,month,product,amount\n"


def test_a_manager_who_is_not_in_the_team_is_told(accounts_import: Import) -> None:
    accounts = ACCOUNTS_SQL.replace("name,", "name, 77 AS manager,")
    report = accounts_import(CUSTOMERS, accounts=accounts, team="SELECT 1 AS key, 'Ann' AS name")
    assert [str(row) for row in report.unread] == ["accounts.sql: A: the manager 77 is not in team.sql"]
    assert report.created == ["playbook/team.yml", "accounts/foo.yml"]


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM glob('{folder}/*')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "ATTACH '{folder}/out.db' AS out",
        "EXPORT DATABASE '{folder}/out'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM 'https://example.com/x.parquet'",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "SET autoload_known_extensions = true",
        "SELECT * FROM preset",
        "SELECT * FROM batch",
    ],
)
def test_sql_reaches_nothing_outside(put: Put, tmp_path: Path, accounts_import: Import, attack: str) -> None:
    secret = put("secret.csv", "crm_id,name,stage\nS,secret,customer\n")
    before = sorted(tmp_path.iterdir())
    sql = attack.format(secret=secret, folder=tmp_path)
    with pytest.raises(KamgenError, match=r"^(views|accounts)\.sql: "):
        accounts_import(CUSTOMERS, views=sql)
    with pytest.raises(KamgenError, match=r"^accounts\.sql: "):
        accounts_import(CUSTOMERS, views="SELECT 1", accounts=sql)
    assert {path.name for path in set(tmp_path.iterdir()) - set(before)} == {"export", "preset"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "fils: {}",
            "preset.yml: unknown key fils: a preset may say about, as_of, files, nothing, shift_years.",
        ),
        (
            "files: {customers: {comas_in: [x]}}",
            "preset.yml: unknown key comas_in: a file may say commas_in, fits, n",
        ),
        (
            "files: {customers: {fits: {id: '['}}}",
            "preset.yml: the pattern of id is not valid: unterminated char",
        ),
        (
            "files: {customers: {fits: {id: {is: money}}}}",
            "preset.yml: id: `is` can be date, number, whole number,",
        ),
        (
            "files: {customers: {fits: {id: {in: customers}}}}",
            "preset.yml: id: write `in: file.column`, not custom",
        ),
        (
            "files: {customers: {fits: {id: {in: later.id}}}}",
            "preset.yml compares with later.id, which is not there.",
        ),
        (
            "files: {customers: {needed: [nope]}}",
            "customers.csv has no column nope, which preset.yml names. It has i",
        ),
        ("as_of: soon", "preset.yml: as_of must be a day such as 2026-05-06, not soon."),
        ("shift_years: soon", "preset.yml: shift_years must be a whole number, not soon."),
        ("nothing: 5", "preset.yml: nothing must be a list of texts."),
        ("a: b: c", "preset.yml:1: mapping values are not allowed here."),
        ("- x", "preset.yml: "),
        (
            "files: {orders: {}}",
            "{export} holds no orders.csv (or .parquet or .json), which the preset reads.",
        ),
    ],
)
def test_a_wrong_preset_yml_is_one_line(
    put: Put, tmp_path: Path, accounts_import: Import, text: str, message: str
) -> None:
    put("preset/preset.yml", text)
    with pytest.raises(KamgenError) as error:
        accounts_import(CUSTOMERS)
    assert str(error.value).startswith(message.replace("{export}", str(tmp_path / "export")))
    assert "\n" not in str(error.value)


def test_presets_are_found_by_name_or_folder(tmp_path: Path) -> None:
    assert preset_names() == ["example", "northwind"]
    with pytest.raises(KamgenError, match=r'^"nope" is neither a preset \(example, northwind\) nor a folder of SQL'):
        load_preset("nope")
    with pytest.raises(KamgenError, match=r"holds no SQL file that an import knows: accounts\.sql"):
        load_preset(str(tmp_path))
    with pytest.raises(KamgenError, match=r"is not a folder\. Name the folder that holds the export"):
        run_import("northwind", tmp_path / "nope", tmp_path)
    with pytest.raises(KamgenError, match=r"holds no employees\.csv"):
        run_import("northwind", tmp_path, tmp_path)


def test_the_command_line_wins_over_the_preset() -> None:
    preset = load_preset("northwind").adjusted(shift_years=0, as_of=None, today=None)
    assert (preset.shift_years, str(preset.as_of)) == (0, "2026-05-06")


def test_without_duckdb_the_user_is_told_what_to_install(
    order_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    message = 'kamgen import needs DuckDB. Install it with: pip install "kamgen[import]"'
    with pytest.raises(KamgenError, match=f"^{re.escape(message)}$"):
        run_import("northwind", order_book, tmp_path)


def test_parquet_and_json_come_in_too(put: Put, tmp_path: Path) -> None:
    import duckdb

    export = tmp_path / "exp[1] 'x'*"
    export.mkdir()
    duckdb.execute(f"COPY (SELECT 'P' AS id, 'From Parquet' AS name) TO '{tmp_path / 'c.parquet'}'")
    (tmp_path / "c.parquet").rename(export / "customers.parquet")
    (export / "more customers.json").write_text('[{"id": "J", "name": "From JSON"}]')
    (export / "unasked.csv").write_bytes(b"\xff")
    more = ACCOUNTS_SQL.replace("customers", '"more customers"')
    put("preset/accounts.sql", f"{ACCOUNTS_SQL} UNION ALL {more}")
    report = run_import(str(tmp_path / "preset"), export, tmp_path / "root")
    assert report.created == ["accounts/from-json.yml", "accounts/from-parquet.yml"]


def test_one_table_from_two_files_is_refused(accounts_import: Import) -> None:
    with pytest.raises(KamgenError, match=r"customers\.csv and customers\.json are one table: remove one of them"):
        accounts_import(CUSTOMERS, csv={"customers.json": "[]"})


def test_targets_are_optional_and_known_accounts_are_found(put: Put, tmp_path: Path) -> None:
    put("root/accounts/foo.yml", "name: Foo\nstage: customer\ncrm_id: A\n")
    put("export/s.csv", "id\nA\n")
    put(
        "preset/sales.sql",
        "SELECT id AS crm_id, '2026-01' AS month, 'x' AS product, 2 AS amount, 1 AS margin FROM s",
    )
    run_import(str(tmp_path / "preset"), tmp_path / "export", tmp_path / "root")
    assert (tmp_path / "root/accounts/sales.csv").read_text() == (
        "account,month,product,amount,margin\nfoo,2026-01,x,2.00,1.00\n"
    )
    assert not (tmp_path / "root/playbook").exists()
