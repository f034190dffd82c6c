"""Mass messages: asked for here, confirmed by members in WeCom. What came of them is in `mass_results`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from cove.directory.org import facade as org
from cove.directory.privacy import facade as privacy
from cove.engine.channels.delivery import facade as delivery
from cove.engine.channels.wecom import queries
from cove.engine.channels.wecom.commands.mass_results import failed_message, tell_mass
from cove.engine.channels.wecom.contracts.aims import MassAim
from cove.engine.channels.wecom.contracts.contents import Content
from cove.engine.channels.wecom.contracts.states import MassState, TargetState
from cove.engine.channels.wecom.errors import NobodyToReach, TooMany
from cove.engine.channels.wecom.models import WecomMassTarget, WecomMassTask
from cove.engine.channels.wecom.permissions import SEND_MASS
from cove.engine.channels.wecom.queries.materials import check_files
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command, publish
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.ids import new_slug
from cove.kernel.words import Words

CUSTOMERS_A_TASK = 10_000
MOST_CUSTOMERS = 50_000
READ_FOR = timedelta(days=7)
KEY_LENGTH = 16
_NO_USERID = Words(
    "该成员没有关联企业微信账号，请先同步企业微信或改选其他成员",
    "This member has no WeCom account here; sync from WeCom first, or choose another",
)
_NO_FILE = Words(
    "群发消息里的链接封面请填写图片网址，不能使用上传的文件",
    "The picture of a link in a mass message is an address; an uploaded file cannot be used",
)


@command(SEND_MASS)
def order_mass(
    actor: Actor, *, name: str, content: Content, aim: MassAim, sender_id: int | None = None
) -> list[WecomMassTask]:
    """Have members send a message to whom an aim finds; return the tasks. `sender_id`: all by this member; groups go by their owners.

    Raises NotConfigured, NobodyToReach, TooMany, and InvalidInput naming `sender_id` for a member without an account, or
    `attachments` for files that cannot be sent.
    """
    queries.credentials(actor)
    check_files(actor, content)
    if any(part.kind == "link" and part.file_id is not None for part in content.attachments):
        raise InvalidInput(fields={"attachments": _NO_FILE})
    key = f"console:{new_slug(KEY_LENGTH)}"
    if aim.kind == "groups":
        ids = ask_group_message(
            actor, key=key, content=content, group_ids=queries.aimed_groups(actor, aim), subject=name
        )
    else:
        if sender_id is not None and not _userid(actor, sender_id):
            raise InvalidInput(fields={"sender_id": _NO_USERID})
        contact_ids = queries.aimed_contacts(actor, aim, most=MOST_CUSTOMERS + 1)
        if len(contact_ids) > MOST_CUSTOMERS:
            raise TooMany(most=MOST_CUSTOMERS)
        ids = ask_mass_message(
            actor, key=key, content=content, contact_ids=contact_ids, sender_id=sender_id, subject=name
        )
    if not ids:
        # Nothing is kept of it: the facts about those who were left out go with the transaction.
        raise NobodyToReach
    return list(queries.masses(actor).filter(id__in=ids).order_by("id"))


@command(SEND_MASS)
def ask_mass_message(
    actor: Actor,
    *,
    key: str,
    content: Content,
    contact_ids: Collection[int],
    sender_id: int | None = None,
    cause: str = "",
    subject: str = "",
) -> list[int]:
    """Have members send contacts a message, once for `key`; return the tasks' numbers, one for each 10,000 customers.

    Each goes out by the member who last talked with the customer, or by the member `sender_id`. Whoever is no friend of ours,
    unsubscribed, has not agreed or had as many as the platform allows is left out, and a fact says why. The gate asks again when the
    task is made, and for quiet hours and caps.
    """
    keys = [f"{key}:{number}" for number in range(len(contact_ids) // CUSTOMERS_A_TASK + 1)]
    if made := list(WecomMassTask.objects.filter(key__in=keys).order_by("id").values_list("id", flat=True)):
        return made
    held = privacy.held_back(actor, contact_ids, channel="wecom")
    sender = _userid(actor, sender_id)
    reached = queries.external_userids(actor, set(contact_ids) - held.keys(), userid=sender)
    full = queries.had_the_most(actor, set(reached.values()))
    left_out = {**held, **dict.fromkeys(set(contact_ids) - held.keys() - reached.keys(), "not_a_friend")}
    left_out |= {contact_id: "had_the_most" for contact_id, external in reached.items() if external in full}
    for contact_id, reason in sorted(left_out.items()):
        publish(failed_message(contact_id, f"{key}:{contact_id}", cause, subject, str(reason), sender_id))
    wanted = sorted((contact_id, external) for contact_id, external in reached.items() if external not in full)
    for number, start in enumerate(range(0, len(wanted), CUSTOMERS_A_TASK)):
        targets = {external: contact_id for contact_id, external in wanted[start : start + CUSTOMERS_A_TASK]}
        made.append(_ask(actor, f"{key}:{number}", "single", content, sender, cause, subject, targets))
    if made:
        _keep_left_out(made[0], left_out)
    return made


@command(SEND_MASS)
def ask_group_message(
    actor: Actor, *, key: str, content: Content, group_ids: Collection[int], cause: str = "", subject: str = ""
) -> list[int]:
    """Have the owners of groups send these groups a message, once for `key`; return the tasks' numbers, one for each owner."""
    owners: dict[str, list[str]] = {}
    for group in queries.living_groups(actor, group_ids):
        owners.setdefault(group.owner_userid, []).append(group.chat_id)
    return [
        _ask(actor, f"{key}:{userid}", "group", content, userid, cause, subject, dict.fromkeys(chats))
        for userid, chats in sorted(owners.items())
    ]


def _ask(
    actor: Actor,
    key: str,
    chat_type: str,
    content: Content,
    sender: str,
    cause: str,
    subject: str,
    targets: Mapping[str, int | None],
) -> int:
    now = clock.now()
    row, new = WecomMassTask.objects.get_or_create(
        key=key,
        defaults={
            "chat_type": chat_type,
            "content": content.model_dump(mode="json"),
            "asked_by_id": actor.member_id,
            "sender": sender,
            "cause": cause,
            "subject": subject,
            "asked_at": now,
            "ends_at": now + READ_FOR,
        },
    )
    if new:
        WecomMassTarget.objects.bulk_create(
            WecomMassTarget(task=row, target=target, contact_id=contact_id, userid=sender)
            for target, contact_id in targets.items()
        )
        people = {"contact_ids": [one for one in targets.values() if one is not None]} if chat_type == "single" else {}
        delivery.deliver(actor, "wecom.mass_send", f"wecom.mass_send:{key}", {"task_id": row.id, **people})
    return int(row.id)


def _keep_left_out(task_id: int, left_out: Mapping[int, str]) -> None:
    """Keep with a message whom it is not for, so that its results tell of everybody who was chosen."""
    WecomMassTarget.objects.bulk_create(
        WecomMassTarget(
            task_id=task_id,
            target=f"contact:{contact_id}",
            contact_id=contact_id,
            state=TargetState.LEFT_OUT,
            reason=str(reason),
        )
        for contact_id, reason in sorted(left_out.items())
    )


@command(SEND_MASS)
def cancel_mass_message(actor: Actor, *, task_id: int) -> bool:
    """Take a mass message from members who did not send it yet; False if there is nothing to take back. Raises NotFound."""
    row = _living(actor, task_id)
    if row.state != MassState.MADE:
        return False
    payload = {"task_id": row.id, "msgid": row.msgid}
    return delivery.deliver(actor, "wecom.cancel_mass", f"wecom.cancel_mass:{row.id}", payload)


@command(SEND_MASS)
def remind_of_mass_message(actor: Actor, *, task_id: int) -> bool:
    """Remind members who did not send yet; the platform allows three times in 24 hours. False if the task is not under way.

    Raises NotFound.
    """
    row = _living(actor, task_id)
    if row.state != MassState.MADE:
        return False
    name = f"wecom.remind_mass:{row.id}:{int(clock.now().timestamp())}"
    return delivery.deliver(actor, "wecom.remind_mass", name, {"msgid": row.msgid, "task_id": row.id})


@command(SEND_MASS)
def reread_mass_message(actor: Actor, *, task_id: int) -> bool:
    """Ask the platform now how a mass message stands; False if it is not under way. Raises NotFound."""
    row = _living(actor, task_id)
    if row.state != MassState.MADE:
        return False
    tell_mass(actor, row.id)
    payload = {"task_id": row.id, "msgid": row.msgid}
    return delivery.deliver(
        actor, "wecom.read_mass", f"wecom.read_mass:{row.id}:asked:{int(clock.now().timestamp())}", payload
    )


def _living(actor: Actor, task_id: int) -> WecomMassTask:
    row = WecomMassTask.visible_to(actor).select_for_update().filter(id=task_id).first()
    if row is None:
        raise NotFound
    return row


def _userid(actor: Actor, member_id: int | None) -> str:
    if member_id is None:
        return ""
    card = org.members_by_id(actor, [member_id]).get(member_id)
    return (card.wecom_userid or "") if card else ""
