"""The platforms behind one interface."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cove.engine.channels.ads.client import baidu, ocean, tencent
from cove.engine.channels.ads.client.line import Line
from cove.engine.channels.ads.contracts.leads import Conversion, Lead, Platform


@dataclass(frozen=True, slots=True)
class Calls:
    """What every platform can do. `pull` and `report` raise PlatformError, Unreachable, NoAnswer; `lead` reads one document."""

    pull: Callable[[Line, datetime, datetime], Awaitable[list[Lead]]]
    report: Callable[[Line, Conversion], Awaitable[None]]
    lead: Callable[[Mapping[str, Any]], Lead | None]


CALLS: dict[Platform, Calls] = {
    "ocean": Calls(ocean.pull, ocean.report, ocean.lead),
    "tencent": Calls(tencent.pull, tencent.report, tencent.lead),
    "baidu": Calls(baidu.pull, baidu.report, baidu.lead),
}
