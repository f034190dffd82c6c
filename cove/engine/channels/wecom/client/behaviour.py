from __future__ import annotations

from collections.abc import Sequence

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.tasks import Behaviour

USERS_A_CALL = 100
MOST_DAYS, KEPT_DAYS = 30, 180


async def behaviour_of(line: Line, *, userids: Sequence[str], begin: int, end: int) -> list[Behaviour]:
    """Return what up to 100 members together did with customers, a row for each day (document 92132).

    `begin` and `end` are the first seconds of days in China, at most 30 days apart and within the last 180.
    """
    body = {"userid": list(userids), "start_time": begin, "end_time": end}
    document = await line.post("externalcontact/get_user_behavior_data", body)
    return [understood(Behaviour, entry) for entry in document.get("behavior_data") or []]
