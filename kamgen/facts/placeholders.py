"""What nobody has written yet: words such as TODO, and the prompts that a new file came with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WRAPPING = " \t\r\n*_`'\"“”„‘’()[]{}<>.…:!?#-–—•"
_RUN = re.compile(r"(.)\1+")
_SIGNS = str.maketrans({"–": "-", "—": "-", "…": "...", " ": None, "\n": None, "*": None})
_LOREM = "lorem ipsum"
_PROMPT = re.compile(r"<[^<>]*[^\W\d_][^<>]*>")
_PROMPT_LINE = re.compile(r"(?m)^[ \t]*(?:[-*+>#]+[ \t]+|\d+[.)][ \t]+)?(?:\[[ xX]\][ \t]+)?(<[^<>]+>)[ \t]*$")
# Not prompts: Markdown's <https://…> and <name@house.example>, and tags that came in with a pasted e-mail.
_MARKUP = re.compile(r"<(?:[a-zA-Z][\w+.-]*:\S*|\S+@\S+|[/!?].*|[^<>]*=[\"'].*|[a-z][a-z0-9]*\s*/)>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placeholders:
    """The words that stand for what nobody has written yet: those with letters, and those of signs alone."""

    words: frozenset[str]
    signs: frozenset[str]
    longest: int

    def in_value(self, text: str) -> str:
        """What was never filled in, if that is all a value says (or a prompt on a line of its own), else ""."""
        if len(text) <= self.longest:
            core = text.casefold().strip(_WRAPPING)
            if core in self.words if core else _sign(text) in self.signs:
                return text
        if "<" in text and (prompt := _prompt(text)):
            return prompt
        return text if _LOREM in self.words and text[:11].casefold() == _LOREM else ""

    def in_prose(self, markdown: str) -> str:
        """The same for a note or a section of plan.md, in which headings alone say nothing."""
        if "<" in markdown and (prompt := _prompt(markdown)):
            return prompt
        lines = [line for line in markdown.split("\n") if not line.lstrip().startswith("#")]
        return self.in_value("\n".join(lines).strip() or markdown.strip())


@lru_cache(maxsize=4)
def placeholders(listed: tuple[str, ...]) -> Placeholders:
    """The placeholders in force, from the list in kamgen.yml; large and small letters and marks around are the same."""
    cores = {word.casefold().strip(_WRAPPING) for word in listed} - {""}
    signs = {_sign(word) for word in listed if not word.strip(_WRAPPING)} - {""}
    longest = max(map(len, listed), default=0) + 16  # room for quotes, brackets and a list's dash
    return Placeholders(frozenset(cores), frozenset(signs), longest)


def _sign(text: str) -> str:
    """Signs without repetition, so that "....." is "..." and "—" is "-"."""
    return _RUN.sub(r"\1", text.translate(_SIGNS))


def _prompt(text: str) -> str:
    """A prompt of a scaffold that still stands, such as <How do they make money?>, or ""."""
    whole = text.strip()
    if _PROMPT.fullmatch(whole):
        return "" if _MARKUP.fullmatch(whole) else whole
    lines = (match[1] for match in _PROMPT_LINE.finditer(text))
    # In running text a lone <br> is a tag, so a prompt there has more than one word.
    asked = (line for line in lines if _PROMPT.fullmatch(line) and not _MARKUP.fullmatch(line))
    return next((line for line in asked if len(line.split()) > 1), "")
