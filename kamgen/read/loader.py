"""PyYAML's loader, without its guesses at what a value means: here every scalar stays text."""

from __future__ import annotations

from typing import Any

import yaml

try:
    from yaml import CBaseLoader as _Base
except ImportError:  # a PyYAML without libyaml: the same, ten times slower
    from yaml import BaseLoader as _Base  # type: ignore[assignment]


class Loader(_Base):
    """Gives nodes, events and tokens with their marks. Resolving tags would cost a third of the time for nothing."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """No tag but a written one matters, and those are refused before."""
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node stands."""


def compose(text: str) -> yaml.Node | None:
    """The tree of a text's nodes; raises what PyYAML raises (by no means only YAMLError)."""
    loader = Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()
