"""Issues and mails into accounts: who may, what is answered, and a good hundred hostile ones that change nothing."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import pytest
from markdown_it import MarkdownIt

from kamgen.cli import main
from kamgen.errors import KamgenError
from kamgen.inbox import Handled, apply_issue, inert
from kamgen.model.portfolio import Account
from kamgen.model.slip_fields import form_fields
from kamgen.pages.slips import Service, Target, address
from kamgen.project import Clock
from kamgen.read.workspace import read_workspace
from tests.edit.conftest import tree
from tests.history import commit_on, git

CLOCK = Clock(datetime(2026, 5, 6, tzinfo=UTC))
FILES = {
    "playbook/kamgen.yml": "as_of: 2026-05-06\n",
    "playbook/team.yml": """\
margaret-peacock: {name: Margaret Peacock, github: Margaret-P, gitlab: margaret.p, email: M.Peacock@example.com}
andrew-fuller: {name: Andrew Fuller, senior: true, github: "@andrew"}
robert-king: {name: Robert King, github: robert-king, email: king@example.com, leaves: 2026-05-05}
laura-callahan: {name: Laura Callahan}
twin-one: {name: Twin One, github: twins}
twin-two: {name: Twin Two, github: Twins}
""",
    "accounts/ernst/account.yml": "name: Ernst Handel  # ours\nstage: customer\nmanager: margaret-peacock\n",
    "accounts/ernst/contacts.yml": """\
roland-mendel:
  name: Roland Mendel
  level: influencer
  covered_by: margaret-peacock
""",
    "accounts/ernst/plan.yml": """\
intentions:
  fewer-gaps:
    goal: Fewer gaps
    for: customer
    measure: gaps a week
    aim: 3
implementation:
  - what: "Put the sheet up"   # in Graz
    who: margaret-peacock
    due: 2026-05-15
    goal: fewer-gaps
  - {what: Share data, who: roland-mendel, due: 2026-05-29, goal: fewer-gaps}
""",
    "accounts/ernst/notes/2026-04-02-late.md": "---\nkind: issue\n---\n# Late\n\nA pallet was late.\n",
    "accounts/other.yml": """\
name: Other
stage: prospect
contacts:
  ann-other: {name: Ann Other}
plan:
  implementation:
    - {id: their-action, what: Their action, who: margaret-peacock}
""",
}


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace under git, which nothing in this module may change."""
    root = tmp_path_factory.mktemp("inbox") / "workspace"
    commit_on(root, "2026-05-01", FILES)
    return root


@pytest.fixture
def workspace(seed: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(seed, tmp_path / "workspace"))


def form(**fields: str) -> str:
    """The text of an issue form; underscores in a label stand for spaces."""
    return "\n\n".join(f"### {label.replace('_', ' ')}\n\n{value}" for label, value in fields.items())


def done(item: str = "share-data", **more: str) -> str:
    return form(**{"Slip": "done", "Account": "ernst", "What": item} | more)


def event(text: object, login: object = "margaret-p", **more: Any) -> dict[str, Any]:
    issue = {"number": 12, "title": "Done", "body": text, "user": {"login": login}}
    return {"action": "opened", "issue": issue, "sender": {"login": login}} | more


def gitlab(text: str, name: str = "margaret.p", **more: Any) -> dict[str, Any]:
    issue = {"iid": 7, "title": "Done", "description": text, "author_id": 3, "action": "open"}
    return {"object_kind": "issue", "user": {"id": 3, "username": name}, "object_attributes": issue | more}


def mail(text: str, sender: str = "m.peacock@example.com", head: str = "") -> bytes:
    return f"From: {sender}\nSubject: Done\n{head}\n{text}".encode()


LINES = "Slip: done\nAccount: ernst\nWhat: share-data\n"


def send(root: Path, content: object, trust_mail: bool = True) -> Handled:
    file = root.parent / "message"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return apply_issue(root, CLOCK, file, trust_mail=trust_mail)


def account(root: Path, slug: str = "ernst") -> Account:
    return read_workspace(root, CLOCK.day).portfolio.accounts[slug]


def diff(root: Path) -> list[str]:
    """The lines that differ from the last commit, without those that say where."""
    git(root, "add", "--all", "--intent-to-add")
    lines = git(root, "diff", "--unified=0").splitlines()
    return [line for line in lines if re.match(r"[-+](?![-+]{2} )", line)]


def assert_inert(answer: str) -> None:
    """Rendered, an answer holds paragraphs, lists and bold names, and no word in it does anything."""
    assert answer.strip()
    assert not re.search(r"(?m)^\s*/\w", answer), "a quick action"
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(answer)
    assert set(re.findall(r"</?([\w-]+)", rendered)) <= {"p", "ul", "li", "strong"}, rendered
    read = html.unescape(re.sub(r"<[^>]*>", " ", rendered))
    assert not re.search(r"@\w|#\d|://|\bwww\.|GH-\d|[!%~$&^]\d", read), read


# --- What is taken --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        event(done()),
        event(done(), "MARGARET-P"),
        event(done(), action="edited", changes={"body": {"from": ""}}),
        gitlab(done()),
        {"iid": 7, "author": {"username": "margaret.p"}, "description": done()},
        mail(LINES),
        mail(LINES, "Margaret <M.PEACOCK@EXAMPLE.COM>"),
        event(done("Share data")),
        event(done(Who_reports_it="margaret-peacock")),
        event(done(Who_reports_it="Margaret Peacock")),
    ],
    ids=range(10),
)
def test_a_slip_is_applied_once(workspace: Path, content: object) -> None:
    first = send(workspace, content)
    assert (first.outcome, first.route, first.files) == ("applied", "main", ("accounts/ernst/plan.yml",))
    assert first.answer.startswith("Thank you, Margaret Peacock. This is written down:\n\n**Ernst Handel**\n\n- ")
    assert "Share data" in first.answer
    plan = account(workspace).plan
    assert plan is not None
    assert plan.implementation[1].done == date(2026, 5, 6)
    git(workspace, "add", "--all")
    git(workspace, "commit", "--quiet", "--message", "once")
    again = send(workspace, content)
    assert (again.outcome, again.route, again.files, again.branch) == ("already", "none", (), "")
    assert "stood there already" in again.answer
    assert diff(workspace) == []
    for answer in (first.answer, again.answer):
        assert_inert(answer)


def test_the_result_says_where_the_change_belongs(workspace: Path) -> None:
    handled = send(workspace, event(done()))
    told = json.loads(handled.json())
    assert told == {
        "format": 1,
        "outcome": "applied",
        "answer": handled.answer,
        "route": "main",
        "branch": "kamgen/issue-12",
        "title": "ernst: done (margaret-peacock, issue 12)",
        "files": ["accounts/ernst/plan.yml"],
        "number": 12,
    }
    assert send(workspace, mail(LINES)).branch == ""  # it is there already
    assert re.fullmatch(
        r"kamgen/mail-[0-9a-f]{12}", send(workspace, mail(LINES.replace("share-data", "put-the-sheet-up"))).branch
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"Slip": "stage", "New_stage": "key", "Why": "They buy"},
        {"Slip": "selection", "Why_they_are_key": "They open Austria", "Who_agreed": "andrew-fuller"},
        {"Slip": "aim", "Goal": "fewer-gaps", "New_aim": "2", "Why": "Agreed with them"},
        {
            "Slip": "waiver",
            "Rule": "KAM604",
            "Why": "Handed over",
            "Who_agreed": "andrew-fuller",
            "Until": "2026-07-01",
        },
    ],
    ids=lambda fields: fields["Slip"],
)
def test_what_needs_agreement_is_for_a_pull_request(workspace: Path, fields: Mapping[str, str]) -> None:
    handled = send(workspace, event(form(Account="ernst", **fields)))
    assert (handled.outcome, handled.route, handled.branch) == ("agreement-needed", "pull-request", "kamgen/issue-12")
    assert "somebody else's agreement" in handled.answer
    assert handled.files


def test_who_leaves_is_answered_with_what_hangs_on_them(workspace: Path) -> None:
    fields = {"Who_leaves": "Roland Mendel", "Their_last_day": "2026-06-30", "How_we_know": "told"}
    handled = send(workspace, event(form(Slip="leaves", Account="ernst", **fields, Hobby="golf")))
    assert handled.outcome == "applied"
    assert "- Roland Mendel leaves on 2026-06-30" in handled.answer
    assert "What hangs on Roland Mendel:\n\n- " in handled.answer
    assert 'Left out, since it belongs to no field:\n\n- "Hobby"\n' in handled.answer
    assert_inert(handled.answer)


def as_sent(service: Service, where: str) -> object:
    """What arrives when somebody follows a link of the site and sends the form as it is."""
    parts = urlsplit(where)
    given = {key: values[0] for key, values in parse_qs(parts.query).items()}
    if service == "email":
        return mail(given["body"])
    if service == "gitlab":
        return gitlab(given["issue[description]"])
    asked = form_fields(given["slip"])
    return event(form(Slip=given["slip"], **{one.label: given.get(one.key, "_No response_") for one in asked}))


@pytest.mark.parametrize("service", get_args(Service))
def test_a_link_of_the_site_is_followed_and_sent(workspace: Path, service: Service) -> None:
    to = {"email": "plans@example.com"}.get(service, "https://git.example/sales/plans")
    known = {"account": "ernst", "item": "plan.implementation.share-data"}
    handled = send(workspace, as_sent(service, address(Target(service, to), "done", known, "Done: share data & more")))
    assert handled.outcome == "applied", handled.answer
    plan = account(workspace).plan
    assert plan is not None
    assert plan.implementation[1].done == date(2026, 5, 6)


def test_a_trial_writes_nothing(workspace: Path) -> None:
    file = workspace.parent / "message"
    file.write_text(json.dumps(event(done())))
    assert apply_issue(workspace, CLOCK, file, dry_run=True).outcome == "applied"
    assert diff(workspace) == []


def test_a_mail_that_nobody_checked_is_a_wrong_command(workspace: Path) -> None:
    with pytest.raises(KamgenError, match="--trust-mail"):
        send(workspace, mail(LINES), trust_mail=False)
    assert diff(workspace) == []


def test_the_command(workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(workspace)
    file, result = workspace.parent / "event.json", workspace.parent / "result.json"
    for text, code, outcome in (
        (done(), 0, "applied"),
        (done(), 0, "already"),
        (done("nothing"), 1, "refused"),
        ("Hello", 0, "ignored"),
    ):
        file.write_text(json.dumps(event(text)))
        assert main(["apply", "--from-issue", str(file), "--result", str(result)]) == code
        told = json.loads(result.read_text(encoding="utf-8"))
        assert told["outcome"] == outcome
        assert capsys.readouterr().out == told["answer"]
    assert main(["apply", "--from-issue", str(workspace / "nothing")]) == 2
    assert main(["apply", "--from-issue", str(file), "slip.yml"]) == 2
    assert main(["apply", "--result", str(result), "slip.yml"]) == 2
    assert main(["apply"]) == 2


# --- Who may not ----------------------------------------------------------------------------------------


def test_a_last_day_that_cannot_be_read_lets_nobody_in(workspace: Path) -> None:
    team = workspace / "playbook/team.yml"
    team.write_text(team.read_text().replace("2026-05-05", "2026-05-32"))
    handled = send(workspace, event(done(), "robert-king"))
    assert handled.outcome == "refused"
    assert "There are mistakes in playbook/team.yml" in handled.answer


def test_the_last_day_counts(workspace: Path) -> None:
    team = workspace / "playbook/team.yml"
    team.write_text(team.read_text().replace("2026-05-05", "2026-05-06"))
    assert send(workspace, event(done(), "robert-king")).outcome == "applied"


def test_without_a_team_nobody_may(workspace: Path) -> None:
    (workspace / "playbook/team.yml").unlink()
    assert send(workspace, event(done())).outcome == "refused"


# --- A good hundred of hostile messages -----------------------------------------------------------------

BOMB = "a: &a [x,x]\n" + "b: &b [*a,*a,*a,*a]\n" * 3
STRANGERS: dict[str, object] = {
    f"sender {name!r}": event(done(), name)
    for name in (
        *("mallory", "", " ", "@margaret-p", "margaret-p ", "margaret-p\n", "margaret-p\u200b", "margaret\u2011p"),
        *("\u041cargaret-p", "margaret-\u1d18", "margaret-peacock", "margaret.p", "M.Peacock@example.com", "*", ".*"),
        *(
            "margaret-p, andrew",
            "github-actions[bot]",
            "laura-callahan",
            "None",
            "github",
            "robert-king",
            "ROBERT-KING",
        ),
        *("twins", ["margaret-p"], {"login": "margaret-p"}, 7, None, "x" * 5000, "<b>@all</b> #1 /close"),
    )
}
FORGED: dict[str, object] = {
    "by somebody else": event(done(Who_reports_it="andrew-fuller")),
    "by their name": event(done(Who_reports_it="Andrew Fuller")),
    "by nobody": event(done(Who_reports_it="nobody")),
    "by both": event(done(Who_reports_it="margaret-peacock, andrew-fuller")),
    "edited by another": event(done(), action="edited", changes={"body": {}}, sender={"login": "andrew"}),
    "edited by a stranger": event(done(), action="edited", changes={"body": {}}, sender={"login": "mallory"}),
    "opened for another": event(done(), sender={"login": "mallory"}),
    "gitlab edited by another": gitlab(done(), last_edited_by_id=9),
    "gitlab opened by another": gitlab(done(), author_id=9),
    "gitlab stranger": gitlab(done(), "mallory"),
    "gitlab by github's name": gitlab(done(), "margaret-p"),
    "gitlab interface, stranger": {"iid": 7, "author": {"username": "mallory"}, "description": done()},
    "mail from a stranger": mail(LINES, "mallory@example.com"),
    "mail with her name": mail(LINES, '"m.peacock@example.com" <mallory@evil.example>'),
    "mail with two senders": mail(LINES, "m.peacock@example.com, mallory@evil.example"),
    "mail with two heads": mail(LINES, "mallory@evil.example\nFrom: m.peacock@example.com"),
    "mail for another": mail(
        LINES, "mallory@evil.example", "Sender: m.peacock@example.com\nReply-To: m.peacock@example.com\n"
    ),
    "mail with a comment": mail(LINES, "mallory@evil.example (m.peacock@example.com)"),
    "mail of a subdomain": mail(LINES, "m.peacock@example.com.evil.example"),
    "mail with a bracket": mail(LINES, "m.peacock@example.com>mallory@evil.example"),
    "mail from who has left": mail(LINES, "king@example.com"),
    "mail without sender": b"Subject: x\n\n" + LINES.encode(),
}
FIELDS: dict[str, object] = {
    "two slips": event(f"{done()}\n\n{done()}"),
    "two kinds": event(f"{done()}\n\n### Slip\n\ndrop"),
    "two accounts": event(f"{done()}\n\n### ACCOUNT\n\nother"),
    "two items": event(f"{done()}\n\n###  what \n\nother"),
    "no kind": event(form(Slip="", Account="ernst")),
    "no account": event(form(Slip="done", What="share-data")),
    "no item": event(form(Slip="done", Account="ernst")),
    "thirty fields": event(done() + "".join(f"\n\n### F{number}\n\nx" for number in range(30))),
    "a huge field": event(done("x" * 40_000)),
    "a huge text": event(done() + "\n" + "x" * 70_000),
    "seventy thousand lines": event(done() + "\n" * 70_000),
    "empty values": event(done("_No response_")),
    **{
        f"kind {kind!r}": event(form(Slip=kind, Account="ernst", What="share-data"))
        for kind in (
            *("pwned", "../done", "done; touch pwned", "Done\u0000", "__class__", "slip", "{slip: done}", "[done]"),
            *("!!python/object/apply:os.system [touch pwned]", "team", "import", "rename", "${{ github.token }}"),
        )
    },
    **{
        f"account {name!r}": event(form(Slip="done", Account=name, What="share-data"))
        for name in (
            *("../../playbook/team", "playbook/team.yml", "/etc/passwd", "..", ".", "ernst/../other/..", "nobody", "*"),
            *(
                "ernst\nother",
                "ernst, other",
                "ernst other",
                "[ernst, other]",
                "{account: ernst}",
                "C:\\ernst",
                "~root",
            ),
            *(
                "ernst\u202e",
                "e" * 900,
                "$(touch pwned)",
                "`touch pwned`",
                "{{ 7*7 }}",
                "<b>ernst</b> x",
                "file:///ernst",
            ),
        )
    },
    **{
        f"item {name!r}": event(done(name))
        for name in (
            *(
                "their-action",
                "other.plan.implementation.their-action",
                "../other",
                "plan",
                "contacts",
                "account",
                "...",
            ),
            *(
                "!!python/object/apply:os.system ['touch pwned']",
                "&a share-data",
                "*a",
                "share-data: {done: true}",
                "-",
            ),
            *("share-data\u0000", "share\u0007data", "share-data\x1b[2J", "\ud800share-data", "share-data\ufffe"),
            *("share-data\u2066", "\U000e0073hare-data", "share-data'; DROP TABLE", "share-data; touch pwned", "|"),
            *("$(touch pwned)", "`touch pwned`", "${{ secrets.TOKEN }}", "{{ config }}", "{% raw %}", "<!--#exec-->"),
            *("@margaret-p", "#1", "fixes #3", "closes sales/plans#3", "![x](http://evil.example/x.png)", "\n/close"),
            *("[x](javascript:alert(1))", "<script>alert(1)</script>", "http://evil.example www.evil.example", "GH-3"),
            *(
                "/close",
                "~label %milestone !3 $4 &5 ^6",
                "> quoted",
                "```\n/close\n```",
                "a@b.example",
                BOMB,
                "🙂" * 200,
            ),
        )
    },
}
VALUES: dict[str, object] = {
    **{
        f"date {day!r}": event(form(Slip="move", Account="ernst", What="share-data", New_date=day, Why="x"))
        for day in (
            *("2026-02-30", "9999-12-31", "0000-00-00", "2026-13-01", "tomorrow", "1e9", "-1", "2026-05-06T00:00:00"),
            *("\u0662\u0660\u0662\u0666-\u0660\u0665-\u0660\u0666", "2026-5-6", "", "9" * 500, "now()", "06/05/2026"),
        )
    },
    **{f"on {day!r}": event(done(When=day)) for day in ("2026-05-08", "2199-01-01", "0001-01-01", "last week")},
    "contact of another": event(form(Slip="checked", Account="ernst", What="ann-other")),
    "colleague as contact": event(
        form(
            Slip="leaves",
            Account="ernst",
            Who_leaves="margaret-peacock",
            Their_last_day="2026-06-01",
            How_we_know="told",
        )
    ),
    "unknown source": event(
        form(
            Slip="leaves", Account="ernst", Who_leaves="roland-mendel", Their_last_day="2026-06-01", How_we_know="sure"
        )
    ),
    "contact as colleague": event(
        form(
            Slip="leaves",
            Account="ernst",
            Who_leaves="roland-mendel",
            Their_last_day="2026-06-01",
            How_we_know="told",
            Who_of_ours_meets_them="roland-mendel",
        )
    ),
    "unknown level": event(form(Slip="joined", Account="ernst", Name="X", Level="god")),
    "unknown stance": event(form(Slip="joined", Account="ernst", Name="X", Stance="[supporter, opponent]")),
    "covered by a stranger": event(
        form(Slip="joined", Account="ernst", Name="X", Who_of_ours_keeps_in_touch="mallory")
    ),
    "unknown goal": event(form(Slip="reading", Account="ernst", Goal="nothing", What_it_shows="1")),
    "unknown kind of note": event(form(Slip="note", Account="ernst", Kind="../../x", In_a_few_words="x")),
    "note with strangers": event(
        form(Slip="note", Account="ernst", Kind="call", In_a_few_words="x", Who_of_theirs="nobody")
    ),
    "unknown sort": event(
        form(Slip="heard", Account="ernst", What_is_it="rumour", What_is_changing="x", Who_reports_it="y")
    ),
    "unknown complaint": event(form(Slip="resolved", Account="ernst", Which_complaint="../../other")),
    "unknown decision": event(form(Slip="decided", Account="ernst", Which_decision="x", What_was_decided="y")),
    "unknown outcome": event(
        form(Slip="review", Account="ernst", Who_held_it="margaret-peacock", What_became_of_each="share-data")
    ),
    "outcome of another": event(
        form(Slip="review", Account="ernst", Who_held_it="margaret-peacock", What_became_of_each="their-action: done")
    ),
    "half an outcome": event(
        form(
            Slip="review",
            Account="ernst",
            Who_held_it="margaret-peacock",
            What_became_of_each="share-data: done\nnothing: done",
        )
    ),
    "unknown stage": event(form(Slip="stage", Account="ernst", New_stage="emperor", Why="x")),
    "unknown rule": event(
        form(Slip="waiver", Account="ernst", Rule="KAM999", Why="x", Who_agreed="andrew-fuller", Until="2026-07-01")
    ),
    "waiver by a stranger": event(
        form(Slip="waiver", Account="ernst", Rule="KAM604", Why="x", Who_agreed="mallory", Until="2026-07-01")
    ),
}
BROKEN: dict[str, object] = {
    "nothing": b"",
    "spaces": b"  \n ",
    "half": b'{"issue": {"number": 1',
    "a list": b"[1]",
    "a text": b'"done"',
    "deep": b"[" * 200_000,
    "deeper": b'{"a":' * 100_000,
    "a huge number": b'{"issue": {"number": ' + b"1" * 10_000 + b"}}",
    "infinity": b'{"issue": {"number": 1e999, "body": "x", "user": {"login": "margaret-p"}}}',
    "not a number": b'{"issue": {"number": NaN, "body": "x", "user": {"login": "margaret-p"}}}',
    "latin": json.dumps(event(done("ä")), ensure_ascii=False).encode("latin-1"),
    "utf-16": json.dumps(event(done())).encode("utf-16"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a slip as YAML": b"slip: done\naccount: ernst\nitem: share-data\n",
    "YAML bomb": BOMB.encode(),
    "too large": b"{" + b" " * 2_000_000 + b"}",
    "a web page": b"<html><script>alert(1)</script></html>",
    "issue is a list": event(done(), issue=[1, 2]),
    "body is a list": event([done()]),
    "body is a number": event(7),
    "body is nothing": event(None),
    "number is text": event(
        done(), issue={"number": "1; touch pwned", "body": done(), "user": {"login": "margaret-p"}}
    ),
    "number is a path": event(done(), issue={"number": "../1", "body": done(), "user": {"login": "margaret-p"}}),
    "number is true": event(done(), issue={"number": True, "body": done(), "user": {"login": "margaret-p"}}),
    "number is minus": event(done(), issue={"number": -1, "body": done(), "user": {"login": "margaret-p"}}),
    "no user": event(done(), issue={"number": 1, "body": done()}),
    "closed": event(done(), action="closed"),
    "deleted": event(done(), action="deleted"),
    "title edited": event(done(), action="edited", changes={"title": {}}),
    "gitlab closed": gitlab(done(), action="close"),
    "an ordinary issue": event("The site is slow. @margaret-p fixes #3"),
    "only a quick action": gitlab("/close\n/label ~done"),
    "mail in HTML": mail(LINES, head="Content-Type: text/html\n"),
    "mail in code": mail(LINES, head="Content-Type: text/plain; charset=rot13\n"),
    "mail in zip": mail(LINES, head="Content-Type: text/plain; charset=zlib\n"),
    "mail of no letters": b"From: m.peacock@example.com\n\nSlip: done\nAccount: \xff\n",
    "mail by a machine": mail(LINES, head="Auto-Submitted: auto-generated\n"),
    "mail attached": mail(
        f"--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\n{LINES}--b--\n",
        head='MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n',
    ),
    "mail quoted": mail("\n".join(f"> {line}" for line in LINES.splitlines())),
    "mail signed": mail(f"-- \n{LINES}"),
    "mail nested": mail(
        "".join(f'--b{n}\nContent-Type: multipart/mixed; boundary="b{n + 1}"\n\n' for n in range(400)),
        head='Content-Type: multipart/mixed; boundary="b0"\n',
    ),
    "mail of brackets": mail(LINES, "(" * 480),
}
HOSTILE = STRANGERS | FORGED | FIELDS | VALUES | BROKEN


def test_there_are_a_good_hundred() -> None:
    assert len({json.dumps(one, default=repr, sort_keys=True) for one in HOSTILE.values()}) == len(HOSTILE) > 150


@pytest.mark.parametrize("content", HOSTILE.values(), ids=range(len(HOSTILE)))
def test_a_hostile_message_changes_nothing_and_is_answered(seed: Path, content: object) -> None:
    before = tree(seed)
    handled = send(seed, content)
    assert handled.outcome in ("refused", "ignored")
    assert (handled.route, handled.branch, handled.title, handled.files) == ("none", "", "", ())
    assert tree(seed) == before
    assert not (seed / "pwned").exists()
    assert_inert(handled.answer)


def test_after_all_of_them_git_sees_no_change(seed: Path) -> None:
    assert git(seed, "status", "--porcelain", "--ignored") == ""


def test_strangers_learn_nothing_about_the_accounts(seed: Path) -> None:
    answers = {
        send(seed, event(form(Slip=kind, Account=name, What=item), "mallory")).answer
        for kind in ("done", "nonsense")
        for name in ("ernst", "nobody")
        for item in ("share-data", "nothing")
    }
    assert len(answers) == 1


# --- Strange, and meant as data -------------------------------------------------------------------------

STRANGE = [
    "'; rm -rf / #",
    '"; touch pwned; echo "',
    "$(touch pwned) `touch pwned` ${HOME}",
    "yes: no",
    "- one",
    "# not a comment",
    "they wait # for Linz",
    "{a: b, c: [d]}",
    "[a, b",
    "&anchor *alias !tag",
    "!!python/object/apply:os.system ['touch pwned']",
    "| folded",
    "> quoted",
    "? what",
    "% percent @ at ` tick",
    "null",
    "~",
    "NO",
    "2026-05-06",
    "0x10",
    "1e3",
    "12:30",
    "---",
    "...",
    "<<: merge",
    "'single' and \"double\" and \\ backslash \\n",
    "a: 'b' # \"c\"",
    "<script>alert(1)</script>",
    "![x](http://evil.example) [y](javascript:z)",
    "@margaret-p fixes #3, closes sales/plans#3",
    "${{ secrets.TOKEN }}",
    "Ängste, ﬁnanziell: 日本語 العربية 🙂 👩‍👩‍👧",
    "x" * 900,
    "ends with a colon:",
    "-",
    "=",
    "a\tb".replace("\t", " "),
    "/close",
    "<!-- a remark within --> a line",
    "ends in a backslash \\",
]


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_words_are_data(workspace: Path, text: str) -> None:
    handled = send(workspace, event(form(Slip="drop", Account="ernst", What="put-the-sheet-up", Why=text)))
    assert handled.outcome == "applied", handled.answer
    assert handled.files == ("accounts/ernst/plan.yml",)
    assert_inert(handled.answer)
    lines = diff(workspace)
    assert not [line for line in lines if line.startswith("-")]
    assert {line.strip("+ -").partition(":")[0] for line in lines} <= {"id", "dropped", "because"}
    plan = account(workspace).plan
    assert plan is not None
    assert (plan.implementation[0].because, plan.implementation[0].dropped) == (text, date(2026, 5, 6))
    assert plan.implementation[1].dropped is None
    assert not list(workspace.parent.rglob("pwned"))


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_words_in_a_note_are_data(workspace: Path, text: str) -> None:
    said = f"First line.\n\n{text}\n\nLast line."
    fields = {"Kind": "call", "In_a_few_words": text, "What_was_said": said}
    handled = send(workspace, event(form(Slip="note", Account="ernst", **fields)))
    assert handled.outcome == "applied", handled.answer
    (path,) = handled.files
    assert re.fullmatch(r"accounts/ernst/notes/2026-05-06-[a-z0-9-]+\.md", path)
    assert_inert(handled.answer)
    note = next(note for note in account(workspace).notes if note.path.endswith(path.rpartition("/")[2]))
    assert (note.head.kind, note.on, note.head.who) == ("call", date(2026, 5, 6), ("margaret-peacock",))
    assert note.body.strip().endswith(said)
    assert {
        line.partition("accounts/")[2] for line in git(workspace, "status", "--porcelain", "-uall").splitlines()
    } == {path.removeprefix("accounts/")}


def test_what_is_repeated_does_nothing() -> None:
    for text in (
        *STRANGE,
        "a@b.example",
        "GH-12 www.x.example !1 %2 ~3 ^4",
        "\u202egnp\u202c",
        "x" * 5000,
        "\0\x1b[2J",
    ):
        told = inert(text)
        assert "\n" not in told
        assert_inert(f"- x {told}")
    assert inert("Ernst & Söhne (Graz): 50%") == "Ernst &#38;&#8203; Söhne (Graz): 50%"
