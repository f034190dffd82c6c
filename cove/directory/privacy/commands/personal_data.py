"""What this module holds of a person, and how long lost contacts are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from cove.directory.people import facade as people
from cove.directory.privacy.commands.erasures import plan_erasure
from cove.directory.privacy.models import ChannelChoice, Consent, ConsentEvent, DataFile, Erasure, PreferenceLink
from cove.directory.privacy.queries.erasures import OPEN
from cove.kernel.actor import Actor
from cove.kernel.files.store import delete_file
from cove.kernel.personal_data import Leaving, Person, Retained, holds_rows, keeps, leaving
from cove.kernel.words import Words

_AT = Words("时间", "Time")
_PURPOSE = Words("用途", "Purpose")
_GIVEN = Words("同意", "Agreed")
_VERSION = Words("文本版本", "Text version")
_SOURCE = Words("来源", "Source")


def _delete_files(actor: Actor, person: Person) -> int:
    rows = DataFile.objects.filter(contact_id__in=person.contacts)
    for file_id in rows.values_list("file_id", flat=True):
        if file_id is not None:
            delete_file(Actor.system(actor.tenant_id), file_id)
    return int(rows.delete()[0])


CONSENTS = holds_rows(
    "privacy.consents",
    Words("当前同意", "Consents now"),
    model=Consent,
    rows=lambda person: Consent.objects.filter(contact_id__in=person.contacts),
    columns={"purpose__name": _PURPOSE, "given": _GIVEN, "version": _VERSION, "at": _AT},
)
HISTORY = holds_rows(
    "privacy.consent_history",
    Words("同意历史", "History of consents"),
    model=ConsentEvent,
    rows=lambda person: ConsentEvent.objects.filter(contact_id__in=person.contacts),
    columns={
        "purpose__name": _PURPOSE,
        "given": _GIVEN,
        "version": _VERSION,
        "source": _SOURCE,
        "reason": Words("说明", "Reason"),
        "address": Words("网络地址", "Network address"),
        "agent": Words("浏览器", "Browser"),
        "at": _AT,
    },
)
CHANNELS = holds_rows(
    "privacy.channels",
    Words("渠道退订", "Unsubscriptions"),
    model=ChannelChoice,
    rows=lambda person: ChannelChoice.objects.filter(contact_id__in=person.contacts),
    columns={
        "channel": Words("渠道", "Channel"),
        "unsubscribed": Words("已退订", "Unsubscribed"),
        "source": _SOURCE,
        "reason": Words("说明", "Reason"),
        "at": _AT,
    },
)
LINKS = holds_rows(
    "privacy.links",
    Words("偏好页链接", "Links to the preference page"),
    model=PreferenceLink,
    rows=lambda person: PreferenceLink.objects.filter(contact_id__in=person.contacts),
    columns={"made_at": _AT, "expires_at": Words("到期", "Until")},
)
FILES = holds_rows(
    "privacy.data_files",
    Words("个人数据文件", "Files of his data"),
    model=DataFile,
    rows=lambda person: DataFile.objects.filter(contact_id__in=person.contacts),
    columns={"asked_at": _AT, "expires_at": Words("到期", "Until")},
    erase=_delete_files,
)


def _leaving(actor: Actor, contact_ids: Collection[int]) -> set[int]:
    rows = Erasure.objects.filter(tenant_id=actor.tenant_id, state__in=OPEN, contact_id__in=contact_ids)
    return set(rows.values_list("contact_id", flat=True))


LEAVING = leaving.add("privacy.erasures", Leaving("privacy.erasures", _leaving))


def _lost(actor: Actor, before: datetime) -> list[int]:
    waiting = Erasure.objects.filter(state__in=OPEN, contact__isnull=False).values("contact_id")
    return list(people.lost_before(actor, before).exclude(id__in=waiting).order_by("id").values_list("id", flat=True))


def _erase_lost(actor: Actor, before: datetime, most: int) -> int:
    found = _lost(actor, before)[:most]
    for contact_id in found:
        plan_erasure(actor, contact_id=contact_id, why="retention", grace_days=0)
    return len(found)


LOST = keeps(
    Retained(
        "privacy.lost_contacts",
        Words("已流失客户的资料", "Data of lost contacts"),
        30,
        None,
        lambda actor, before: len(_lost(actor, before)),
        _erase_lost,
    )
)
