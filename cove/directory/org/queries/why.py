"""Why a member may or may not do something, to a record or at all, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from cove.directory.org.models import Member
from cove.directory.org.permissions import SEE_ROLES
from cove.directory.org.queries.actors import actor_of_member
from cove.directory.org.queries.rights import EffectiveRight, effective_rights
from cove.directory.org.queries.roles import who_can_give
from cove.kernel.actor import Actor
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.operations import Operation, operations
from cove.kernel.reachable import RecordKind, kind_of
from cove.kernel.words import Words

Reason = Literal["may", "may_deleted", "inactive", "no_right", "out_of_reach", "no_record"]
CHOICES = 20

SCOPE_LABELS = {
    "own": Words("本人", "Own"),
    "departments": Words("本部门", "Own departments"),
    "subtree": Words("本部门及下级部门", "Own departments and below"),
    "all": Words("全部", "Everybody's"),
}
_REASONS: dict[Reason, Words] = {
    "may": Words("可以。通过角色：{roles}", "Yes, by the role: {roles}"),
    "may_deleted": Words(
        "可以，但{kind}「{record}」已被删除，只在回收站中可见。通过角色：{roles}",
        "Yes, but the {kind} “{record}” was deleted and is shown only in the recycle bin. By the role: {roles}",
    ),
    "inactive": Words("{member} 已停用，不能做任何操作", "{member} is deactivated and can do nothing"),
    "no_right": Words(
        "{member} 的角色都没有「{operation}」权限。可由以下成员授予：{givers}",
        "None of the roles of {member} gives the right “{operation}”. It can be given by: {givers}",
    ),
    "out_of_reach": Words(
        "{member} 的「{operation}」数据范围不包含它：{kind}「{record}」{holding}，而其范围是 {roles}",
        "The {kind} “{record}” ({holding}) lies outside the data scope that {member} has for “{operation}”: {roles}",
    ),
    "no_record": Words(
        "没有编号为 {id} 的{kind}：它不存在，或已被彻底删除",
        "There is no {kind} with the number {id}: it never existed, or was deleted for good",
    ),
}
_NOBODY = Words("（无）", "nobody")
_OF_NOBODY = Words("不属于任何成员", "belongs to nobody")
_JOIN = Words("、", ", ")
_ROLE = Words("「{role}」（{scope}）", "“{role}” ({scope})")
_NO_OPERATION = Words("没有这项权限，请从列表中选择", "There is no such right; choose one from the list")
_NOT_OF_RECORDS = Words("该权限不针对单条记录，请不要选择记录", "This right is not about single records; choose none")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether he may, why, and that in words."""

    may: bool
    reason: Reason
    text: str


def why(actor: Actor, *, member_id: int, operation_key: str, record_id: int | None = None) -> Verdict:
    """Return whether a member may do an operation (to a record), and why.

    Only who himself sees the record is told of it: for everybody else it does not exist (NotFound). Raises Forbidden, InvalidInput.
    """
    actor.require(SEE_ROLES)
    operation = _operation(operation_key)
    member = Member.visible_to(actor).filter(id=member_id).first()
    if member is None:
        raise NotFound
    said: dict[str, Any] = {"member": member.name, "operation": operation.label.here()}
    if record_id is None:
        return _right(actor, member, operation, said) or _told("may", said, actor, member, operation)
    kind = kind_of(operation)
    if kind is None:
        raise InvalidInput(fields={"record_id": _NOT_OF_RECORDS})
    row = kind.rows(actor, kind.see).filter(id=record_id).first()
    said |= {"kind": kind.label.here(), "id": record_id}
    if row is None and not actor.reach(kind.see).everybody:
        raise NotFound
    if row is None:
        return _told("no_record", said)
    said |= {"record": kind.name(row), "holding": _holding(actor, kind, row, operation)}
    if refused := _right(actor, member, operation, said):
        return refused
    reached = kind.rows(actor_of_member(member), operation).filter(id=row.id).exists()
    reason: Reason = ("may_deleted" if kind.gone(row) else "may") if reached else "out_of_reach"
    return _told(reason, said, actor, member, operation)


def choices(actor: Actor, *, operation_key: str, search: str) -> list[tuple[int, str]]:
    """Return id and name of up to twenty records of the kind an operation is done to, as far as the actor sees them, newest first."""
    actor.require(SEE_ROLES)
    kind = kind_of(_operation(operation_key))
    if kind is None or not actor.may(kind.see):
        return []
    rows = kind.rows(actor, kind.see)
    rows = rows.filter(kind.search(search)) if search else rows
    return [(row.id, kind.name(row)) for row in rows.order_by("-id")[:CHOICES]]


def _operation(key: str) -> Operation:
    found = operations.get(key)
    if found is None or not found.grantable:
        raise InvalidInput(fields={"operation": _NO_OPERATION})
    return found


def _right(actor: Actor, member: Member, operation: Operation, said: dict[str, Any]) -> Verdict | None:
    """Return why the member may do the operation to nothing at all, or None."""
    if not member.active:
        return _told("inactive", said)
    if actor_of_member(member).may(operation):
        return None
    return _told("no_right", {**said, "givers": _names(who_can_give(actor, operation)) or _NOBODY.here()})


def _told(
    reason: Reason,
    said: dict[str, Any],
    actor: Actor | None = None,
    member: Member | None = None,
    operation: Operation | None = None,
) -> Verdict:
    if actor is not None and member is not None:
        rights = effective_rights(actor, member.id).rights
        said = {**said, "roles": _roles(next(one for one in rights if one.operation is operation))}
    return Verdict(reason in ("may", "may_deleted"), reason, _REASONS[reason].here(said))


def _roles(right: EffectiveRight) -> str:
    return _names(_ROLE.here({"role": one.role.name, "scope": SCOPE_LABELS[one.scope].here()}) for one in right.sources)


def _holding(actor: Actor, kind: RecordKind, row: Any, operation: Operation) -> str:
    members = Member.visible_to(actor).filter(id__in=kind.holders(row, operation)).order_by("name", "id")
    names = _names(members.values_list("name", flat=True))
    return kind.holding.here({"names": names}) if names else _OF_NOBODY.here()


def _names(names: Iterable[str]) -> str:
    return _JOIN.here().join(names)
