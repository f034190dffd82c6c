"""What rules may ask of live codes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from cove.business.live_codes.models import CodeFriendship, LiveCode
from cove.kernel.conditions.condition import Asking, belonging
from cove.kernel.conditions.operators import SET
from cove.kernel.words import Words


def _names(asking: Asking, ids: Collection[int]) -> Mapping[int, str]:
    return dict(LiveCode.visible_to(asking.actor).filter(id__in=ids).values_list("id", "name"))


def _brought(asking: Asking) -> QuerySet[CodeFriendship]:
    # Friendships of whoever was erased are nobody's: a null among the ids would make every "not" unknown.
    return CodeFriendship.objects.filter(code__in=LiveCode.visible_to(asking.actor), contact__isnull=False)


CODE = belonging(
    "live_codes.code",
    Words("来自活码", "Came through live codes"),
    SET,
    rows=_brought,
    value="code_id",
    names=_names,
    picker="live_code",
    of_merged=True,
)
