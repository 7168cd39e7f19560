"""Whatever stands in a file: reading and judging raise nothing, and what is right is not complained of."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamgen.finding import Finding
from kamgen.model.identity import IS_ID, SLUG_LENGTH, slug
from kamgen.read import yaml
from kamgen.read.markdown import relative_links, sections, split_front_matter, title
from tests.conftest import checked, write_files
from tests.read.samples import FILES

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
# Text as it goes wrong: YAML's own signs, odd spaces and breaks, a word or two.
ODD = st.text(st.sampled_from(list("ab:-?#&*!|>'\"%@`{}[],~ \n\t\r\u00a0\u2028\x85\x07é…0")), max_size=60)
ANY = st.one_of(ODD, st.text(max_size=60))
YAML_FILES = sorted(path for path in FILES if path.endswith(".yml"))


def judged(files: dict[str, str | bytes]) -> list[Finding]:
    """The findings of a workspace with these files."""
    with tempfile.TemporaryDirectory() as folder:
        return checked(write_files(Path(folder), files)).findings


def data_findings(findings: list[Finding]) -> list[str]:
    """The findings of family 0, for reading."""
    return [f"{f.place.path}:{f.place.line} {f.code} {f.text}" for f in findings if f.code.startswith("KAM0")]


def test_what_is_right_is_not_complained_of() -> None:
    """The sample has no finding of family 0."""
    assert data_findings(judged(dict(FILES))) == []


def test_a_light_account_may_hold_everything() -> None:
    """One file with the keys of the folder's files reads the same."""
    inner = {"contacts", "plan", "partnership"}
    text = FILES["accounts/ernst-handel/account.yml"]
    for part in sorted(inner):
        lines = FILES[f"accounts/ernst-handel/{part}.yml"].splitlines()
        text += f"{part}:\n" + "".join(f"  {line}\n" for line in lines)
    files = {path: body for path, body in FILES.items() if not path.startswith("accounts/ernst-handel/")}
    assert data_findings(judged({**files, "accounts/ernst-handel.yml": text})) == []


@quick
@given(ANY)
def test_any_text_is_read_or_told(text: str) -> None:
    """A YAML text gives a tree or a mistake with a place in it, never an error."""
    document = yaml.parse(text, "accounts/x.yml")
    lines = text.count("\n") + 1
    assert all(1 <= mistake.line <= lines and mistake.column >= 1 for mistake in document.mistakes)
    assert document.root is not None or document.mistakes or document.tree is None


@quick
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=80))
def test_any_bytes_for_any_file(path: str, raw: bytes) -> None:
    """Bytes of no meaning raise nothing, wherever they stand."""
    judged({**FILES, path: raw})


@quick
@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_slip_of_the_pen(path: str, data: st.DataObject) -> None:
    """A piece replaced by something odd raises nothing, and every finding has a place in a file that is there."""
    text = FILES[path]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    findings = judged({**FILES, path: text[:start] + data.draw(ANY) + text[end:]})
    assert all(f.place.line >= 1 and f.place.column >= 1 for f in findings)


@quick
@given(st.sampled_from(YAML_FILES), st.data())
def test_any_shape_for_any_value(path: str, data: st.DataObject) -> None:
    """A list, keys, a number or a date where something else belongs is a finding or fits; nothing is raised."""
    lines = FILES[path].splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[at].partition(":")
    shape = data.draw(
        st.sampled_from(["[]", "[a, b]", "{}", "{a: b}", "5", "-1e9", "2026-04-30", "true", "x", "''", "never"])
    )
    lines[at] = f"{key}{colon} {shape}"
    judged({**FILES, path: "\n".join(lines) + "\n"})


@pytest.mark.parametrize("path", YAML_FILES)
@pytest.mark.parametrize("text", [b"\xff\xfe", "Dear all, this is\nour plan.\n", "- a\n- b\n", "x: [\n"], ids=range(4))
def test_an_unreadable_file_is_one_cause(path: str, text: str | bytes) -> None:
    """Its loss is told once, and nobody complains of what stood in it."""
    before = {f.id for f in judged(dict(FILES))}
    after = judged({**FILES, path: text})
    assert len(data_findings([f for f in after if f.place.path == path])) == 1
    new = [f for f in after if f.id not in before and f.place.path != path]
    assert [f"{f.code} {f.subject} {f.message}" for f in new] == []


@quick
@given(ANY)
def test_any_note(text: str) -> None:
    """Front matter, title, sections and links of any text."""
    front = split_front_matter(text)
    assert front.state == "absent" or text.startswith("---")
    title(front.body)
    sections(text)
    list(relative_links(front.body))


@quick
@given(st.text(max_size=80))
def test_any_text_has_a_slug(text: str) -> None:
    """A slug is an id of at most 48 characters, and its own slug."""
    name = slug(text)
    assert IS_ID(name)
    assert len(name) <= SLUG_LENGTH
    assert slug(name) == name
