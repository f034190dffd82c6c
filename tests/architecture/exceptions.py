"""What the rules let pass, by name. The lists of sizes may only shrink; the others grow with a reason in the line."""

from __future__ import annotations

# Rooms that only the engine has: its mechanisms. Each is also on its module's line in .importlinter.
MECHANISMS: dict[str, tuple[str, ...]] = {
    "cove.engine.audiences": ("rules",),
    "cove.engine.timeline": ("captions",),
    "cove.engine.channels.delivery": ("run", "judging"),
    "cove.engine.channels.wecom": ("client", "inbound", "outbound", "troubles"),
}

# path: lines that are not blank
LONG_FILES: dict[str, int] = {}

# path:function: lines without the docstring
LONG_FUNCTIONS: dict[str, int] = {}

# Why code looks across tenants. One line for each reason that `every_tenant` is given in the product.
EVERY_TENANT_REASONS: frozenset[str] = frozenset(
    {
        "whose e-mail it is, is not known before sign-in",
        "whose e-mail it is, is not known before a reset",
        "a tenant cannot be created from inside itself",
        "consumers read the log of all tenants in order",
        "the delivery loop finds what is due",
        "the delivery loop finds what a dead process left",
        "the mail loop finds what is due",
        "the mail loop finds what a dead process left",
        "the mail loop finds what is old",
    }
)

# Routes of the console's API that need no session.
OPEN_ROUTES: frozenset[str] = frozenset(
    {
        "POST /api/session",
        "POST /api/session/second-factor",
        "DELETE /api/session",
        "POST /api/password-strength",
        "POST /api/password-resets",
        "POST /api/password-resets/read",
        "POST /api/password-resets/use",
        "POST /api/invitations/read",
        "POST /api/invitations/accept",
    }
)


# Functions of a commands room that ask for no right, and why.
WITHOUT_OPERATION: dict[str, str] = {
    "cove.directory.org.commands.sessions.sign_in": "nobody is known yet",
    "cove.directory.org.commands.sessions.pass_second_factor": "a ticket says who it is",
    "cove.directory.org.commands.resets.ask_for_reset": "nobody is known yet",
    "cove.directory.org.commands.resets.read_reset": "whoever holds the link may see whose it is",
    "cove.directory.org.commands.resets.use_reset": "whoever holds the link may use it",
    "cove.directory.org.commands.invitations.read_invitation": "whoever holds the link may see it",
    "cove.directory.org.commands.invitations.accept_invitation": "whoever holds the link may accept it",
    "cove.directory.org.commands.sessions.sign_out": "whoever holds the token may end it",
    "cove.directory.org.commands.sessions.find_session": "nobody is known yet",
    "cove.directory.org.commands.tenants.create_tenant": "done by the owner of the installation, outside any tenant",
}
