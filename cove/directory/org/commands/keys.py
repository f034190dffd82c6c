"""API keys: made, used, revoked.

A key is 256 bits from the machine's random source, so its plain SHA-256 is kept: a slow hash defends what people choose, and nobody
can go through 2^256 of these however fast the hash. The lookup is one index read.
"""

from __future__ import annotations

import hashlib
import secrets
import string
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from cove.directory.org import queries
from cove.directory.org.errors import BadKeyScopes
from cove.directory.org.models import ApiKey, Tenant
from cove.directory.org.permissions import MANAGE_API_KEYS, SIGN_IN
from cove.kernel import clock
from cove.kernel.actor import SCOPES, Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.operations import operations
from cove.kernel.scope import every_tenant, tenant_scope
from cove.kernel.sensitive import sensitive_fields
from cove.kernel.words import Words

PREFIX = "cove_"
LONGEST = timedelta(days=365)
NOTED_EVERY = timedelta(minutes=1)
_DIGITS = string.digits + string.ascii_letters
_RANDOM, _CHECK = 43, 6
_NOT_HIS = Words("您自己没有：{listed}", "You do not hold these yourself: {listed}")
_NOT_FOR_KEYS = Words("密钥不能使用这些权限或范围：{listed}", "A key cannot hold these rights or scopes: {listed}")


@command(MANAGE_API_KEYS)
def create_key(
    actor: Actor, *, name: str, rights: Mapping[str, str], revealed: Iterable[str], expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """Make a key that acts for the actor within `rights`; return it and its text, which cannot be shown again.

    Raises InvalidInput, or BadKeyScopes for what he may not do himself.
    """
    ends = expires_at or clock.now() + LONGEST
    _check(name=name.strip(), ends=ends, rights=rights)
    shown = set(revealed)
    beyond = [key for key, scope in rights.items() if queries.actors.narrower(scope, actor.rights.get(key)) != scope]
    if beyond or not shown <= actor.revealed & {field.key for field in sensitive_fields}:
        wrong = beyond or sorted(shown - actor.revealed)
        raise BadKeyScopes(fields={"rights" if beyond else "revealed": _NOT_HIS.with_values(listed=", ".join(wrong))})
    text = new_key()
    row = ApiKey.objects.create(
        member_id=actor.member_id or 0,
        name=name.strip(),
        key_hash=_hash(text),
        hint=text[-4:],
        rights=dict(rights),
        revealed=sorted(shown),
        expires_at=ends,
    )
    return row, text


@command(MANAGE_API_KEYS)
def revoke_key(actor: Actor, *, key_id: int) -> None:
    """End a key at once: one's own, or any for who manages members. Raises NotFound."""
    row = queries.keys.keys(actor).select_for_update(of=("self",)).filter(id=key_id).first()
    if row is None:
        raise NotFound
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])


def find_key(text: str) -> ApiKey | None:
    """Return the living key of `text` with its member, or None: unknown, ended, revoked, or its member or company is shut out."""
    if not well_formed(text):
        return None
    with every_tenant("an API key names neither its member nor his company"):
        shut = Tenant.objects.filter(suspended_at__isnull=False).values("id")
        alive = ApiKey.unsealed.filter(revoked_at=None, expires_at__gt=clock.now(), member__active=True)
        return alive.exclude(tenant_id__in=shut).select_related("member").filter(key_hash=_hash(text)).first()


@command(SIGN_IN, audited=False)
def note_use(actor: Actor, *, key_id: int) -> None:
    """Remember that a key is used now."""
    ApiKey.objects.filter(id=key_id).update(last_used_at=clock.now())


def used(row: ApiKey) -> None:
    """Remember the use of a key, at most once a minute."""
    if row.last_used_at is None or clock.now() - row.last_used_at >= NOTED_EVERY:
        with tenant_scope(row.tenant_id):
            note_use(Actor.system(row.tenant_id), key_id=row.id)


def new_key() -> str:
    """Return a new key: prefix, 256 bits in 43 letters, and their CRC-32 in six, by which scanners for secrets know a real one."""
    body = "".join(secrets.choice(_DIGITS) for _ in range(_RANDOM))
    return f"{PREFIX}{body}{_checksum(body)}"


def well_formed(text: str) -> bool:
    """Tell whether `text` looks like a key, its checksum included: what does not is refused without asking the database."""
    body, check = text.removeprefix(PREFIX)[:_RANDOM], text.removeprefix(PREFIX)[_RANDOM:]
    return text.startswith(PREFIX) and text.isascii() and text[len(PREFIX) :].isalnum() and check == _checksum(body)


def _checksum(body: str) -> str:
    left, letters = zlib.crc32(body.encode()), ""
    for _ in range(_CHECK):
        left, digit = divmod(left, len(_DIGITS))
        letters = _DIGITS[digit] + letters
    return letters


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _check(*, name: str, ends: datetime, rights: Mapping[str, str]) -> None:
    fields: dict[str, Words] = {}
    if not 0 < len(name) <= 60:  # noqa: PLR2004 -- a heading's width
        fields["name"] = Words("请填写名称（最多 60 个字）", "Give it a name (at most 60 characters)")
    if not clock.now() < ends <= clock.now() + LONGEST + timedelta(days=1):
        fields["expires_at"] = Words("请选择一年以内的将来时间", "Choose a time to come, within a year")
    if not rights:
        fields["rights"] = Words("请至少选择一项权限", "Choose at least one right")
    unknown = [key for key in rights if key not in operations or not operations[key].keys]
    if unknown or any(scope not in SCOPES for scope in rights.values()):
        fields["rights"] = _NOT_FOR_KEYS.with_values(listed=", ".join(unknown))
    if fields:
        raise InvalidInput(fields=fields)
