"""Tables of the organisation."""

from cove.directory.org.models.departments import Department
from cove.directory.org.models.keys import ApiKey
from cove.directory.org.models.members import Member, Membership
from cove.directory.org.models.notices import Notice, NoticeSending, NoticeSettings
from cove.directory.org.models.roles import Role, RoleGrant
from cove.directory.org.models.sessions import Session, SignInTry
from cove.directory.org.models.tenants import Tenant

__all__ = [
    "ApiKey",
    "Department",
    "Member",
    "Membership",
    "Notice",
    "NoticeSending",
    "NoticeSettings",
    "Role",
    "RoleGrant",
    "Session",
    "SignInTry",
    "Tenant",
]
