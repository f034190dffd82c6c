"""Tables of the organisation."""

from cove.directory.org.models.departments import Department
from cove.directory.org.models.imports import MemberImport
from cove.directory.org.models.invitations import Invitation, PasswordReset
from cove.directory.org.models.keys import ApiKey
from cove.directory.org.models.members import Member, Membership
from cove.directory.org.models.notices import Notice, NoticeSending, NoticeSettings
from cove.directory.org.models.roles import Role, RoleGrant
from cove.directory.org.models.sessions import Device, Session
from cove.directory.org.models.sign_in import RecoveryCode, SecondFactor, SignInPolicy
from cove.directory.org.models.tenants import Tenant

__all__ = [
    "ApiKey",
    "Department",
    "Device",
    "Invitation",
    "Member",
    "MemberImport",
    "Membership",
    "Notice",
    "NoticeSending",
    "NoticeSettings",
    "PasswordReset",
    "RecoveryCode",
    "Role",
    "RoleGrant",
    "SecondFactor",
    "Session",
    "SignInPolicy",
    "Tenant",
]
