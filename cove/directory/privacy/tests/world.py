"""One person with something in every corner, and looking for him everywhere."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from cove.directory.org.models import Member
from cove.directory.people import facade as people
from cove.directory.people.commands.contacts import change_contact
from cove.directory.people.commands.notes import write_note
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact
from cove.engine.automation.contracts import ActionCall
from cove.engine.automation.facade import perform
from cove.engine.channels.delivery.facade import deliver
from cove.engine.channels.wecom.models import WecomRelation
from cove.facts.live_codes import CodeBroughtFriend, CodeScanned
from cove.facts.tracking import EventTracked, PageViewed
from cove.facts.wecom import CallbackAccepted, FriendAdded
from cove.kernel import clock
from cove.kernel.clickhouse import client
from cove.kernel.ids import visitor_id
from cove.kernel.jobs.job import run_job
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.models import SetAside
from cove.kernel.log.publish import append_facts, pending

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Somebody:
    """What he is known by: none of it may be found anywhere afterwards."""

    def __init__(self, tenant_id: int, number: int = 1) -> None:
        mark = f"{tenant_id}x{number}"
        self.external = f"wmERASE{mark}AAAAAA"
        self.unionid = f"ozUNION{mark}BBBBBB"
        self.name = f"欧阳若汐{mark}"
        self.phone = f"139{tenant_id:05d}{number:03d}"
        self.email = f"ruoxi.{mark}@secret.test"
        self.remark = f"王总的表妹{mark}"
        self.note = f"孩子在三中读书{mark}"
        self.address = f"203.0.113.{number + 7}"
        self.visitors = [visitor_id(tenant_id, f"browser-{mark}-{one}") for one in (1, 2)]

    @property
    def marks(self) -> list[str]:
        said = [self.external, self.unionid, self.name, self.phone, self.email, self.remark, self.note]
        return [*said, *map(str, self.visitors)]


def contact_number(who: Somebody) -> str:
    return who.email.partition("@")[0].removeprefix("ruoxi.")


def tell(fact, at=NOON):
    append_facts([pending(fact, at=at, chain=())])


def settle_in(actor, who: Somebody, *, code=None) -> int:
    """Give a person something everywhere; return his contact's id."""
    member = Member.objects.create(name="小王", wecom_userid=f"wang{contact_number(who)}")
    for number, visitor in enumerate(who.visitors):
        at = NOON + timedelta(minutes=number)
        if code:
            scan = CodeScanned(
                visitor_id=visitor,
                code_id=code.id,
                code_name=code.name,
                visit=f"visit{visitor}",
                member_id=member.id,
                address=who.address,
                utm_source="baidu",
            )
            tell(scan, at)
        url = f"https://example.test/price?phone={who.phone}"
        tell(PageViewed(visitor_id=visitor, message_id=f"m{visitor}", url=url, title="价格"), at + timedelta(hours=1))
        order = {"plan": "pro", "mobile": who.phone, "amount": 99}
        tell(
            EventTracked(visitor_id=visitor, message_id=f"o{visitor}", event="下单", properties=order),
            at + timedelta(hours=2),
        )
    card, _ = people.admit_contact(
        actor,
        identity=Identity("wecom_external", who.external),
        source="wecom",
        at=NOON + timedelta(hours=3),
        profile=Profile(name=who.name, company_name="港湾科技"),
    )
    people.add_identity(actor, contact_id=card.id, identity=Identity("unionid", who.unionid))
    change_contact(actor, contact_id=card.id, changes={"phone": who.phone, "email": who.email})
    people.begin_ownership(actor, contact_id=card.id, member_id=member.id, since=NOON + timedelta(hours=3))
    people.describe_ownership(actor, contact_id=card.id, member_id=member.id, way=1, remark=who.remark)
    for visitor in who.visitors:
        people.join_visitor(actor, contact_id=card.id, visitor_id=visitor, how="live_code")
    write_note(actor, contact_id=card.id, text=who.note)
    _friendship(actor, who, card.id, member, code)
    _outward(actor, who, card.id, member)
    return card.id


def _friendship(actor, who, contact_id, member, code):
    WecomRelation.objects.create(
        userid=member.wecom_userid,
        external_userid=who.external,
        contact_id=contact_id,
        member=member,
        friend=True,
        changed_at=NOON,
    )
    added = FriendAdded(
        contact_id=contact_id,
        member_id=member.id,
        member_name=member.name,
        external_userid=who.external,
        userid=member.wecom_userid,
        state="s",
        welcome_code="w",
    )
    tell(added, NOON + timedelta(hours=4))
    event = {"Event": "change_external_contact", "ChangeType": "other", "ExternalUserID": who.external}
    tell(CallbackAccepted(channel_id=1, event=event), NOON + timedelta(hours=4))
    if code:
        from cove.business.live_codes.models import CodeFriendship

        CodeFriendship.objects.create(
            code_id=code.id, contact_id=contact_id, member=member, began_at=NOON, began_on=NOON.date()
        )
        brought = CodeBroughtFriend(
            contact_id=contact_id,
            member_id=member.id,
            member_name=member.name,
            visitor_id=who.visitors[0],
            code_id=code.id,
            code_name=code.name,
        )
        tell(brought, NOON + timedelta(hours=4))


def _outward(actor, who, contact_id, member):
    payload = {
        "contact_id": contact_id,
        "member_id": member.id,
        "member_name": "小王",
        "welcome_code": "w",
        "text": who.name,
    }
    deliver(actor, "wecom.send_welcome", f"welcome:{who.external}", payload)
    lane = f"wecom.contact:{who.external}"
    deliver(actor, "wecom.fetch_contact", f"fetch:{who.external}", {"external_userid": who.external}, lane=lane)
    perform(
        actor, contact_id=contact_id, calls=[ActionCall("people.write_note", {"text": who.note})], once_key=who.external
    )
    envelope = {
        "position": 10**12 + contact_id,
        "xid": 1,
        "tenant_id": actor.tenant_id,
        "kind": "people.note_written",
        "at": NOON.isoformat(),
        "recorded_at": NOON.isoformat(),
        "contact_id": contact_id,
        "payload": {"contact_id": contact_id, "member_id": None, "source": "console", "text": who.note},
    }
    SetAside.objects.create(
        consumer="somewhere",
        position=envelope["position"],
        kind="people.note_written",
        envelope=envelope,
        error=f"ValueError: {who.phone}",
        failed_at=clock.now(),
    )


def run_jobs(actor, kind: str) -> list[JobRun]:
    """Run what waits of one kind of job, as the work process would."""
    waiting = list(JobRun.objects.filter(kind=kind, state="waiting").order_by("id"))
    for row in waiting:
        run_job(actor.tenant_id, row.id)
    return list(JobRun.objects.filter(id__in=[row.id for row in waiting]))


def contact(contact_id: int) -> Contact | None:
    return Contact.objects.filter(id=contact_id).first()


def found_anywhere(marks) -> list[str]:
    """Return where any of the marks stands: every table of PostgreSQL, every table of ClickHouse, every file of the data folder."""
    return [*_in_postgres(marks), *_in_clickhouse(marks), *_in_files(marks)]


def _in_postgres(marks):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            # Each row is written out once, however many marks are looked for: the tables hold what all tests of the run left.
            cursor.execute(
                f'SELECT mark, count(*) FROM (SELECT t::text AS line FROM "{table}" t OFFSET 0) AS rows, unnest(%s::text[]) AS mark '
                "WHERE strpos(line, mark) > 0 GROUP BY mark",
                [list(marks)],
            )
            yield from (f"postgres {table}: {mark} ({count})" for mark, count in cursor.fetchall())


def _in_clickhouse(marks):
    tables = client.client().query("SELECT name FROM system.tables WHERE database = currentDatabase()").result_rows
    for (table,) in tables:
        sql = (
            "SELECT arrayJoin(arrayFilter(mark -> position(line, mark) > 0, {marks:Array(String)})) AS found, count() "
            f"FROM (SELECT toString(tuple(*)) AS line FROM {table}) GROUP BY found"
        )
        for mark, count in client.client().query(sql, parameters={"marks": list(marks)}).result_rows:
            yield f"clickhouse {table}: {mark} ({count})"


def _in_files(marks):
    root = Path(settings.DATA_FOLDER)
    for path in root.rglob("*"):
        # The servers' own folders are asked through their servers; a log of changes is theirs to forget.
        if not path.is_file() or {"postgres", "clickhouse"} & set(path.relative_to(root).parts):
            continue
        for text in _texts(path):
            yield from (f"file {path}: {mark}" for mark in marks if mark.encode() in text)


def _texts(path):
    data = path.read_bytes()
    if data[:4] != b"PK\x03\x04":
        return [data]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]
