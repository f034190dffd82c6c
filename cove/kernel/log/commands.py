"""Retrying what was set aside, and taking people out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import NotFound
from cove.kernel.log.consume import digest, hand_over
from cove.kernel.log.fact import Envelope, catalogue
from cove.kernel.log.forget import disguised
from cove.kernel.log.models import SetAside
from cove.kernel.log.permissions import RETRY_FACT
from cove.kernel.log.reactions import reactions, sinks
from cove.kernel.personal_data import Holder, Person, Retained, holds, keeps
from cove.kernel.words import Words


@command(RETRY_FACT)
def retry_fact(actor: Actor, *, set_aside_id: int) -> bool:
    """Let the reaction or sink see a set-aside fact again; return whether it was digested (it then leaves the list).

    Raises NotFound for an unknown id or for a reaction that no longer exists.
    """
    row = SetAside.objects.select_for_update().filter(id=set_aside_id).first()
    if row is None:
        raise NotFound
    envelope = Envelope.model_validate(row.envelope)
    if reaction := reactions.get(row.consumer):
        done = digest(reaction, envelope)
    elif sink := sinks.get(row.consumer):
        done = hand_over(sink, [envelope])
    else:
        raise NotFound
    if done:
        row.delete()
    return done


def disguise_set_aside(actor: Actor, *, consumer: str, position: int, envelope: Envelope) -> None:
    """Keep another envelope in the place of one that was set aside, and of its error only the kind: its text may quote the fact."""
    for row in SetAside.objects.filter(tenant_id=actor.tenant_id, consumer=consumer, position=position):
        _disguise(row, envelope)


def _disguise(row: SetAside, envelope: Envelope) -> None:
    row.envelope, row.error = envelope.model_dump(mode="json"), row.error.partition(":")[0]
    row.save(update_fields=["envelope", "error"])


def _about(person: Person) -> QuerySet[SetAside]:
    said = Q(envelope__contact_id__in=person.contacts) | Q(envelope__visitor_id__in=person.visitors)
    for _, value in person.identities:
        said |= Q(envelope__payload__icontains=value)
    return SetAside.objects.filter(said)


def _collect(_actor: Actor, person: Person) -> Iterator[dict[str, Any]]:
    for row in _about(person).order_by("id").iterator(chunk_size=200):
        label = catalogue[row.kind].label.here() if row.kind in catalogue else row.kind
        yield {"kind": label, "at": row.envelope.get("at"), "payload": row.envelope.get("payload")}


def _blank(_actor: Actor, person: Person) -> int:
    """Leave the fact to be retried or looked at, as an anonymous visitor's; the error's text may quote it and goes."""
    changed = 0
    for row in _about(person):
        envelope = Envelope.model_validate(row.envelope)
        _disguise(row, disguised(envelope, visitor=person.statistic, texts=person.texts))
        changed += 1
    return changed


def _old(before: datetime) -> QuerySet[SetAside]:
    return SetAside.objects.filter(failed_at__lt=before)


def _remove_old(_actor: Actor, before: datetime, most: int) -> int:
    ids = list(_old(before).order_by("id").values_list("id", flat=True)[:most])
    return int(SetAside.objects.filter(id__in=ids).delete()[0])


SET_ASIDE = holds(
    Holder(
        "log.set_aside",
        Words("搁置的事件", "Facts set aside"),
        ("log_set_aside",),
        lambda _actor, person: _about(person).count(),
        _collect,
        _blank,
        {"kind": Words("类型", "Kind"), "at": Words("时间", "Time"), "payload": Words("内容", "Content")},
    )
)
OLD_SET_ASIDE = keeps(
    Retained(
        "log.set_aside",
        Words("搁置的事件", "Facts set aside"),
        7,
        90,
        lambda _actor, before: _old(before).count(),
        _remove_old,
    )
)
