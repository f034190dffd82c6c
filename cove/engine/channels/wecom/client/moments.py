"""Moments of the corp: a job makes the moment, each member publishes it himself (documents 95094, 95095, 93333, 97612)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.paging import everything
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.tasks import MomentJob, MomentMember, MomentReactions

ROWS_A_PAGE = 1000
DONE = 3
NOT_PUBLISHED = 41062
MOST_A_MINUTE = 10
# Media of moments are uploaded for them alone (document 95098).
PURPOSE = 1


async def add_moment(
    line: Line, *, body: dict[str, Any], userids: Sequence[str] = (), tag_ids: Sequence[str] = ()
) -> str:
    """Ask for a moment and return its job's id, good for 24 hours; at most ten a minute.

    Without `userids` every member with customers gets it; with `tag_ids` only customers who have one of them see it.
    """
    seen: dict[str, Any] = {}
    if userids:
        seen["sender_list"] = {"user_list": list(userids)}
    if tag_ids:
        seen["external_contact_list"] = {"tag_list": list(tag_ids)}
    document = await line.post("externalcontact/add_moment_task", {**body, **({"visible_range": seen} if seen else {})})
    return str(document.get("jobid") or "")


async def moment_job(line: Line, jobid: str) -> MomentJob:
    """Return how the job stands. This call is a GET, unlike its siblings."""
    return understood(MomentJob, await line.get("externalcontact/get_moment_task_result", jobid=jobid))


async def list_members(line: Line, moment_id: str) -> list[MomentMember]:
    """Return who has it to publish, and who did."""
    body = {"moment_id": moment_id, "limit": ROWS_A_PAGE}
    return await everything(line, "externalcontact/get_moment_task", body, "task_list", MomentMember)


async def reactions(line: Line, moment_id: str, userid: str) -> MomentReactions:
    """Return who commented on a member's moment and who liked it; the words are not told."""
    document = await line.post("externalcontact/get_moment_comments", {"moment_id": moment_id, "userid": userid})
    return understood(MomentReactions, document)


async def cancel_moment(line: Line, moment_id: str) -> None:
    """Take it from those who did not publish it yet."""
    await line.post("externalcontact/cancel_moment_task", {"moment_id": moment_id})
