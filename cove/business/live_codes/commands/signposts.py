from __future__ import annotations

from cove.business.live_codes.contracts import SIGNPOST, PostedCode, PostedMember
from cove.business.live_codes.models import ContactWay, LiveCode, LiveCodeMember
from cove.directory.org import facade as org
from cove.kernel.actor import Actor
from cove.kernel.signposts.commands import put_signpost


def post_code(actor: Actor, code: LiveCode) -> None:
    """Tell the edges what they need of a code to answer without a database. Within a command.

    Who was deactivated is not shown; a code behind which nobody is left shows the friendly page of a deleted one.
    """
    ways = dict(ContactWay.objects.filter(code=code, standing=True).values_list("member_id", "qr_url"))
    behind = LiveCodeMember.objects.filter(code=code).select_related("member").order_by("id")
    members = [row for row in behind if row.member.active]
    posted = PostedCode(
        code_id=code.id,
        name=code.name,
        company=org.tenant(actor).name,
        deleted=code.deleted_at is not None or not members,
        members=tuple(
            PostedMember(row.member_id, row.member.name, row.weight, ways.get(row.member_id, "")) for row in members
        ),
        utm={
            "utm_source": code.utm_source,
            "utm_medium": code.utm_medium,
            "utm_campaign": code.utm_campaign,
            "utm_content": code.utm_content,
            "utm_term": code.utm_term,
        },
    )
    put_signpost(SIGNPOST, code.slug, posted.document())
