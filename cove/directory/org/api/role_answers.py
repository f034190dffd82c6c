"""Roles and rights as the console sees them."""

from __future__ import annotations

from typing import Any

from cove.directory.org import queries
from cove.directory.org.models import Role
from cove.directory.org.queries.presets import PRESETS
from cove.directory.org.queries.rights import EffectiveRight, EffectiveRights
from cove.directory.org.queries.why import SCOPE_LABELS
from cove.directory.org.schemas.roles import (
    CircleAnswer,
    EffectiveFieldAnswer,
    EffectiveModuleAnswer,
    EffectiveRightAnswer,
    GrantableAnswer,
    GrantableModuleAnswer,
    KeyLabel,
    MemberRightsAnswer,
    PresetAnswer,
    RightsCatalogueAnswer,
    RightSourceAnswer,
    RoleAnswer,
)
from cove.kernel.actor import SCOPES, Actor
from cove.kernel.http.shapes import NamedId
from cove.kernel.operations import Operation, module_labels, operations
from cove.kernel.reachable import kind_of
from cove.kernel.sensitive import sensitive_fields


def role_answer(who: Actor, row: Role) -> RoleAnswer:
    """Return a role as the reader sees it; `member_count` must be annotated."""
    members: Any = row
    return RoleAnswer(
        id=row.id,
        name=row.name,
        description=row.description,
        everything=row.everything,
        rights=row.rights,
        effective=queries.actors.rights_of(row),
        revealed=sorted(queries.actors.revealed_by([row])),
        members=members.member_count,
        beyond=queries.roles.beyond(who, row),
    )


def catalogue_answer() -> RightsCatalogueAnswer:
    """Return all that a role can hold, in the reader's language."""
    grantable = [entry for entry in operations if entry.grantable]
    modules = dict.fromkeys(entry.module for entry in grantable)
    return RightsCatalogueAnswer(
        modules=[
            GrantableModuleAnswer(
                key=module,
                label=module_labels[module].here(),
                operations=[_grantable(entry) for entry in grantable if entry.module == module],
            )
            for module in modules
        ],
        fields=[KeyLabel(key=one.key, label=one.label.here()) for one in sensitive_fields],
        scopes=[KeyLabel(key=scope, label=SCOPE_LABELS[scope].here()) for scope in SCOPES],
        presets=[
            PresetAnswer(
                name=one.name.here(), description=one.description.here(), rights=one.rights, revealed=list(one.revealed)
            )
            for one in PRESETS
            if not one.everything
        ],
    )


def rights_answer(found: EffectiveRights) -> MemberRightsAnswer:
    """Return what a member may do, by module."""
    modules = dict.fromkeys(one.operation.module for one in found.rights)
    return MemberRightsAnswer(
        member=NamedId(id=found.member.id, name=found.member.name),
        active=found.member.active,
        roles=[_named(role) for role in found.roles],
        modules=[
            EffectiveModuleAnswer(
                key=module,
                label=module_labels[module].here(),
                rights=[_effective(one) for one in found.rights if one.operation.module == module],
            )
            for module in modules
        ],
        fields=[
            EffectiveFieldAnswer(key=one.key, label=one.label.here(), revealed=bool(by), roles=[_named(r) for r in by])
            for one, by in found.fields
        ],
        circles=[
            CircleAnswer(scope=one.scope, label=SCOPE_LABELS[one.scope].here(), count=one.count, names=list(one.names))
            for one in found.circles
        ],
    )


def _grantable(entry: Operation) -> GrantableAnswer:
    kind = kind_of(entry)
    return GrantableAnswer(
        key=entry.key,
        label=entry.label.here(),
        scoped=entry.scoped,
        implies=list(entry.implies),
        record=kind.label.here() if kind else None,
    )


def _effective(one: EffectiveRight) -> EffectiveRightAnswer:
    return EffectiveRightAnswer(
        key=one.operation.key,
        label=one.operation.label.here(),
        scoped=one.operation.scoped,
        scope=one.scope,
        sources=[
            RightSourceAnswer(
                role=_named(by.role), scope=by.scope, implied_by=[implying.label.here() for implying in by.implied_by]
            )
            for by in one.sources
        ],
    )


def _named(role: Role) -> NamedId:
    return NamedId(id=role.id, name=role.name)
