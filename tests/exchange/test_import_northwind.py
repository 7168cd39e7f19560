"""The order book comes in whole: every row, customer and cent, computed here a second time without SQL."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path

import yaml

from kamgen.exchange.imports import ImportReport
from kamgen.exchange.imports.preset import load_preset
from kamgen.exchange.imports.rows import Table, read_csv

ORDER_BOOK = Path(__file__).parents[1] / "data" / "northwind"
AS_OF = date(2026, 5, 6)


def raw(name: str) -> list[list[str]]:
    """Each row of a file cut at every comma: the form in which the faults are plain to see."""
    lines = (ORDER_BOOK / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.split(",") for line in lines]


def rejoined(name: str, left: int, right: int) -> list[tuple[str, ...]]:
    """The rows as they must be when only the text between `left` and `right` columns holds stray commas."""
    return [(*row[:left], ",".join(row[left:-right]), *row[-right:]) for row in raw(name)]


@cache
def table(name: str) -> Table:
    preset = load_preset("northwind")

    def known(of: str, column: str) -> frozenset[str]:
        source = table(of)
        return frozenset(row[source.columns.index(column)] or "" for row in source.rows)

    return read_csv(ORDER_BOOK / f"{name}.csv", preset.files[name], preset.nothing, known)


def rows(name: str) -> list[dict[str, str]]:
    return [
        {column: value or "" for column, value in zip(table(name).columns, row, strict=True)}
        for row in table(name).rows
    ]


def exported(root: Path, name: str) -> list[dict[str, str]]:
    with (root / "accounts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moved(text: str) -> date:
    return date.fromisoformat(text[:10]).replace(year=int(text[:4]) + 28)


def slug_of(root: Path) -> dict[str, str]:
    return {yaml.safe_load(path.read_text("utf-8"))["crm_id"]: path.stem for path in root.glob("accounts/*.yml")}


def test_every_row_is_read_and_the_stray_commas_are_counted(demo_report: ImportReport) -> None:
    assert demo_report.unread == []
    assert demo_report.repaired == {"customers.csv": 24, "orders.csv": 176}
    assert (len(rows("customers")), len(rows("orders")), len(rows("order-details"))) == (91, 830, 2155)
    assert demo_report.exit_code == 0


def test_each_repaired_customer_is_what_stands_in_the_file() -> None:
    read = [tuple(value or "NULL" for value in row) for row in table("customers").rows]
    assert read == rejoined("customers", left=4, right=6)
    assert len({row["customerID"] for row in rows("customers")}) == 91
    countries = Counter(row["country"] for row in rows("customers"))
    assert (len(countries), countries["Brazil"], countries["France"]) == (21, 9, 11)


def test_each_repaired_order_is_what_stands_in_the_file() -> None:
    read = [tuple(value or "NULL" for value in row) for row in table("orders").rows]
    assert read == rejoined("orders", left=9, right=4)


def test_each_repaired_order_goes_to_its_customers_own_address() -> None:
    customers = {row["customerID"]: row for row in rows("customers")}
    lines = dict(zip(table("orders").lines, rows("orders"), strict=True))
    repaired = [lines[line] for line in table("orders").repaired]
    assert len(repaired) == 176
    for order in repaired:
        customer = customers[order["customerID"]]
        for theirs, ours in (("shipAddress", "address"), ("shipCity", "city"), ("shipCountry", "country")):
            assert order[theirs] == customer[ours], order


def test_sales_are_the_order_lines_to_the_cent(demo_root: Path) -> None:
    slugs = slug_of(demo_root)
    orders = {row["orderID"]: row for row in rows("orders")}
    category = {row["productID"]: row["categoryID"] for row in rows("products")}
    offer = list(yaml.safe_load((demo_root / "playbook/offer.yml").read_text("utf-8")))
    expected: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in rows("order-details"):
        order = orders[line["orderID"]]
        month = moved(order["orderDate"]).isoformat()[:7]
        key = (slugs[order["customerID"]], month, offer[int(category[line["productID"]]) - 1])
        expected[key] += Decimal(line["unitPrice"]) * int(line["quantity"]) * (1 - Decimal(line["discount"]))
    assert sum(expected.values()) == Decimal("1265793.0395")
    found = {(r["account"], r["month"], r["product"]): Decimal(r["amount"]) for r in exported(demo_root, "sales.csv")}
    assert found == {key: value.quantize(Decimal("0.01"), ROUND_HALF_EVEN) for key, value in expected.items()}
    assert abs(sum(found.values(), Decimal()) - sum(expected.values(), Decimal())) < Decimal("0.05")


def test_deliveries_are_the_orders_by_required_month(demo_root: Path) -> None:
    slugs = slug_of(demo_root)
    expected: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for order in rows("orders"):
        required = moved(order["requiredDate"])
        shipped = moved(order["shippedDate"]) if order["shippedDate"] else None
        count = expected[slugs[order["customerID"]], required.isoformat()[:7]]
        count[0] += 1
        count[1] += (shipped or AS_OF) > required
    found = {
        (row["account"], row["month"]): [int(row["deliveries"]), int(row["late"])]
        for row in exported(demo_root, "deliveries.csv")
    }
    assert found == expected
    assert sum(count for count, _ in found.values()) == 830


def test_the_book_ends_on_its_day_with_its_weekdays() -> None:
    orders = [row["orderDate"] for row in rows("orders")]
    assert max(moved(day) for day in orders) == AS_OF
    assert all(moved(day).weekday() == date.fromisoformat(day[:10]).weekday() for day in orders)


def test_every_customer_is_an_account(demo_root: Path) -> None:
    accounts = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in demo_root.glob("accounts/*.yml")}
    assert {facts["crm_id"] for facts in accounts.values()} == {row["customerID"] for row in rows("customers")}
    prospects = {facts["crm_id"] for facts in accounts.values() if facts["stage"] == "prospect"}
    assert prospects == {"FISSA", "PARIS"}
    assert all(facts["region"] and facts["country"] and len(facts["contacts"]) == 1 for facts in accounts.values())
    assert all(("manager" in facts) == (facts["stage"] == "customer") for facts in accounts.values())


def test_the_manager_took_most_orders_of_the_last_twelve_months(demo_root: Path) -> None:
    team = list(yaml.safe_load((demo_root / "playbook/team.yml").read_text("utf-8")))
    recent: dict[str, Counter[str]] = defaultdict(Counter)
    for order in rows("orders"):
        if moved(order["orderDate"]) > AS_OF.replace(year=2025):
            recent[order["customerID"]][team[int(order["employeeID"]) - 1]] += 1
    for path in demo_root.glob("accounts/*.yml"):
        facts = yaml.safe_load(path.read_text("utf-8"))
        if counts := recent.get(facts["crm_id"]):
            assert counts[facts["manager"]] == max(counts.values()), facts["name"]


def test_a_light_account_as_it_is_written(demo_root: Path) -> None:
    assert (demo_root / "accounts/mere-paillarde.yml").read_text(encoding="utf-8") == (
        "name: Mère Paillarde\n"
        "stage: customer\n"
        "country: Canada\n"
        "region: North America\n"
        "crm_id: MEREP\n"
        "manager: janet-leverling\n"
        "contacts:\n"
        "  jean-fresniere:\n"
        "    name: Jean Fresnière\n"
        "    title: Marketing Assistant\n"
        "    level: implementer\n"
    )


def test_no_phone_fax_or_street_comes_in(demo_root: Path) -> None:
    written = "".join(path.read_text("utf-8") for path in demo_root.rglob("*.*"))
    for customer in rows("customers"):
        for column in ("phone", "fax", "address"):
            assert not customer[column] or customer[column] not in written


def test_the_team_and_the_offer(demo_root: Path) -> None:
    team = yaml.safe_load((demo_root / "playbook/team.yml").read_text("utf-8"))
    assert len(team) == 9
    assert {id_ for id_, facts in team.items() if facts.get("senior")} == {"andrew-fuller", "steven-buchanan"}
    assert team["anne-dodsworth"] == {
        "name": "Anne Dodsworth",
        "title": "Sales Representative",
        "reports_to": "steven-buchanan",
    }
    offer = yaml.safe_load((demo_root / "playbook/offer.yml").read_text("utf-8"))
    assert offer["grains-cereals"] == {"name": "Grains/Cereals"}
    assert len(offer) == 8
