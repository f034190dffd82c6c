"""Notices: who gets one, what a member has, what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from cove.directory.org.contracts import NoticeLetter
from cove.directory.org.models import Member, Notice, NoticeSending, Role, RoleGrant
from cove.directory.org.queries.actors import actor_of_member, rights_of
from cove.kernel.actor import Actor
from cove.kernel.mail.models import Mail
from cove.kernel.notices import NoticeKind, Values, notice_kinds
from cove.kernel.operations import Operation
from cove.kernel.scope import every_tenant
from cove.kernel.words import DEFAULT_LANGUAGE, Language, Words, speaking

_MORE = Words("还有 {more} 条", "{more} more")


def notices(actor: Actor, *, unread: bool = False, kind: str = "") -> QuerySet[Notice]:
    """Return the acting member's notices, only unread ones or of one kind if asked."""
    rows = Notice.visible_to(actor).filter(kind__in=[entry.key for entry in notice_kinds])
    if unread:
        rows = rows.filter(read_at=None)
    return rows.filter(kind=kind) if kind else rows


def unread_count(actor: Actor) -> int:
    """Return how many notices wait for the acting member; muted kinds do not count."""
    return notices(actor).filter(read_at=None, silent=False).count()


def holders_of(actor: Actor, operation: Operation) -> set[int]:
    """Return the ids of the active members whose roles give them `operation`, with whatever scope."""
    roles = [role.id for role in Role.objects.filter(tenant_id=actor.tenant_id) if operation.key in rights_of(role)]
    grants = RoleGrant.objects.filter(role_id__in=roles, member__active=True)
    return set(grants.values_list("member_id", flat=True))


def receivers(actor: Actor, kind: NoticeKind, member_ids: Collection[int], values: Values) -> list[Member]:
    """Return those of the members who are there, may hear of such things, and may see the record that is named."""
    wanted = set(member_ids)
    if kind.needs is not None:
        wanted &= holders_of(actor, kind.needs)
    found = list(Member.visible_to(actor).filter(id__in=wanted, active=True).order_by("id"))
    if kind.may_see is None:
        return found
    return [member for member in found if kind.may_see(actor_of_member(member), values)]


def kinds_for(actor: Actor) -> list[NoticeKind]:
    """Return the kinds of notices that the actor may ever get."""
    return [kind for kind in notice_kinds if kind.needs is None or actor.may(kind.needs)]


def language_of_member(member: Member) -> Language:
    """Return the language in which a member reads."""
    return "en" if member.locale == "en" else DEFAULT_LANGUAGE


def tenants_with_due(now: datetime) -> list[int]:
    """Return the tenants with sendings that are due."""
    with every_tenant("notices that are due are found"):
        due = NoticeSending.unsealed.filter(state=NoticeSending.State.WAITING, due_at__lte=now)
        return list(due.values_list("tenant_id", flat=True).distinct().order_by("tenant_id"))


def tenants_with_old(before: datetime) -> list[int]:
    """Return the tenants with notices from before `before`."""
    with every_tenant("old notices are dropped"):
        old = Notice.unsealed.filter(created_at__lt=before)
        return list(old.values_list("tenant_id", flat=True).distinct().order_by("tenant_id"))


def letter(actor: Actor, sending_ids: Sequence[int]) -> NoticeLetter | None:
    """Return what these sendings say, as one message to each of their members; None if nothing is left to be said."""
    ordered = NoticeSending.objects.filter(
        tenant_id=actor.tenant_id, id__in=sending_ids, state=NoticeSending.State.ORDERED, member__active=True
    )
    rows = list(ordered.select_related("notice", "member").order_by("notice__created_at", "notice_id"))
    if not rows:
        return None
    newest, reader = rows[-1].notice, rows[-1].member
    together = sum(1 + row.notice.more for row in rows if row.member_id == reader.id)
    with speaking(language_of_member(reader)):
        title, text = texts_of([newest])[newest.id]
        if together > 1:
            text = "\n".join(filter(None, [text, more_words(together - 1)]))
    userids = {row.member.wecom_userid for row in rows if row.member.wecom_userid}
    return NoticeLetter(title, text, newest.url, tuple(sorted(userids)), language_of_member(reader))


def texts_of(rows: Iterable[Notice]) -> dict[int, tuple[str, str]]:
    """Return the title and body of notices for the current reader, by id; what a kind looks up it looks up once."""
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    found: dict[int, tuple[str, str]] = {}
    for kind, same in by_kind.items():
        texts = notice_kinds[kind].texts([row.values for row in same])
        found.update(zip([row.id for row in same], texts, strict=True))
    return found


def more_words(more: int) -> str:
    """Return “12 more” in the current reader's language."""
    return _MORE.here({"more": more})


def with_sendings(rows: Iterable[Notice]) -> dict[int, list[NoticeSending]]:
    """Return how each of these notices went out, by notice; one query."""
    found: dict[int, list[NoticeSending]] = {}
    for sending in NoticeSending.objects.filter(notice_id__in=[row.id for row in rows]).order_by("way"):
        found.setdefault(sending.notice_id, []).append(sending)
    return found


def mails_of(sendings: Iterable[NoticeSending]) -> dict[str, Mail]:
    """Return the mails with which these left, by key; one query, none for nothing."""
    keys = {row.mail_key for row in sendings if row.mail_key}
    found = Mail.objects.filter(once_key__in=keys).only("once_key", "state", "reason") if keys else []
    return {mail.once_key: mail for mail in found}
