"""Reserved events: those whose name begins with ``$``, told by the SDKs. Each is a fact of its own, its fields come as properties."""

from __future__ import annotations

from typing import Any

import msgspec

from cove.edge.collector.faults import faults_of
from cove.edge.collector.refusals import BadName
from cove.edge.collector.wire import Bag, Click, Followed, FormSubmit, Leave
from cove.facts.tracking import ElementClicked, FileDownloaded, FormSubmitted, OutboundFollowed, PageLeft
from cove.kernel.log.fact import Fact
from cove.kernel.words import Words

_EVENTS: dict[str, tuple[type[Fact], type[msgspec.Struct]]] = {
    "$click": (ElementClicked, Click),
    "$form_submit": (FormSubmitted, FormSubmit),
    "$download": (FileDownloaded, Followed),
    "$outbound": (OutboundFollowed, Followed),
    "$leave": (PageLeft, Leave),
}
FACTS = tuple(fact for fact, _ in _EVENTS.values())

_UNKNOWN = Words(
    "以 $ 开头的事件名由 Cove 保留，没有「{name}」；可用的有 {known}，其他事件请去掉 $",
    "Names that begin with $ belong to Cove, and there is no “{name}”; there are {known}. Leave the $ away for your own",
)


def fact_of(name: str, properties: Bag, faults: dict[str, Words]) -> tuple[str, dict[str, Any]]:
    """Return the kind of fact of a reserved event and its own fields, which are taken out of `properties`; note what is wrong with them.

    Raises BadName for a name that does not exist.
    """
    if name not in _EVENTS:
        raise BadName.of({"event": _UNKNOWN.with_values(name=name, known=", ".join(_EVENTS))})
    fact, shape = _EVENTS[name]
    own = {field: properties.pop(field) for field in shape.__struct_fields__ if field in properties}
    try:
        return fact.kind, msgspec.to_builtins(msgspec.convert(own, shape))
    except msgspec.ValidationError:
        faults.update(faults_of(own, shape, "properties."))
        return fact.kind, {}
