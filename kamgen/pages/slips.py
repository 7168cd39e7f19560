"""Addresses of forms: each opens a slip on GitHub, on GitLab or as a mail, with everything filled in that is known.

Addresses are made at build time and need no script. What they carry comes from accounts, so all of it is
percent-encoded: an address holds nothing that HTML, a header of a mail or another field could take for its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import SplitResult, quote, quote_plus, urlsplit

from kamgen.errors import KamgenError
from kamgen.model.slip_body import body
from kamgen.model.slip_fields import form_fields

Service = Literal["github", "gitlab", "email"]

# A title is a line in a list of issues, and some mail programs cut an address at 2,000 characters.
LONGEST_TITLE = 48
# Most texts need no encoding but for their spaces, and a large site makes some ten thousand addresses.
_IS_PLAIN = re.compile(r"[\w.~:, -]*", re.ASCII).fullmatch
_IS_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?", re.ASCII | re.IGNORECASE).fullmatch
_IS_FOLDER = re.compile(r"\.?[\w~-][\w.~-]*", re.ASCII).fullmatch
_MAIL = re.compile(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII | re.IGNORECASE)
_ONE_OF = (
    "Write one of github: https://github.com/acme/accounts, gitlab: https://gitlab.example/acme/accounts "
    "or email: plans@example.com."
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where slips are sent: a repository on GitHub, a project on GitLab, or an e-mail address; `to` is its address."""

    service: Service
    to: str


def target_of(option: object) -> Target:
    """Where slips are sent, from the option `slips` of the plugin; raises KamgenError in words for people."""
    if not isinstance(option, Mapping) or len(option) != 1:
        raise KamgenError(f"It needs exactly one place to which slips are sent. {_ONE_OF}")
    [(service, to)] = option.items()
    if service not in get_args(Service):
        raise KamgenError(f'"{service}" is not known. {_ONE_OF}')
    if not isinstance(to, str):
        raise KamgenError(f'"{service}" needs an address. {_ONE_OF}')
    return Target(service, _mailbox(to.strip()) if service == "email" else _repository(service, to.strip()))


def _mailbox(to: str) -> str:
    if not _MAIL.fullmatch(to):
        raise KamgenError(f'"{to}" is no e-mail address. Write it like plans@example.com, without a name around it.')
    return to


def _repository(service: Service, to: str) -> str:
    """The address of a repository, without what may follow it."""
    parts = _parts(to)
    folders = parts.path.strip("/").removesuffix(".git").split("/")
    if "@" in parts.netloc:  # told first, so that no message repeats a password
        raise KamgenError("Leave out name and password: the address stands on every page. Each reader signs in there.")
    if parts.scheme != "https" or not _IS_HOST(parts.netloc):
        raise KamgenError(f'"{to}" is no web address. It begins with https://, such as {_example(service)}.')
    if parts.query or parts.fragment or not all(map(_IS_FOLDER, folders)):
        raise KamgenError(f'"{to}" is more than the address of a repository. Write it like {_example(service)}.')
    if len(folders) < 2 or (service == "github" and len(folders) > 2):
        raise KamgenError(f'"{to}" does not lead to a repository. Write it like {_example(service)}.')
    return f"https://{parts.netloc}/{'/'.join(folders)}"


def _parts(to: str) -> SplitResult:
    try:
        parts = urlsplit(to)
        _ = parts.port  # asked for, since a wrong one is told only then
    except ValueError:
        return urlsplit("")
    return parts


def _example(service: Service) -> str:
    return f"https://{'github.com' if service == 'github' else 'gitlab.example'}/acme/accounts"


def address(target: Target, kind: str, values: Mapping[str, str], title: str) -> str:
    """The address of a form for a slip of a kind, with the `values` that are known by their names in a slip's file.

    GitHub fills in the fields of the form `kamgen-<kind>.yml`; GitLab and mail get the text of `slip_body`. `title` is
    the line in the list of issues, or the subject of the mail.
    """
    line = _title(title)
    if target.service == "email":
        text = body(kind, values, "lines").replace("\n", "\r\n")
        return f"mailto:{quote(target.to, safe='@+')}?subject={_percent(line)}&body={_percent(text)}"
    if target.service == "gitlab":
        text = body(kind, values, "headings")
        return f"{target.to}/-/issues/new?issue%5Btitle%5D={_plus(line)}&issue%5Bdescription%5D={_plus(text)}"
    known = {"slip": kind, **values}
    # A field of this name would be filled in with the title as well: there the form brings a title of its own.
    named = {} if any(one.key == "title" for one in form_fields(kind)) else {"title": line}
    query = "&".join(f"{key}={_plus(value)}" for key, value in (named | known).items())
    return f"{target.to}/issues/new?template=kamgen-{kind}.yml&{query}"


def _title(text: str) -> str:
    """A title in one line that is not too long: a line's end in a mail's subject would begin another header."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"


def _plus(text: str) -> str:
    return text.replace(" ", "+") if _IS_PLAIN(text) else quote_plus(text, safe=":,", errors="replace")


def _percent(text: str) -> str:
    return text.replace(" ", "%20") if _IS_PLAIN(text) else quote(text, safe=":,", errors="replace")
