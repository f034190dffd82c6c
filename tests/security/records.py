"""One record of each kind that a route can name. A route with a new kind of id fails until the kind has a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.db import transaction

from cove.business.live_codes.commands.codes import create_code
from cove.directory.org.commands.sessions import Door, open_session
from cove.directory.org.commands.tenants import create_tenant
from cove.directory.org.models import ApiKey, Department, Invitation, Member, MemberImport, Notice, Role
from cove.directory.people import facade as people
from cove.directory.people.commands.duplicates import suspect
from cove.directory.people.commands.merging import merge_contacts
from cove.directory.people.commands.notes import write_note
from cove.directory.people.commands.tags import create_tag, create_tag_group
from cove.directory.people.contracts import Identity, Profile
from cove.directory.people.models import Contact, SuspectedDuplicate
from cove.directory.privacy.commands.purposes import create_purpose
from cove.engine.channels.wecom.models import WecomGroup, WecomGroupPerson
from cove.engine.content.links.commands.links import create_link
from cove.kernel import clock
from cove.kernel.audit.models import AuditEntry
from cove.kernel.changesets.kind import change_kinds
from cove.kernel.changesets.models import ChangeSet
from cove.kernel.files.models import StoredFile
from cove.kernel.files.purpose import file_purposes
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.fact import Envelope
from cove.kernel.log.models import SetAside
from cove.kernel.log.read import read_tail
from cove.kernel.personal_data import retained
from cove.kernel.scope import tenant_scope
from tests.security import outward, wechat_records
from tests.security.clouds import ad_account, ad_lead, sms_account, sms_signature, sms_template
from tests.security.companies import Company
from tests.security.mail_records import mail_sender, mail_template, sender_domain, suppression
from tests.security.product import account, plan_version, planned_event, source, traffic_mark

_numbers = count(1)


@dataclass(frozen=True)
class Kind:
    """How to make a record of a kind.

    `scoped`: its rows belong to members, so that they are not there for a colleague whose right covers his own. `private`: they are
    not there for any colleague without a right to everybody's. `fixed`: it is no record but a word of ours.
    """

    make: Callable[[Company], int | str]
    scoped: bool = False
    private: bool = False
    fixed: bool = False


def contact(company: Company) -> int:
    """A customer followed by the administrator, with a phone and an e-mail."""
    number = next(_numbers)
    card, _ = people.admit_contact(
        company.system,
        identity=Identity("wecom_external", f"{company.rows_canary}external-{number}"),
        source="wecom",
        profile=Profile(name=f"{company.rows_canary}contact-{number}", company_name=f"{company.rows_canary}firm"),
    )
    people.begin_ownership(company.system, contact_id=card.id, member_id=company.administrator.id, since=clock.now())
    return card.id


def merge(company: Company) -> int:
    """A customer who was merged into another."""
    return merge_contacts(company.actor, contact_id=contact(company), merged_id=contact(company)).id


def duplicate(company: Company) -> int:
    """Two customers with one phone."""
    with transaction.atomic():
        suspect(company.system, contact(company), contact(company), "phone", "+99900000001")
    return SuspectedDuplicate.objects.latest("id").id


def fact(company: Company) -> int:
    """A note on the timeline of the customer who came last."""
    customer = Contact.objects.latest("id").id
    write_note(company.actor, contact_id=customer, text=f"{company.rows_canary}note-{next(_numbers)}")
    return read_tail("nobody", contact_ids=[customer], visitor_ids=[])[0].position


def tag_group(company: Company) -> int:
    """A group of the tag library."""
    return create_tag_group(company.actor, name=f"{company.canary}group-{next(_numbers)}", library="sales").id


def tag(company: Company) -> int:
    """A tag in a group of its own."""
    return create_tag(company.actor, group_id=tag_group(company), name=f"{company.canary}tag-{next(_numbers)}").id


def live_code(company: Company) -> int:
    """A live code with the administrator behind it."""
    return create_code(
        company.actor,
        name=f"{company.rows_canary}code-{next(_numbers)}",
        members={company.administrator.id: 1},
        tag_ids=[],
        welcome_text=f"{company.rows_canary}welcome",
        utm={},
    ).id


def link(company: Company) -> int:
    """A tracked link of the administrator."""
    name = f"{company.rows_canary}link-{next(_numbers)}"
    return create_link(company.actor, name=name, target=f"https://www.example.com/{name}").id


def customer_group(company: Company) -> int:
    """A customer group of the administrator's, with a guest in it."""
    name = f"{company.rows_canary}group-{next(_numbers)}"
    with tenant_scope(company.actor.tenant_id):
        row = WecomGroup.objects.create(
            chat_id=name, name=name, owner=company.administrator, made_at=clock.now(), read_at=clock.now()
        )
        WecomGroupPerson.objects.create(group=row, platform_id=f"wm{name}", name=name, joined_at=clock.now())
    return int(row.id)


def job(company: Company) -> int:
    """A piece of long work that waits."""
    return JobRun.objects.create(
        kind="wecom.sync", message=f"{company.canary}job", asked_by=company.administrator.id
    ).id


def failure(company: Company) -> int:
    """A fact that was set aside."""
    at, position, kind = clock.now(), next(_numbers), "people.note_written"
    payload = {"contact_id": 1, "member_id": None, "text": f"{company.canary}note"}
    envelope = Envelope(
        position=position, xid=1, tenant_id=company.tenant_id, kind=kind, at=at, recorded_at=at, payload=payload
    )
    return SetAside.objects.create(
        consumer="timeline",
        position=position,
        kind=kind,
        envelope=envelope.model_dump(mode="json"),
        error=f"{company.canary}error",
        failed_at=clock.now(),
    ).id


def file(company: Company) -> int:
    """A stored file of the administrator."""
    return StoredFile.objects.create(
        key=f"{company.tenant_id}/none-{next(_numbers)}",
        name=f"{company.canary}file.csv",
        media_type="text/csv",
        size=1,
        sha256="0" * 64,
        purpose=next(iter(file_purposes)).key,
        made_by=company.administrator.id,
        made_at=clock.now(),
    ).id


def change_set(company: Company) -> int:
    """A change of many rows that the administrator made."""
    now = clock.now()
    return ChangeSet.objects.create(
        kind=next(iter(change_kinds)).key,
        arguments={"shares": {}, "kinds": [], "why": ""},
        state=ChangeSet.State.STOPPED,
        made_by=company.administrator.id,
        made_at=now,
        undo_until=now + timedelta(days=1),
    ).id


def api_key(company: Company) -> int:
    """A key of the administrator."""
    return ApiKey.objects.create(
        member=company.administrator,
        name=f"{company.canary}key",
        key_hash=f"{company.canary}{next(_numbers)}",
        hint="abcd",
        rights={},
        revealed=[],
        expires_at=clock.now() + timedelta(days=1),
    ).id


def notice(company: Company) -> int:
    """Something the administrator was told."""
    return Notice.objects.create(
        member=company.administrator,
        kind="log.fact_set_aside",
        values={"kind": "people.note_written", "consumer": "timeline"},
        created_at=clock.now(),
    ).id


def tenant(company: Company) -> int:
    """A company of the installation; only its owner may know of it."""
    return create_tenant(name=f"{company.canary}tenant-{next(_numbers)}").id


def member(company: Company) -> int:
    """A colleague who is in no department; `company.latest` is he."""
    number = next(_numbers)
    company.latest = Member.objects.create(
        name=f"{company.canary}member-{number}", email=f"{company.canary}member-{number}@cove.test"
    )
    return company.latest.id


def session(company: Company) -> int:
    """A session of the latest colleague, or of the administrator."""
    return open_session(company.latest or company.administrator, Door("127.0.0.1", "the security walk")).session.id


def department(company: Company) -> int:
    """A department without anybody in it."""
    return Department.objects.create(name=f"{company.canary}department-{next(_numbers)}").id


def role(company: Company) -> int:
    """A role that nobody has."""
    return Role.objects.create(name=f"{company.canary}role-{next(_numbers)}", rights={}).id


def invitation(company: Company) -> int:
    """An invitation that nobody has taken yet."""
    number, now = next(_numbers), clock.now()
    return Invitation.objects.create(
        email=f"{company.canary}invited-{number}@cove.test",
        name=f"{company.canary}invited",
        token_hash=f"{company.canary}{number}",
        invited_by=company.administrator,
        created_at=now,
        sent_at=now,
        expires_at=now + timedelta(days=1),
    ).id


def member_import(company: Company) -> int:
    """A checked list of members that the administrator uploaded."""
    return MemberImport.objects.create(
        asked_by=company.administrator,
        file_name=f"{company.canary}list.csv",
        counts={"rows": 0, "create": 0, "change": 0, "fill": 0, "faulty": 0, "departments": []},
        expires_at=clock.now() + timedelta(days=1),
    ).id


def purpose(company: Company) -> int:
    """A purpose for which consent is asked."""
    return create_purpose(
        company.actor,
        name=f"{company.canary}purpose-{next(_numbers)}",
        name_en="",
        text=f"{company.canary}text",
        text_en="",
        opt_in=True,
    ).id


def entry(company: Company) -> int:
    """An entry of the audit log."""
    tag_group(company)
    found = AuditEntry.objects.order_by("-at", "-id").first()
    assert found is not None
    return found.id


KINDS: dict[str, Kind] = {
    "delivery_id": Kind(outward.delivery),
    "webhook_id": Kind(outward.webhook),
    "wecom_tool_id": Kind(outward.wecom_tool),
    "kf_account_id": Kind(outward.kf_account),
    "mass_id": Kind(outward.mass_message),
    "moment_id": Kind(outward.moment),
    "call_id": Kind(outward.webhook_call),
    **{name: Kind(make) for name, make in wechat_records.MADE.items()},
    "contact_id": Kind(contact, scoped=True),
    "merge_id": Kind(merge, scoped=True),
    "duplicate_id": Kind(duplicate, scoped=True),
    "fact_id": Kind(fact, scoped=True),
    "note_id": Kind(fact, scoped=True),
    "code_id": Kind(live_code, scoped=True),
    "link_id": Kind(link, scoped=True),
    "customer_group_id": Kind(customer_group, scoped=True),
    "domain_id": Kind(sender_domain),
    "sender_id": Kind(mail_sender),
    "email_template_id": Kind(mail_template),
    "suppression_id": Kind(suppression),
    "source_id": Kind(source),
    "mark_id": Kind(traffic_mark),
    "account_id": Kind(account),
    "event_id": Kind(planned_event),
    "version_id": Kind(plan_version),
    "language": Kind(lambda _company: "python", fixed=True),
    "sms_template_id": Kind(sms_template),
    "provider": Kind(lambda company: sms_account(company).provider, fixed=True),
    "ad_account_id": Kind(ad_account),
    "ad_lead_id": Kind(ad_lead),
    "job_id": Kind(job),
    "failure_id": Kind(failure),
    "file_id": Kind(file, private=True),
    "change_set_id": Kind(change_set, private=True),
    "key_id": Kind(api_key),
    "notice_id": Kind(notice, private=True),
    "tenant_id": Kind(tenant),
    "tariff": Kind(lambda _company: "sms", fixed=True),
    "member_id": Kind(member, scoped=True),
    "session_id": Kind(session),
    "department_id": Kind(department),
    "role_id": Kind(role),
    "invitation_id": Kind(invitation),
    "import_id": Kind(member_import, private=True),
    "purpose_id": Kind(purpose),
    "entry_id": Kind(entry),
    "record_id": Kind(contact, scoped=True),
    "record": Kind(lambda _company: "people_contact", fixed=True),
    "key": Kind(lambda _company: next(iter(retained)).key, fixed=True),
}
"""By the name of the path's parameter."""

NAMED_IN_BODIES: dict[str, Callable[[Company], int | str]] = {
    "tag_ids": tag,
    "add": tag,
    "remove": tag,
    "group_id": tag_group,
    "member_id": member,
    "owner_id": member,
    "code_id": live_code,
    "sender_id": mail_sender,
    "template_id": mail_template,
    "tag_id": tag,
    "wechat_tag_id": wechat_records.wechat_tag,
    "contact_id": contact,
    "contact_ids": contact,
    "merged_id": contact,
    "member_ids": member,
    "role_ids": role,
    "department_ids": department,
    "department_id": department,
    "parent_id": department,
    "wecom_member_id": member,
    "reassign_to": role,
    "purpose_id": purpose,
    "sms_template_id": sms_template,
    "sms_signature_id": sms_signature,
    "ad_account_id": ad_account,
}
"""By the name of the field in a body or of the parameter in a query."""
