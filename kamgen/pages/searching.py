"""What the search knows of a page, and how it looks for words.

Material's search makes an entry of each heading with an id. It reads HTML with a slow parser, and asks the words of a
phrase for everything that begins with them; both are met here.
"""

from __future__ import annotations

import re
from html import escape

from kamgen.pages import Page

_SMALL_WORDS = (
    "a an and are as at be but by for from has have he her his if in is it its me my no not of on or our she so than "
    "that the their them then there they this to us was we were what when where which who will with you your"
)
_SMALL = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _SMALL_WORDS.split())

# What stands between words; small English words do, since "the" would find Theresa and "to" Tortuga before the phrase.
SEPARATOR = rf"(?:^|[\s\-]+)(?:{_SMALL})(?=[\s\-]|$)|[\s\-]+"

# How much more a word in a heading weighs than one in a text. With Material's 1,000 one of it beats a whole sentence.
TITLE_BOOST = 10.0

# Long tables and pictures, links to edit or to say something, and words that are true for a day only.
_LEFT_OUT = re.compile(
    r"<table\b[^>]*\bdata-search-exclude\b[^>]*>.*?</table>|<svg\b.*?</svg>"
    r'|<a class="kg-(?:edit|say)".*?</a>|<details class="kg-say">.*?</details>'
    r'|<span class="kg-(?:rel|place)\b.*?</span>',
    re.DOTALL,
)
_ENTRY = re.compile(r'<tr\b[^>]*?\bid="([^"]+)"[^>]*?\bdata-kg-entry="([^"]*)"[^>]*>')
_INLINE = "a|abbr|b|em|small|span|strong|time"
_APART = re.compile(
    rf"</?(?:br|table|thead|tbody|tr|th|td|dl|dt|dd)\b[^>]*>|(?<=</div>)|(?<=</summary>)|(?<=>)(?=<(?:{_INLINE})\b)"
)
_DRESS = re.compile(rf"</?(?:{_INLINE})\b[^>]*>")
_SPACES = re.compile(r"\s{2,}")


def words_of(page: Page) -> str:
    """A page's HTML for the search: an entry for each heading, and for each row with a name of its own.

    Tags that only dress words are gone; on pages full of tables this halves the time of a build.
    """
    if page.repeats:
        return f'<h1 id="kg-top">{escape(page.title)}</h1><p>{escape(page.description)}</p>'
    words = _ENTRY.sub(r'<h3 id="\1">\2</h3>', _LEFT_OUT.sub(" ", page.html))
    return _SPACES.sub(" ", _DRESS.sub("", _APART.sub(" ", words)))
