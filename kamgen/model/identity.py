"""Names that last: slugs, the ids of list items, and the key paths (subjects) that findings stand on."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import count
from urllib.parse import quote

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
IS_ID = re.compile(ID_PATTERN).fullmatch
SLUG_LENGTH = 48

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "Æ": "ae", "Ø": "o", "Ł": "l", "ẞ": "ss"})

# Which keys of a list item make up its text, by the list's name; every other list uses DEFAULT_TEXT.
_TEXT_OF = {
    "planned": ("what", "on"),
    "waivers": ("rule", "subject"),
    "decisions": ("ask",),
    "past_periods": ("reach",),
}
DEFAULT_TEXT = ("what",)


def slug(text: str) -> str:
    """The permanent id of a text: frozen by a golden test, since waivers and links hang on it.

    NFKD without marks, ß→ss æ→ae ø→o ł→l, lower case, every other run of characters → "-", cut at a hyphen
    by 48 characters; if nothing is left, "x-" and eight hex digits of the text's SHA-256.
    """
    plain = text if text.isascii() else _without_marks(text)
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(name) > SLUG_LENGTH:
        head = name[: SLUG_LENGTH + 1]
        name = head.rpartition("-")[0] or name[:SLUG_LENGTH]
    return name or "x-" + hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def text_keys(list_name: str) -> tuple[str, ...]:
    """The keys whose values are the text, and so the identity, of an item in the list of that name."""
    return _TEXT_OF.get(list_name, DEFAULT_TEXT)


def item_id(item: object, list_name: str) -> str:
    """The id of a list item as it stands in a file: its own `id`, else the slug of its text."""
    if not isinstance(item, Mapping):
        return slug(item) if isinstance(item, str) else ""
    own = item.get("id")
    if isinstance(own, str) and own:
        return own
    words = [item.get(key) for key in text_keys(list_name)]
    return slug(" ".join(word for word in words if isinstance(word, str)))


def numbered(name: str, ending: str = "") -> Iterator[str]:
    """A name as it is wanted, then with the numbers from 2 on: the first that nobody has is to be taken."""
    yield name + ending
    for number in count(2):
        yield f"{name}-{number}{ending}"


def segment(name: str) -> str:
    """One segment of a subject: everything but letters, digits, "-", "_" and "~" percent-encoded.

    The slash of `playbook/<file>` stays: such a segment is the first of a finding of the playbook.
    """
    if name.replace("-", "").isalnum() and name.isascii():  # nearly all are, and quoting is slow
        return name
    head = "playbook/" if name.startswith("playbook/") else ""
    return head + quote(name[len(head) :], safe="", errors="surrogatepass").replace(".", "%2E")


def subject(*names: str) -> str:
    """A subject from its segments."""
    return ".".join(segment(name) for name in names)
