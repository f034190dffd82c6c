"""Who uses the company's products: accounts as events tell of them, and contacts who got to a PQL event."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from cove.directory.people import facade as people
from cove.engine.tracking.models import PqlTouch
from cove.engine.tracking.permissions import NOTE_USAGE
from cove.facts.tracking import PqlReached
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.personal_data import Person, holds_rows
from cove.kernel.words import Words

MOST_ACCOUNTS = 200_000
"""Of a company. Whoever holds the public key of a site can name accounts; its events are kept all the same."""
MOST_TRAITS = 50
LONGEST_TRAIT = 500
LONGEST_NAME = 200


def _added(column: str) -> str:
    # New traits are taken while there is room for them; what is known is always brought up to date.
    had, told = f"had.{column}", f"excluded.{column}"
    return f"""
    WHEN (SELECT count(*) FROM jsonb_object_keys({had} || {told})) <= %(traits_most)s THEN {had} || {told}
    ELSE (SELECT jsonb_object_agg(old.key, coalesce({told} -> old.key, old.value)) FROM jsonb_each({had}) AS old)"""  # noqa: S608 -- ours


_NOTE = f"""
INSERT INTO tracking_account AS had (tenant_id, key, name, name_verified, traits, claims, first_seen_at, last_seen_at)
SELECT %(tenant)s, seen.key, coalesce(nullif(seen.name, ''), nullif(seen.claimed, ''), seen.key), seen.name != '', seen.traits, seen.claims,
  seen.first_at, seen.last_at
FROM unnest(%(keys)s::text[], %(names)s::text[], %(claimed)s::text[], %(traits)s::jsonb[], %(claims)s::jsonb[],
  %(firsts)s::timestamptz[], %(lasts)s::timestamptz[]) AS seen (key, name, claimed, traits, claims, first_at, last_at)
WHERE EXISTS (SELECT FROM tracking_account WHERE tenant_id = %(tenant)s AND key = seen.key)
  OR (SELECT count(*) FROM tracking_account WHERE tenant_id = %(tenant)s) + %(new)s <= %(most)s
ORDER BY seen.key
ON CONFLICT (tenant_id, key) DO UPDATE SET
  name = CASE
    WHEN NOT excluded.name_verified AND (had.name_verified OR excluded.name = excluded.key) THEN had.name ELSE excluded.name
  END,
  name_verified = had.name_verified OR excluded.name_verified,
  traits = CASE {_added("traits")} END,
  claims = CASE {_added("claims")} END,
  first_seen_at = least(had.first_seen_at, excluded.first_seen_at),
  last_seen_at = greatest(had.last_seen_at, excluded.last_seen_at)
"""  # noqa: S608 -- constants


@dataclass(slots=True)
class SeenAccount:
    """What a batch of events tells of an account: by the company's server, and what anybody else claims."""

    first_at: datetime
    last_at: datetime
    name: str = ""
    claimed_name: str = ""
    traits: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)

    def add(self, at: datetime, traits: Mapping[str, Any], *, by_server: bool) -> None:
        """Take in one more event, with the account's traits if it tells any."""
        self.first_at, self.last_at = min(self.first_at, at), max(self.last_at, at)
        name = str(traits.get("name") or "")[:LONGEST_NAME]
        if by_server:
            self.traits, self.name = _with(self.traits, traits), name or self.name
        else:
            self.claims, self.claimed_name = _with(self.claims, traits), name or self.claimed_name


@command(NOTE_USAGE, audited=False)
def note_accounts(actor: Actor, *, accounts: Mapping[str, SeenAccount]) -> None:
    """Remember accounts by key: new ones, what is newly told of known ones, and when they were seen."""
    rows = sorted(accounts.items())
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "tenant": actor.tenant_id,
                "most": MOST_ACCOUNTS,
                "traits_most": MOST_TRAITS,
                "new": len(rows),
                "keys": [key for key, _ in rows],
                "names": [one.name for _, one in rows],
                "claimed": [one.claimed_name for _, one in rows],
                "traits": [json.dumps(one.traits) for _, one in rows],
                "claims": [json.dumps(one.claims) for _, one in rows],
                "firsts": [one.first_at for _, one in rows],
                "lasts": [one.last_at for _, one in rows],
            },
        )


@command(NOTE_USAGE, audited=False)
def note_pql(actor: Actor, *, event: str, account: str, visitor_id: int, at: datetime) -> None:
    """Remember that a visitor did a PQL event; if he is a contact who did not do it before, tell so."""
    contact_id = people.contacts_of_visitors(actor, [visitor_id]).get(visitor_id)
    touch = PqlTouch(event=event, account=account, visitor_id=visitor_id, contact_id=contact_id, at=at)
    if _kept_once(touch) and contact_id is not None:
        publish(PqlReached(contact_id=contact_id, event=event, account=account), at=at)


@command(NOTE_USAGE, audited=False)
def join_pql(actor: Actor, *, visitor_id: int, contact_id: int) -> None:
    """Tell of a contact what he did as the visitor that he turned out to be."""
    for touch in PqlTouch.objects.filter(visitor_id=visitor_id, contact=None).order_by("id"):
        touch.contact_id = contact_id
        if _kept_once(touch):
            publish(PqlReached(contact_id=contact_id, event=touch.event, account=touch.account), at=touch.at)
        else:
            touch.delete()


def _kept_once(touch: PqlTouch) -> bool:
    try:
        with transaction.atomic():
            touch.save()
    except IntegrityError:
        return False
    return True


def _with(known: dict[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    both = known | {key[:LONGEST_NAME]: _kept(value) for key, value in list(told.items())[:MOST_TRAITS]}
    return dict(list(both.items())[:MOST_TRAITS])


def _kept(value: Any) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[:LONGEST_TRAIT]


def _touches_of(person: Person) -> Any:
    return PqlTouch.objects.filter(Q(visitor_id__in=person.visitors) | Q(contact_id__in=person.contacts))


TOUCHES = holds_rows(
    "tracking.pql",
    Words("产品关键行为", "What he did of weight in products"),
    model=PqlTouch,
    rows=_touches_of,
    columns={
        "event": Words("事件", "Event"),
        "account": Words("产品账号", "Product account"),
        "at": Words("时间", "Time"),
    },
)
