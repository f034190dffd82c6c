"""Tables of the organisation."""

from cove.directory.org.models.departments import Department
from cove.directory.org.models.invitations import Invitation, PasswordReset
from cove.directory.org.models.members import Member, Membership
from cove.directory.org.models.roles import Role, RoleGrant
from cove.directory.org.models.sessions import Device, Session
from cove.directory.org.models.sign_in import RecoveryCode, SecondFactor, SignInPolicy
from cove.directory.org.models.tenants import Tenant

__all__ = [
    "Department",
    "Device",
    "Invitation",
    "Member",
    "Membership",
    "PasswordReset",
    "RecoveryCode",
    "Role",
    "RoleGrant",
    "SecondFactor",
    "Session",
    "SignInPolicy",
    "Tenant",
]
