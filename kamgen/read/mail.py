"""A mail saved as a file (RFC 5322): the address that it says it comes from, and what its sender has written.

Only plain text counts. What is quoted from an earlier mail and the signature are left out (RFC 3676 names the line that
begins a signature, and how lines that a mail program broke belong together).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.headerregistry import AddressHeader
from email.message import EmailMessage

_HEAD = 64 * 1024  # characters of all lines of the head
_SENDER = 500  # characters of the line that says who sent it; an address has 254 at most
_PARTS = 40  # a mail within a mail within a mail takes its reader ever longer
_BODY = 256 * 1024  # bytes of the text, before it is decoded
# What Python's reader of mails raises for a broken one, besides what it says it raises.
_BROKEN = (MessageError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)
_SIGNATURE = re.compile(r"-- ?")
_ATTRIBUTION = re.compile(r".*:\s*")


class WrongMail(Exception):
    """The mail cannot be taken; the text says why and what to do."""


class NotSentByPerson(Exception):
    """A machine answered: nobody may answer it, or the two would go on for ever."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The address in From, and the text without quotations and signature."""

    author: str
    text: str


def read_mail(data: bytes) -> Mail:
    """A mail from its bytes; raises WrongMail, or NotSentByPerson for an automatic answer."""
    if data.lower().count(b"boundary") > _PARTS:
        raise WrongMail("This mail has too many parts. Send it again as a new mail in plain text.")
    try:
        mail = message_from_bytes(data, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        _expect_short(mail)
        if str(mail.get("Auto-Submitted", "no")).strip().lower() != "no":
            raise NotSentByPerson("This is an automatic answer, so nothing was done.")
        return Mail(_author(mail), _text(mail))
    except _BROKEN as error:
        raise WrongMail("This file is no mail that kamgen can read. Send it again as plain text.") from error


def _expect_short(mail: EmailMessage) -> None:
    """Python's reader of heads takes its time over long ones."""
    lengths = [len(str(value)) for _, value in mail.raw_items()]
    if sum(lengths) > _HEAD:
        raise WrongMail("The head of this mail is too long. Send it again as a new mail.")
    if any(len(str(value)) > _SENDER for name, value in mail.raw_items() if name.lower() in ("from", "auto-submitted")):
        raise WrongMail("The sender of this mail cannot be read. Send it again as a new mail.")


def _author(mail: EmailMessage) -> str:
    found = mail.get_all("From", [])
    if len(found) == 1 and isinstance(found[0], AddressHeader) and not getattr(found[0], "defects", ()):
        addresses = found[0].addresses
        if len(addresses) == 1 and addresses[0].username and addresses[0].domain:
            return addresses[0].addr_spec
    raise WrongMail("This file names no single sender, as a mail does. Send it again from your own address.")


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    if part is None:
        raise WrongMail("This mail holds no plain text. Send it again as plain text.")
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes) or len(raw) > _BODY:
        raise WrongMail("The text of this mail is too long. Say in a few lines what happened.")
    kind = part["Content-Type"]
    asked = kind.params if kind else {}
    lines = _decoded(raw, part.get_content_charset() or "utf-8").splitlines()
    if str(asked.get("format", "")).lower() == "flowed":
        lines = list(_joined(lines, str(asked.get("delsp", "")).lower() == "yes"))
    return "\n".join(_own(lines))


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode("utf-8" if charset == "us-ascii" else charset)
    except (LookupError, ValueError) as error:
        raise WrongMail("The letters of this mail cannot be read. Send it again as plain text in UTF-8.") from error


def _joined(lines: Iterable[str], without_space: bool) -> Iterator[str]:
    """Lines as they were written: one that ends with a space goes on in the next, if that is quoted as deep."""
    begun: list[str] = []
    for line in lines:
        quoted = line.startswith(">")
        line = line if quoted else line.removeprefix(" ")
        if begun and quoted != begun[0].startswith(">"):
            yield "".join(begun).rstrip(" ")
            begun = []
        begun.append(line.lstrip("> ") if begun and quoted else line)
        if line.endswith(" ") and not _SIGNATURE.fullmatch(line):
            begun[-1] = begun[-1][: -1 if without_space else None]
        else:
            yield "".join(begun)
            begun = []
    if begun:
        yield "".join(begun).rstrip(" ")


def _own(lines: list[str]) -> Iterator[str]:
    """The lines that the sender wrote: up to the signature, without quotations and the line that announces them."""
    for at, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line):
            return
        following = next((one for one in lines[at + 1 : at + 3] if one.strip()), "")
        announces = following.startswith(">") and _ATTRIBUTION.fullmatch(line)
        if not line.startswith(">") and not announces:
            yield line
