"""The order book and small exports for the tests of `kamgen import`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kamgen.exchange.imports import ImportReport, run_import

ORDER_BOOK = Path(__file__).parents[1] / "data" / "northwind"

Import = Callable[..., ImportReport]


@pytest.fixture(scope="session")
def order_book() -> Path:
    """The folder of the order book."""
    return ORDER_BOOK


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    """The order book, imported once into an empty workspace: its root and the report."""
    root = tmp_path_factory.mktemp("demo")
    return root, run_import("northwind", ORDER_BOOK, root)


@pytest.fixture
def demo_root(demo: tuple[Path, ImportReport]) -> Path:
    return demo[0]


@pytest.fixture
def demo_report(demo: tuple[Path, ImportReport]) -> ImportReport:
    return demo[1]


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file below the temporary folder: put("export/customers.csv", "id,name\\n…")."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


ACCOUNTS_SQL = "SELECT id AS crm_id, name, 'customer' AS stage FROM customers"


@pytest.fixture
def accounts_import(tmp_path: Path, put: Callable[[str, str | bytes], Path]) -> Import:
    """Import a customers.csv with the columns id and name; more SQL files by name, more exports in `csv`."""

    def run(customers: str, *, csv: dict[str, str] | None = None, **sql: str) -> ImportReport:
        put("export/customers.csv", customers)
        for name, text in (csv or {}).items():
            put(f"export/{name}", text)
        for name, text in {"accounts": ACCOUNTS_SQL, **sql}.items():
            put(f"preset/{name}.sql", text)
        return run_import(str(tmp_path / "preset"), tmp_path / "export", tmp_path / "root")

    return run
