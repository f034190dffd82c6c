"""One record of each kind that a route can name. A route with a new kind of id fails until the kind has a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from cove.business.live_codes.commands.codes import create_code
from cove.directory.people import facade as people
from cove.directory.people.commands.tags import create_tag, create_tag_group
from cove.directory.people.contracts import Identity, Profile
from cove.engine.tracking.commands import create_source
from cove.kernel import clock
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.fact import Envelope
from cove.kernel.log.models import SetAside
from tests.security.companies import Company

_numbers = count(1)


@dataclass(frozen=True)
class Kind:
    """How to make a record of a kind, and whether its rows belong to members (so that a colleague's are 404, too)."""

    make: Callable[[Company], int | str]
    scoped: bool = False


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


def source(company: Company) -> int:
    """A tracking source."""
    return create_source(company.actor, name=f"{company.canary}source-{next(_numbers)}", allowed_origins=[]).id


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


def member(company: Company) -> int:
    """The administrator, as somebody to name."""
    return company.administrator.id


KINDS: dict[str, Kind] = {
    "contact_id": Kind(contact, scoped=True),
    "code_id": Kind(live_code, scoped=True),
    "source_id": Kind(source),
    "job_id": Kind(job),
    "failure_id": Kind(failure),
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
    "tag_id": tag,
    "contact_id": contact,
}
"""By the name of the field in a body or of the parameter in a query."""
