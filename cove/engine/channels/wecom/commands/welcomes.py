from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cove.engine.channels.delivery.contracts import State, Verdict
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.permissions import TAKE_OVER
from cove.facts.delivery import WelcomeMissed, WelcomeSent
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish


@command(TAKE_OVER)
def tell_welcome(
    actor: Actor,
    *,
    contact_id: int,
    member_id: int,
    member_name: str,
    text: str,
    attachments: Sequence[Mapping[str, Any]],
    verdict: Verdict,
) -> None:
    """Tell what became of a welcome; `attachments` are the parts that went with it, as they are kept."""
    if verdict.state is State.SENT:
        publish(
            WelcomeSent(
                contact_id=contact_id,
                member_id=member_id,
                member_name=member_name,
                text=text,
                parts=[part["kind"] for part in attachments],
                titles=_titles(actor, attachments),
                confirmed=verdict.reason != "probably_sent",
            )
        )
        return
    publish(
        WelcomeMissed(
            contact_id=contact_id,
            member_id=member_id,
            member_name=member_name,
            reason=verdict.reason,
            errcode=verdict.errcode,
        )
    )


def _titles(actor: Actor, attachments: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what each part is called: its title, else the name of its file."""
    files = queries.files_of_contents(actor, [{"attachments": attachments}])
    names = {key: file.name for key, file in files.items()}
    return [part.get("title") or names.get(part.get("file_id") or 0, "") for part in attachments]
