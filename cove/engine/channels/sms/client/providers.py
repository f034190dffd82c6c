"""The providers behind one interface."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass

from cove.engine.channels.sms.client import aliyun, tencent
from cove.engine.channels.sms.client.line import Line
from cove.engine.channels.sms.contracts.accounts import (
    OutgoingText,
    PlatformSignature,
    PlatformTemplate,
    Provider,
)
from cove.engine.channels.sms.errors import ProviderError


@dataclass(frozen=True, slots=True)
class Calls:
    """What every provider can do. Each call raises ProviderError, Unreachable, NoAnswer.

    `send` gives the number of the message; `send_many` the number of each, or why it was refused, for up to `most` messages that are
    `alike` and go to different phones; `signatures` is given the numbers that were entered by hand, for those who list none.
    """

    send: Callable[[Line, OutgoingText], Awaitable[str]]
    send_many: Callable[[Line, Sequence[OutgoingText]], Awaitable[list[str | ProviderError]]]
    alike: Callable[[OutgoingText], Hashable]
    most: int
    templates: Callable[[Line], Awaitable[list[PlatformTemplate]]]
    signatures: Callable[[Line, list[str]], Awaitable[list[PlatformSignature]]]


CALLS: dict[Provider, Calls] = {
    "aliyun": Calls(
        aliyun.send, aliyun.send_many, aliyun.alike, aliyun.MOST_AT_ONCE, aliyun.list_templates, aliyun.list_signatures
    ),
    "tencent": Calls(
        tencent.send,
        tencent.send_many,
        tencent.alike,
        tencent.MOST_AT_ONCE,
        tencent.list_templates,
        tencent.list_signatures,
    ),
}


def calls_of(provider: Provider) -> Calls:
    """Return the calls of a provider."""
    return CALLS[provider]
