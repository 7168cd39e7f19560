"""DuckDB: the export's files become tables, and each SQL file of the preset answers for one target.

Tables are filled before any SQL of a preset runs. From then on DuckDB can reach no file, no network, no
extension and no variable of this process, so that a preset from elsewhere can at worst give wrong answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kamgen.errors import KamgenError
from kamgen.exchange.imports.preset import VIEWS, FileFacts, Preset
from kamgen.exchange.imports.report import ImportReport
from kamgen.exchange.imports.rows import Row, Table, read_csv
from kamgen.exchange.imports.targets import TARGETS, Target

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Answers = dict[str, list[dict[str, Any]]]

ENDINGS = (".csv", ".parquet", ".json")
_BATCH = 20_000


def run_queries(preset: Preset, source: Path, report: ImportReport) -> Answers:
    """The rows of each target, by its name; rows of the export that cannot be read go to the report."""
    connection = _connect()
    try:
        for path in _files(preset, source):
            _load(connection, path, preset, report)
        _close_doors(connection)
        _set_variables(connection, preset)
        if VIEWS in preset.sql:
            _ask(connection, VIEWS, preset.sql[VIEWS])
        return {
            name: _answer(connection, target, preset.sql[name])
            for name, target in TARGETS.items()
            if name in preset.sql
        }
    finally:
        connection.close()


def _connect() -> DuckDBPyConnection:
    try:
        import duckdb  # an extra, and slow to load: only an import pays for it
    except ImportError as error:
        raise KamgenError('kamgen import needs DuckDB. Install it with: pip install "kamgen[import]"') from error
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",  # SQL must not see our variables
        "threads": "2",
    }
    return duckdb.connect(":memory:", config=config)


def _files(preset: Preset, source: Path) -> list[Path]:
    """The files that the preset speaks of, in its order; other files of the folder are left alone."""
    if not source.is_dir():
        raise KamgenError(f"{source} is not a folder. Name the folder that holds the export.")
    found = sorted(path for path in source.iterdir() if path.suffix.lower() in ENDINGS and path.is_file())
    by_name: dict[str, Path] = {}
    for path in found:
        if path.stem in by_name:
            raise KamgenError(f"{by_name[path.stem].name} and {path.name} are one table: remove one of them.")
        by_name[path.stem] = path
    if missing := [name for name in preset.files if name not in by_name]:
        raise KamgenError(f"{source} holds no {missing[0]}.csv (or .parquet or .json), which the preset reads.")
    if not by_name:
        raise KamgenError(f"{source} holds no CSV, Parquet or JSON file.")
    sql = " ".join(preset.sql.values())
    return [by_name[name] for name in preset.files] + [
        path for name, path in by_name.items() if name not in preset.files and name in sql
    ]


def _load(connection: DuckDBPyConnection, path: Path, preset: Preset, report: ImportReport) -> None:
    try:
        if path.suffix.lower() == ".csv":
            table = _read(connection, path, preset)
            _fill(connection, path.stem, table)
            report.unread += table.unread
            if table.repaired:
                report.repaired[table.file] = len(table.repaired)
        else:
            reader = "read_parquet" if path.suffix.lower() == ".parquet" else "read_json_auto"
            name = _literal(re.sub(r"([*?\[])", r"[\1]", str(path)))
            connection.execute(f"CREATE TABLE {_quoted(path.stem)} AS SELECT * FROM {reader}({name})")
    except _duckdb_error() as error:
        raise KamgenError(f"Cannot read {path.name}: {_first_line(error)}") from error
    except OSError as error:
        raise KamgenError(f"Cannot read {path.name}: {error.strerror}.") from error


def _read(connection: DuckDBPyConnection, path: Path, preset: Preset) -> Table:
    def known(table: str, column: str) -> frozenset[str]:
        return _values(connection, table, column)

    return read_csv(path, preset.files.get(path.stem, FileFacts()), preset.nothing, known)


def _values(connection: DuckDBPyConnection, table: str, column: str) -> frozenset[str]:
    query = f"SELECT DISTINCT CAST({_quoted(column)} AS VARCHAR) FROM {_quoted(table)}"
    try:
        return frozenset(value for (value,) in connection.execute(query).fetchall() if value is not None)
    except _duckdb_error() as error:
        raise KamgenError(
            f"preset.yml compares with {table}.{column}, which is not there. "
            f"Name {table} with that column further up under files."
        ) from error


def _fill(connection: DuckDBPyConnection, name: str, table: Table) -> None:
    columns = ", ".join(f"{_quoted(column)} VARCHAR" for column in table.columns)
    connection.execute(f"CREATE TABLE {_quoted(name)} ({columns})")
    cells = ", ".join(f"unnest(${at}::VARCHAR[])" for at in range(1, len(table.columns) + 1))
    for batch in _batches(table.rows):
        values = [list(column) for column in zip(*batch, strict=True)]
        connection.execute(f"INSERT INTO {_quoted(name)} SELECT {cells}", values)


def _batches(rows: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _close_doors(connection: DuckDBPyConnection) -> None:
    connection.execute("SET enable_external_access = false")


def _set_variables(connection: DuckDBPyConnection, preset: Preset) -> None:
    connection.execute(f"SET VARIABLE shift_years = {int(preset.shift_years)}")
    day = f"DATE '{preset.as_of.isoformat()}'" if preset.as_of else "NULL::DATE"
    connection.execute(f"SET VARIABLE as_of = {day}")
    connection.execute("SET TimeZone = 'UTC'")  # the same answers on every machine
    connection.execute("SET lock_configuration = true")


def _ask(connection: DuckDBPyConnection, name: str, sql: str) -> DuckDBPyConnection:
    try:
        if not connection.extract_statements(sql):
            raise KamgenError(f"{name}.sql is empty.")
        return connection.execute(sql)
    except _duckdb_error() as error:
        raise KamgenError(f"{name}.sql: {_first_line(error)}") from error


def _answer(connection: DuckDBPyConnection, target: Target, sql: str) -> list[dict[str, Any]]:
    result = _ask(connection, target.name, sql)
    columns = [column[0] for column in result.description or []]
    _check_columns(target, columns)
    try:
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    except _duckdb_error() as error:
        raise KamgenError(f"{target.name}.sql: {_first_line(error)}") from error


def _check_columns(target: Target, columns: list[str]) -> None:
    names = [column.name for column in target.columns]
    for column in target.columns:
        if column.needed and column.name not in columns:
            raise KamgenError(f"{target.name}.sql returns no column {column.name}: {column.meaning}.")
    for name in columns:
        if name not in names or columns.count(name) > 1:
            told = "twice" if name in names else "which nobody reads"
            known = ", ".join(names)
            raise KamgenError(f"{target.name}.sql returns a column {name} {told}. It may return {known}.")


def _duckdb_error() -> type[Exception]:
    import duckdb

    return duckdb.Error


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") + "."


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
