"""What members are told of their accounts, and of the work that Cove does by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cove.directory.org.commands.notices import notify
from cove.directory.org.queries.notices import holders_of
from cove.facts.org import MemberHandedOver, SignedIn
from cove.kernel.actor import Actor
from cove.kernel.jobs.endings import when_job_ends
from cove.kernel.jobs.job import jobs
from cove.kernel.jobs.models import JobRun
from cove.kernel.log.fact import Envelope, catalogue
from cove.kernel.log.permissions import SEE_FAILURES
from cove.kernel.log.reactions import react
from cove.kernel.log.watching import when_set_aside
from cove.kernel.notices import Values, is_news, notice_kind
from cove.kernel.words import Words

LOOKED_ON_SECONDS = 10
"""Work that ends well within this time was still looked at by whoever started it."""

_ENDED = {
    JobRun.State.DONE: Words("已完成", "is done"),
    JobRun.State.FAILED: Words("失败了", "has failed"),
    JobRun.State.CANCELLED: Words("已取消", "was cancelled"),
}

_COVE = Words("系统", "Cove")


def _with_fact_labels(many: Sequence[Values]) -> list[dict[str, Any]]:
    labels = [catalogue.get(values["kind"]) for values in many]
    return [
        {**values, "label": fact.label.here() if fact else values["kind"]}
        for values, fact in zip(many, labels, strict=True)
    ]


def _with_job_labels(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [
        {
            **values,
            "label": found.label.here() if (found := jobs.get(values["kind"])) else values["kind"],
            "ended": _ENDED[JobRun.State(values["state"])].here(),
        }
        for values in many
    ]


SET_ASIDE = notice_kind(
    "log.fact_set_aside",
    "动态处理失败",
    "A fact was set aside",
    title=Words("有动态未能处理", "A fact could not be digested"),
    body=Words(
        "「{label}」处理失败，可在「未处理的动态」中查看原因并重试",
        "“{label}” failed; see why and retry it under “Set aside”",
    ),
    url="/settings/set-aside",
    folds=True,
    needs=SEE_FAILURES,
    fill=_with_fact_labels,
)

JOB_ENDED = notice_kind(
    "jobs.job_ended",
    "后台任务结束",
    "Background work ended",
    title=Words("「{label}」{ended}", "“{label}” {ended}"),
    body=Words("{message}", "{message}"),
    mail="off",
    fill=_with_job_labels,
)

_GIVEN = Words("您获得了角色「{role}」", "You were given the role “{role}”")
_TAKEN = Words("您的角色「{role}」已被收回", "Your role “{role}” was taken away")


def _with_role_words(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [
        {**values, "what": (_GIVEN if values["given"] else _TAKEN).here(values), "who": values["by"] or _COVE.here()}
        for values in many
    ]


def _with_device_words(many: Sequence[Values]) -> list[dict[str, Any]]:
    return [{**values, "device": Words(values["device_zh"], values["device_en"]).plain()} for values in many]


ROLE_CHANGED = notice_kind(
    "org.role_changed",
    "角色变更",
    "Your roles changed",
    title=Words("{what}", "{what}"),
    body=Words("由{who}操作", "By {who}"),
    fill=_with_role_words,
)

NEW_DEVICE = notice_kind(
    "org.new_device",
    "新设备登录",
    "Sign-in from a new device",
    title=Words("您的账号在新设备上登录", "Your account was signed in to from a new device"),
    body=Words(
        "{device}（{address}）。如非本人操作，请立即修改密码",
        "{device} ({address}). If it was not you, change your password at once",
    ),
    url="/account/security",
    urgent=True,
    wecom="now",
    mail="now",
    digestible=False,
    fill=_with_device_words,
)

HANDED_OVER = notice_kind(
    "org.handed_over",
    "交接给您",
    "Handed over to you",
    title=Words("{member_name} 名下的客户与事项已交接", "What {member_name} looked after was handed over"),
    body=Words(
        "共 {count} 项完成交接，其中由您接手的已在您的列表中", "{count} in all; what is yours now is in your lists"
    ),
    url="/people/contacts",
    wecom="now",
)


@react(SignedIn)
def tell_of_new_device(actor: Actor, fact: SignedIn, envelope: Envelope) -> None:
    """Tell a member that somebody signed in to his account from a device that it never saw."""
    if fact.new_device and is_news(envelope):
        values = {"device_zh": fact.device_zh, "device_en": fact.device_en, "address": fact.address}
        once = str(envelope.position)
        notify(actor, kind=NEW_DEVICE.key, member_ids=[fact.member_id], values=values, once_key=once)


@react(MemberHandedOver)
def tell_of_handover(actor: Actor, fact: MemberHandedOver, envelope: Envelope) -> None:
    """Tell those who took over what a member left."""
    if is_news(envelope):
        values = {"member_name": fact.member_name, "count": fact.count}
        once = str(envelope.position)
        notify(actor, kind=HANDED_OVER.key, member_ids=fact.successor_ids, values=values, once_key=once)


@when_set_aside
def tell_of_set_aside(actor: Actor, consumer: str, envelope: Envelope) -> None:
    """Tell whoever may see it that a fact was set aside; one about a notice rings the bell alone, lest it cause the next."""
    notify(
        actor,
        kind=SET_ASIDE.key,
        member_ids=holders_of(actor, SEE_FAILURES),
        values={"kind": envelope.kind},
        once_key=f"{consumer}:{envelope.position}",
        only_bell=envelope.kind == "org.notice_due",
    )


@when_job_ends
def tell_of_job(actor: Actor, run: JobRun) -> None:
    """Tell whoever started long work how it ended, unless it was over in a moment."""
    spent = (run.finished_at - run.started_at).total_seconds() if run.finished_at and run.started_at else 0.0
    if run.asked_by is None or (run.state == JobRun.State.DONE and spent < LOOKED_ON_SECONDS):
        return
    notify(
        actor,
        kind=JOB_ENDED.key,
        member_ids=[run.asked_by],
        values={"kind": run.kind, "state": run.state, "message": run.message[:500]},
        once_key=f"{run.id}:{run.state}",
    )
