from __future__ import annotations

from collections.abc import Iterable

from cove.directory.org.models import Session
from cove.facts.org import MemberDeactivated, Source
from cove.kernel.command import publish


def end_membership(members: Iterable[tuple[int, str]], *, source: Source) -> None:
    """Have members (id, name) who were just deactivated signed out everywhere, and tell that they left."""
    gone = list(members)
    if gone:
        Session.objects.filter(member_id__in=[member_id for member_id, _ in gone]).delete()
    for member_id, name in gone:
        publish(MemberDeactivated(member_id=member_id, member_name=name, source=source))
