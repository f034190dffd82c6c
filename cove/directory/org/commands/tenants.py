"""Companies of the installation. Making one is its owner's doing, before anybody could hold a right in it."""

from __future__ import annotations

import re
import secrets
import string
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from cove.directory.org.errors import CompanyExists, OwnCompany, SlugTaken
from cove.directory.org.models import Member, Role, RoleGrant, Tenant
from cove.directory.org.permissions import MANAGE_COMPANY, MANAGE_INSTALLATION, SET_UP_TENANT
from cove.directory.org.queries.presets import PRESETS, Preset
from cove.kernel import clock
from cove.kernel.actor import Actor
from cove.kernel.command import command
from cove.kernel.errors import InvalidInput, NotFound
from cove.kernel.scope import every_tenant, tenant_scope
from cove.kernel.words import Words

DEFAULT_TIMEZONE = "Asia/Shanghai"
_SLUG = re.compile(r"^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_LETTERS = string.ascii_lowercase + string.digits

_NAME_NEEDED = Words("请填写企业名称（最多 60 个字）", "Give the company a name (at most 60 characters)")
_BAD_SLUG = Words(
    "企业标识为 3 到 40 位小写字母、数字或连字符，首尾不能是连字符",
    "A sign-in address has 3 to 40 small letters, digits or hyphens, and neither begins nor ends with a hyphen",
)
_BAD_TIMEZONE = Words("没有这个时区，请填写如 Asia/Shanghai", "There is no such time zone; give one like Asia/Shanghai")
_BAD_EMAIL = Words("请填写正确的邮箱", "Give a proper e-mail address")
_ADMIN_NEEDED = Words("请填写管理员姓名", "Give the administrator's name")


def create_tenant(*, name: str, timezone: str = DEFAULT_TIMEZONE, slug: str = "") -> Tenant:
    """Create a tenant with the roles that a company begins with and nobody in it; without `slug` one is made up.

    Raises SlugTaken.
    """
    with transaction.atomic():
        with every_tenant("a tenant cannot be created from inside itself"):
            wanted = slug or _made_up(name)
            with _slug_once():
                made = Tenant.objects.create(name=name, timezone=timezone, slug=wanted)
        with tenant_scope(made.id):
            Role.objects.bulk_create(_role(one) for one in PRESETS)
    return made


def _role(preset: Preset) -> Role:
    return Role(
        name=preset.name.here(),
        description=preset.description.here(),
        everything=preset.everything,
        rights=preset.rights,
        revealed=list(preset.revealed),
    )


def found_company(*, name: str, slug: str, timezone: str, administrator: str, email: str) -> tuple[Tenant, str]:
    """Create a company with its first administrator; return it and his password, which is kept nowhere else.

    Raises InvalidInput, SlugTaken, CompanyExists. For the installation's owner at the command line and in `add_company`.
    """
    name, slug, email = name.strip(), slug.strip().lower(), email.strip().lower()
    _check(name=name, slug=slug, timezone=timezone, administrator=administrator.strip(), email=email)
    with every_tenant("a company's name is once in the installation"):
        if Tenant.objects.filter(name__iexact=name).exists():
            raise CompanyExists(name=name, fields={"name": Words("已有同名企业", "There is one of this name")})
    made = create_tenant(name=name, timezone=timezone, slug=slug)
    password = secrets.token_urlsafe(12)
    with tenant_scope(made.id):
        create_administrator(Actor.system(made.id), name=administrator.strip(), email=email, password=password)
    return made, password


@command(MANAGE_INSTALLATION)
def add_company(
    actor: Actor, *, name: str, slug: str, timezone: str, administrator: str, email: str
) -> tuple[Tenant, str]:
    """Create a company with its first administrator, for an owner of the installation; see `found_company`."""
    return found_company(name=name, slug=slug, timezone=timezone, administrator=administrator, email=email)


@command(MANAGE_INSTALLATION)
def rename_company(actor: Actor, *, tenant_id: int, name: str, slug: str) -> Tenant:
    """Change a company's name and sign-in address. Raises InvalidInput, SlugTaken, CompanyExists, NotFound."""
    name, slug = name.strip(), slug.strip().lower()
    _check(name=name, slug=slug)
    with every_tenant("the installation's owner looks after its companies"):
        row = _company(tenant_id)
        if Tenant.objects.filter(name__iexact=name).exclude(id=tenant_id).exists():
            raise CompanyExists(name=name, fields={"name": Words("已有同名企业", "There is one of this name")})
        row.name, row.slug = name, slug
        with _slug_once():
            row.save(update_fields=["name", "slug"])
        return row


@command(MANAGE_INSTALLATION)
def suspend_company(actor: Actor, *, tenant_id: int) -> Tenant:
    """Shut a company's people and keys out; its data and what comes in stay. Raises NotFound, OwnCompany."""
    if tenant_id == actor.tenant_id:
        raise OwnCompany
    return _set_suspended(tenant_id, suspended=True)


@command(MANAGE_INSTALLATION)
def resume_company(actor: Actor, *, tenant_id: int) -> Tenant:
    """Let a suspended company's people and keys in again. Raises NotFound."""
    return _set_suspended(tenant_id, suspended=False)


@command(MANAGE_COMPANY)
def change_company(actor: Actor, *, name: str, slug: str, timezone: str) -> Tenant:
    """Change the details of one's own company. Raises InvalidInput, SlugTaken."""
    name, slug = name.strip(), slug.strip().lower()
    _check(name=name, slug=slug, timezone=timezone)
    with every_tenant("a sign-in address is once in the installation"):
        row = _company(actor.tenant_id)
    row.name, row.slug, row.timezone = name, slug, timezone
    with _slug_once():
        row.save(update_fields=["name", "slug", "timezone"])
    return row


@command(SET_UP_TENANT)
def create_administrator(actor: Actor, *, name: str, email: str, password: str) -> Member:
    """Create the first member with a role of all operations; a second call with the same e-mail only sets the password."""
    role = Role.objects.filter(everything=True).order_by("id").first()
    if role is None:
        role = Role.objects.create(name=PRESETS[0].name.here(), everything=True)
    member, _ = Member.objects.get_or_create(email=email.lower(), defaults={"name": name})
    member.password = make_password(password)
    member.save(update_fields=["password"])
    RoleGrant.objects.get_or_create(member=member, role=role)
    return member


@command(SET_UP_TENANT)
def set_owner(actor: Actor, *, member_id: int, owner: bool) -> None:
    """Make a member an owner of the installation, or no longer; only the command line calls this. Raises NotFound."""
    if not Member.visible_to(actor).filter(id=member_id, active=True).update(installation_owner=owner):
        raise NotFound


@command(SET_UP_TENANT)
def set_watermark(actor: Actor, *, shown: bool) -> None:
    """Show the viewer's name faintly on the tenant's pages, or no more."""
    Tenant.objects.filter(id=actor.tenant_id).update(watermark=shown)


def _set_suspended(tenant_id: int, *, suspended: bool) -> Tenant:
    with every_tenant("the installation's owner looks after its companies"):
        row = _company(tenant_id)
        if bool(row.suspended_at) != suspended:
            row.suspended_at = clock.now() if suspended else None
            row.save(update_fields=["suspended_at"])
        return row


def _company(tenant_id: int) -> Tenant:
    row = Tenant.objects.select_for_update().filter(id=tenant_id).first()
    if row is None:
        raise NotFound
    return row


@contextmanager
def _slug_once() -> Iterator[None]:
    """Turn the refusal of the unique key into SlugTaken: to look first would miss whoever writes at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        raise SlugTaken(fields={"slug": SlugTaken.words}) from error


def _check(
    *, name: str, slug: str, timezone: str | None = None, administrator: str | None = None, email: str | None = None
) -> None:
    wrong = {
        "name": (not 0 < len(name) <= 60, _NAME_NEEDED),  # noqa: PLR2004 -- a heading's width
        "slug": (not _SLUG.match(slug), _BAD_SLUG),
        "timezone": (timezone is not None and timezone not in zoneinfo.available_timezones(), _BAD_TIMEZONE),
        "administrator": (administrator == "", _ADMIN_NEEDED),
        "email": (email is not None and not _EMAIL.match(email), _BAD_EMAIL),
    }
    if fields := {key: words for key, (is_wrong, words) in wrong.items() if is_wrong}:
        raise InvalidInput(fields=fields)


def _made_up(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:30]
    tail = "".join(secrets.choice(_LETTERS) for _ in range(6))
    return f"{plain or 'company'}-{tail}"
