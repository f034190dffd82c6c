"""What a timeline can be narrowed to, in the reader's words."""

from __future__ import annotations

from itertools import groupby

from cove.engine.timeline.captions.words import GROUPS, SOURCES
from cove.kernel.log.fact import Fact, catalogue
from cove.kernel.operations import module_labels


def groups() -> list[tuple[str, str, list[type[Fact]]]]:
    """Return the kinds of fact that timelines show by their owner: key, label, kinds; in the order of the catalogue."""
    shown = [kind for kind in catalogue if kind.on_timeline]
    return [(owner, _label(owner), list(kinds)) for owner, kinds in groupby(shown, key=_owner)]


def sources() -> list[tuple[str, str]]:
    """Return where facts may come from: key and label."""
    return [(key, words.here()) for key, words in SOURCES.items()]


def _owner(kind: type[Fact]) -> str:
    return kind.kind.partition(".")[0]


def _label(owner: str) -> str:
    words = GROUPS.get(owner) or module_labels.get(owner)
    return words.here() if words else owner
