from __future__ import annotations

from collections.abc import Iterable

from cove.directory.org.models import Session
from cove.facts.org import MemberDeactivated, Source
from cove.kernel.command import publish
from cove.kernel.live.publish import SESSIONS_CHANGED, tell_live
from cove.kernel.scope import require_tenant


def end_membership(members: Iterable[tuple[int, str]], *, source: Source) -> None:
    """Have members (id, name) who were just deactivated signed out everywhere, and tell that they left."""
    gone = list(members)
    if gone:
        ids = [member_id for member_id, _ in gone]
        Session.objects.filter(member_id__in=ids).delete()
        tell_live(require_tenant(), SESSIONS_CHANGED, member_ids=ids)
    for member_id, name in gone:
        publish(MemberDeactivated(member_id=member_id, member_name=name, source=source))
