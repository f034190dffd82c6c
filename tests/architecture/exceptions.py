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
        "a cookie names its session, not its tenant",
        "a tenant cannot be created from inside itself",
        "consumers read the log of all tenants in order",
        "the delivery loop finds what is due",
        "the sweep of files finds what has expired",
        "the delivery loop finds what a dead process left",
        "erasures whose grace is over are found",
        "the rounds of the night go to every tenant",
    }
)

# Routes of the console's API that need no session.
OPEN_ROUTES: frozenset[str] = frozenset({"POST /api/session", "DELETE /api/session"})


# Functions of a commands room that ask for no right, and why.
WITHOUT_OPERATION: dict[str, str] = {
    "cove.directory.org.commands.sessions.sign_in": "nobody is known yet",
    "cove.directory.org.commands.sessions.sign_out": "whoever holds the token may end it",
    "cove.directory.org.commands.sessions.find_session": "nobody is known yet",
    "cove.directory.org.commands.tenants.create_tenant": "done by the owner of the installation, outside any tenant",
}

# Tables that name people or hold documents, of whom nothing need be handed out or erased, and why.
HOLDS_NOBODY: dict[str, str] = {
    "org_role": "rights and sensitive fields by key",
    "signpost": "what the edge knows of codes and sources; no visitor is in it",
    "live_codes_scan_day": "counts by day",
    "privacy_settings": "days by class of data",
    "privacy_erasure": "its contact goes with the row, and the sealed record with the last step",
    "privacy_tombstone": "keyed hashes, to recognise whoever comes back",
    "log_seen": "random numbers of messages, to take each once",
    "log_cursor": "how far readers of the log have come",
    "spool_cursor": "how far the spool was drained; the spool itself lives for a second",
    "procrastinate_jobs": "the numbers of a tenant and of a run",
    "changesets_set": "what was chosen for a change of many rows; ids of members and filters",
}
