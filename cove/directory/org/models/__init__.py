"""Tables of the organisation."""

from cove.directory.org.models.departments import Department
from cove.directory.org.models.imports import MemberImport
from cove.directory.org.models.members import Member, Membership
from cove.directory.org.models.roles import Role, RoleGrant
from cove.directory.org.models.sessions import Session, SignInTry
from cove.directory.org.models.tenants import Tenant

__all__ = ["Department", "Member", "MemberImport", "Membership", "Role", "RoleGrant", "Session", "SignInTry", "Tenant"]
