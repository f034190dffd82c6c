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
        "notices that are due are found",
        "old notices are dropped",
        "the mail loop finds what is due",
        "the mail loop finds what a dead process left",
        "the mail loop finds what is old",
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

# Commands that leave no audit entry, and why: bookkeeping of the machine that no person would ask about.
UNAUDITED_COMMANDS: dict[str, str] = {
    "business.live_codes.commands.scans.count_scans": "counters of visits",
    "business.live_codes.commands.ways.lease_way": "lent to each visit, thousands an hour",
    "directory.people.commands.contacts.note_seen": "when people were last active, for each batch of behaviour",
    "engine.channels.delivery.commands.claim_due": "the queue takes what is due; a delivery keeps its own history",
    "engine.channels.delivery.commands.settle": "the queue notes how it ended; the fact it tells is in the log of facts",
    "engine.channels.delivery.commands.take_back": "the queue takes back what a dead process left",
    "engine.channels.wecom.commands.channels.note_callback": "a time for each callback",
    "engine.channels.wecom.commands.channels.note_synced": "a time for each synchronisation",
    "engine.channels.wecom.commands.tokens.give_up_lease": "the access token is renewed every two hours",
    "engine.channels.wecom.commands.tokens.keep_token": "the access token is renewed every two hours",
    "engine.channels.wecom.commands.tokens.take_token": "the access token is renewed every two hours",
    "engine.tracking.commands.note_seen": "when a site last sent something, for each batch of behaviour",
}

# Tables with rows about contacts or members that have no `visible_to(actor, operation)` of their own: they are read only through the
# record named here, whose scope they share, or say why nobody's scope matters.
PARTS_OF_RECORDS: dict[str, str] = {
    "people.ContactIdentity": "people.Contact",
    "people.ContactVisitor": "people.Contact",
    "people.Ownership": "people.Contact",
    "people.ContactTag": "people.Contact",
    "automation.Act": "people.Contact, asked for before its acts are",
    "live_codes.CodeFriendship": "live_codes.LiveCode for figures, people.Contact in rules",
    "privacy.Consent": "people.Contact, asked for before his consents are",
    "privacy.ConsentEvent": "people.Contact, asked for before his consents are",
    "privacy.ChannelChoice": "people.Contact, asked for before his choices are",
    "privacy.PreferenceLink": "people.Contact, who holds the link",
    "privacy.Erasure": "people.Contact; the list of all is for whoever manages privacy",
    "privacy.DataFile": "people.Contact, asked for before his files are",
    "wecom.WecomRelation": "read by the channel itself, which acts for nobody",
}

# Fields of answers that are called like sensitive ones and are shown whole, and why.
PLAIN_ADDRESSES: dict[str, str] = {
    "MemberAnswer.email": "a colleague's, not a contact's",
    "SessionMember.email": "one's own",
    "CompanyMade.email": "a new administrator's, told to who made him",
}
