"""The providers behind one interface."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from cove.engine.channels.sms.client import aliyun, tencent
from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.contracts.accounts import (
    OutgoingText,
    PlatformSignature,
    PlatformTemplate,
    Provider,
)


@dataclass(frozen=True, slots=True)
class Calls:
    """What every provider can do. Each call raises ProviderError, Unreachable, NoAnswer.

    `send` gives the number of the message; `signatures` is given the numbers that were entered by hand, for those who list none.
    """

    send: Callable[[Line, OutgoingText], Awaitable[str]]
    templates: Callable[[Line], Awaitable[list[PlatformTemplate]]]
    signatures: Callable[[Line, list[str]], Awaitable[list[PlatformSignature]]]


CALLS: dict[Provider, Calls] = {
    "aliyun": Calls(aliyun.send, aliyun.list_templates, aliyun.list_signatures),
    "tencent": Calls(tencent.send, tencent.list_templates, tencent.list_signatures),
}


def calls_of(line: Line) -> Calls:
    """Return the calls of the line's provider."""
    return CALLS[line.credentials.provider]
