"""A message that somebody sent: an issue of GitHub or GitLab, or a mail that was saved as a file.

All of it is untrusted. It is taken apart by lines and never read as YAML, and what could do harm further on is refused
here: too much of it, signs that cannot be seen, a field given twice. Who sent it is what the server says; of a mail
the address in From, which anybody can write (`inbox` says who has to check that).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kamgen.errors import KamgenError
from kamgen.read.mail import Mail, NotSentByPerson, WrongMail, read_mail

Source = Literal["github", "gitlab", "email"]

FILE_KB = 1024  # a whole file; mails bring pictures along
_NUMBER = range(1, 10**9)
# What a person has just written. Other events (a label, a reader, the end) say nothing new.
_ACTIONS: Mapping[Source, tuple[str, ...]] = {"github": ("opened", "edited"), "gitlab": ("open", "update")}


class NotASlip(Exception):
    """The message is something else, as most issues are: nothing is to be done, and nobody waits for an answer."""


class Refused(Exception):
    """The message cannot be taken; its text says why and what to do, for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Message:
    """What was sent. `author` is their name on the server, or their address; `name` is what to call the message.

    `name` is made of plain letters, digits and hyphens, whatever the message holds. `number` is an issue's.
    """

    source: Source
    author: str
    name: str
    text: str
    number: int | None = None


def read_message(path: Path) -> Message:
    """The message in a file, whose format its content tells.

    Raises KamgenError where the file cannot be opened, Refused where nobody could make anything of it, and NotASlip
    where it is a message that nobody answers.
    """
    try:
        with path.open("rb") as file:
            data = file.read(FILE_KB * 1024 + 1)
    except OSError as error:
        raise KamgenError(f"{path} could not be read: {error.strerror or error}.") from error
    if len(data) > FILE_KB * 1024:
        raise Refused(f"The message is larger than {FILE_KB} kB. Send it again without attachments and pictures.")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _issue(_json(data))
    try:
        return _from_mail(read_mail(data), data)
    except NotSentByPerson as reason:
        raise NotASlip(str(reason)) from reason
    except WrongMail as reason:
        raise Refused(str(reason)) from reason


def _from_mail(mail: Mail, data: bytes) -> Message:
    return Message("email", mail.author, f"mail-{hashlib.sha256(data).hexdigest()[:12]}", mail.text)


def _json(data: bytes) -> Mapping[str, Any]:
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # a wrong sign, a number of 5,000 digits, 100,000 brackets
        tree = None
    if not isinstance(tree, dict):
        raise Refused("The file is no event of an issue that kamgen knows. Open the issue again from the form.")
    return tree


def _issue(tree: Mapping[str, Any]) -> Message:
    if "issue" in tree:
        return _github(tree, _mapping(tree, "issue"))
    if "object_attributes" in tree:
        return _gitlab_event(tree, _mapping(tree, "object_attributes"))
    return _message("gitlab", _mapping(tree, "author").get("username"), tree.get("iid"), tree.get("description"))


def _github(event: Mapping[str, Any], issue: Mapping[str, Any]) -> Message:
    """An event of GitHub: `sender` is who has opened or edited the issue just now."""
    _expect_news(event.get("action"), "github", event, "body")
    author = _mapping(issue, "user").get("login")
    _expect_same(author, _mapping(event, "sender").get("login", author))
    return _message("github", author, issue.get("number"), issue.get("body"))


def _gitlab_event(event: Mapping[str, Any], issue: Mapping[str, Any]) -> Message:
    """An event of GitLab: `user` is who has opened or edited the issue just now."""
    _expect_news(issue.get("action"), "gitlab", event, "description")
    user = _mapping(event, "user")
    for key in ("author_id", "last_edited_by_id"):
        if issue.get(key) is not None:
            _expect_same(issue[key], user.get("id", issue[key]))
    return _message("gitlab", user.get("username"), issue.get("iid"), issue.get("description"))


def _expect_news(action: object, source: Source, event: Mapping[str, Any], key: str) -> None:
    known = action is None or action in _ACTIONS[source]
    if not known or (action in ("edited", "update") and key not in _mapping(event, "changes")):
        raise NotASlip("The text of the issue is the same as before, so there was nothing to do.")


def _expect_same(author: object, editor: object) -> None:
    """Nobody speaks for somebody else: who may edit an issue is not who opened it."""
    if author != editor:
        raise Refused(
            "This issue was edited by somebody else than who opened it, so it is not clear whose word it is. "
            "Open one of your own."
        )


def _message(source: Source, author: object, number: object, text: object) -> Message:
    if not (isinstance(author, str) and type(number) is int and number in _NUMBER):
        raise Refused("The file is no event of an issue that kamgen knows. Open the issue again from the form.")
    return Message(source, author, f"issue-{number}", text if isinstance(text, str) else "", number)


def _mapping(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = tree.get(key)
    return found if isinstance(found, dict) else {}
