"""What the collector makes of a life's events, at the speed at which millions are written.

Most events of a life say what thousands before them said: the same page read after the same page, the same feature used. The
collector's own code (`collector.events.taken`) judges the first of a sort; what it wrote is kept with gaps for whose and which event it
is, for the time and for numbers, and the next of that sort fill them. `cove/launch/tests/test_demo_bulk.py` compares both, event by event.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from cove.edge.collector.desk import Desk
from cove.edge.collector.events import USER, taken, visitor_id
from cove.edge.collector.senders import Sender, Source
from cove.edge.collector.wire import Event
from cove.launch.demo.bulk.ground import Ground
from cove.launch.demo.doors import AGENT
from cove.launch.demo.life.lives import Sent

_RARE = frozenset({"identify", "group", "alias"})
"""They say something new each time, and each contact says them once."""
_WORDS = ("session_id", "account", "message_id", "click")
_STANDS_FOR = {name: f"c0ve-{name}-gap" for name in ("anonymous_id", "user_id", *_WORDS)}


class UnlikeError(Exception):
    """The collector writes an event otherwise than loading expects: a number of its properties is not found once in the fact."""


class Heard(NamedTuple):
    """A fact of the collector's: its payload is JSON as COPY takes it."""

    kind: str
    visitor: int
    source: str
    payload: str


class _Form(NamedTuple):
    kind: str
    source: str
    payload: str
    """With the gaps of its sort, for the operator %."""


class Ear:
    """Hears what the company's site and product tell."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._forms: dict[tuple[Any, ...], _Form] = {}

    def hear(self, sent: Sent) -> Heard:
        """Return what the collector makes of an event. Raises UnlikeError when that cannot be told from its first."""
        event = sent.event
        if event["type"] in _RARE:
            return self._whole(sent)
        get = event.get
        properties = get("properties") or {}
        click, url = sent.click, get("url")
        if click:
            url = event["url"].replace(click, "")
        sort = (
            *(sent.place, get("event"), url, get("referrer"), "user_id" in event),
            *[(name, one) if type(one) is str else name for name, one in properties.items()],
        )
        form = self._forms.get(sort)
        if form is None:
            form = self._forms[sort] = self._form(sent)
        user = get("user_id")
        visitor = visitor_id(self.ground.tenant_id, USER + user if user else event["anonymous_id"])
        gaps = {**event, **properties, "visitor": visitor, "click": click}
        return Heard(form.kind, visitor, form.source, form.payload % gaps)

    def _whole(self, sent: Sent) -> Heard:
        desk = Desk(_sender(self.ground, sent.place))
        # The collector takes what it knows out of the properties, and a life is not its to change.
        own: dict[str, Any] = {
            name: dict(value) if type(value) is dict else value for name, value in sent.event.items()
        }
        row = taken(Event(**(own | {"timestamp": sent.at})), desk).row.decode()
        kind, _, _, visitor, _, source, _, payload = row.split("\t", 7)
        return Heard(kind, int(visitor), source, payload.replace("\\", "\\\\"))

    def _form(self, sent: Sent) -> _Form:
        marked = {name: _STANDS_FOR.get(name, value) for name, value in sent.event.items()}
        if sent.click:
            marked["url"] = marked["url"].replace(sent.click, _STANDS_FOR["click"])
        heard = self._whole(Sent(sent.at, sent.place, marked))
        payload = heard.payload.replace("%", "%%").replace(f'"visitor_id":{heard.visitor}', '"visitor_id":%(visitor)d')
        for name in _WORDS:
            payload = payload.replace(_STANDS_FOR[name], f"%({name})s")
        for name, value in (sent.event.get("properties") or {}).items():
            if type(value) is int:
                payload, count = re.subn(rf'"{name}":{value}(?=[,}}])', f'"{name}":%({name})d', payload)
                if count != 1:
                    raise UnlikeError(
                        f"{marked.get('event') or marked['type']}: {name} stands {count} times in {payload}"
                    )
        return _Form(heard.kind, heard.source, payload)


def _sender(ground: Ground, place: str) -> Sender:
    source_id, kind = ground.sources[place]
    source = Source(None, None, ground.tenant_id, source_id, kind, server=True, secret=b"")  # type: ignore[arg-type]  # judging asks for neither
    return Sender(source, "127.0.0.1", AGENT, frozenset(), ground.now, 0.0)
