"""Kinds of notices to members: what a module may tell them of, in words, and by which ways when they have not chosen otherwise.

A module declares its kinds in `reactions.py` or `permissions.py` and raises them with `org.facade.notify`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.log.fact import Envelope
from cove.kernel.operations import Operation
from cove.kernel.registry import Registry
from cove.kernel.words import Words

Way = Literal["bell", "wecom", "mail"]
Mode = Literal["now", "daily", "off"]
"""When a way is used: at once, gathered once a day (mail alone), or not. A bell that is off is silent: the notice is still listed."""

MODES: dict[Way, tuple[Mode, ...]] = {"bell": ("now", "off"), "wecom": ("now", "off"), "mail": ("now", "daily", "off")}
"""The ways there are, each with the modes that can be chosen for it."""

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice. `title`, `body` and `url` (a path of the console) take placeholders from a notice's values.

    Urgent ones pop up in the console and do not wait for the end of quiet hours. `digestible`: may wait for the daily mail. `folds`: while
    an earlier one at the same address is unread, the next only raises its number. `needs`: only holders of this operation get it.
    `may_see(member as actor, values)` says whether he may see the record it names; who may not is told nothing. `fill` gets the values of
    many notices when they are read and adds what is not kept in them: names by ids, words for codes.
    """

    key: str
    label: Words
    title: Words
    body: Words
    url: str
    urgent: bool
    defaults: Mapping[Way, Mode]
    digestible: bool
    folds: bool
    needs: Operation | None
    may_see: Callable[[Actor, Values], bool] | None
    fill: Callable[[Sequence[Values]], Sequence[Values]] | None

    def modes(self, way: Way) -> tuple[Mode, ...]:
        """Return what a member may choose for one way."""
        return tuple(mode for mode in MODES[way] if mode != "daily" or self.digestible)

    def texts(self, many: Sequence[Values]) -> list[tuple[str, str]]:
        """Return title and body of several notices for the current reader."""
        filled = self.fill(many) if self.fill else many
        return [(self.title.here(values), self.body.here(values)) for values in filled]


notice_kinds: Registry[NoticeKind] = Registry("notice kinds", NoticeKind)


def notice_kind(  # noqa: PLR0913 -- each has a name and a default
    key: str,
    zh: str,
    en: str,
    *,
    title: Words,
    body: Words,
    url: str = "",
    urgent: bool = False,
    wecom: Mode = "off",
    mail: Mode = "daily",
    digestible: bool = True,
    folds: bool = False,
    needs: Operation | None = None,
    may_see: Callable[[Actor, Values], bool] | None = None,
    fill: Callable[[Sequence[Values]], Sequence[Values]] | None = None,
) -> NoticeKind:
    """Declare a kind of notice, named ``module.what_happened``, and put it in the registry.

    `wecom` and `mail` are the ways' modes where neither the member nor the administrator chose; the bell always rings then.
    """
    made = NoticeKind(
        key=key,
        label=Words(zh, en),
        title=title,
        body=body,
        url=url,
        urgent=urgent,
        defaults={"bell": "now", "wecom": wecom, "mail": mail},
        digestible=digestible,
        folds=folds,
        needs=needs,
        may_see=may_see,
        fill=fill,
    )
    for way, mode in made.defaults.items():
        if mode not in made.modes(way):
            raise ValueError(f"{key}: {way} cannot be {mode}")
    return notice_kinds.add(key, made)


STALE = timedelta(days=3)


def is_news(envelope: Envelope) -> bool:
    """Tell whether a fact is recent enough to notify anybody: a consumer that is new reads the log from its beginning."""
    return clock.now() - envelope.recorded_at < STALE
