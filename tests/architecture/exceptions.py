"""What the rules let pass, by name. The lists of sizes may only shrink; the others grow with a reason in the line."""

from __future__ import annotations

# Rooms that only the engine has: its mechanisms. Each is also on its module's line in .importlinter.
MECHANISMS: dict[str, tuple[str, ...]] = {
    "cove.engine.audiences": ("rules",),
    "cove.engine.timeline": ("captions",),
    "cove.engine.tracking": ("channel_groups", "suspicion"),
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
        "a company's name is once in the installation",
        "a sign-in address is once in the installation",
        "a sign-in address names a company before anybody is known",
        "the command line finds a member by his e-mail",
        "the installation's owner looks after its companies",
        "an API key names neither its member nor his company",
        "consumers read the log of all tenants in order",
        "the shipping of the log looks closely at the facts of tenants that have erased somebody",
        "the delivery loop finds what is due",
        "traffic that is due to be looked at is found",
        "the sweep of files finds what has expired",
        "the delivery loop finds what a dead process left",
        "notices that are due are found",
        "old notices are dropped",
        "the mail loop finds what is due",
        "the mail loop finds what a dead process left",
        "the mail loop finds what is old",
        "erasures whose grace is over are found",
        "the rounds of the night go to every tenant",
        "the limits of what grows old are laid for all tenants at once",
        "what the live debugger showed is forgotten within minutes",
    }
)

# Routes of the console's API that need no session.
OPEN_ROUTES: frozenset[str] = frozenset(
    {
        "GET /api/channels/wecom/sign-in",
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
    "cove.engine.timeline.commands.verdicts.keep_verdicts": "rows of ClickHouse beside the facts; a mark has its own command",
    "cove.directory.org.commands.sessions.sign_in": "nobody is known yet",
    "cove.directory.org.commands.sessions.pass_second_factor": "a ticket says who it is",
    "cove.directory.org.commands.resets.ask_for_reset": "nobody is known yet",
    "cove.directory.org.commands.resets.read_reset": "whoever holds the link may see whose it is",
    "cove.directory.org.commands.resets.use_reset": "whoever holds the link may use it",
    "cove.directory.org.commands.invitations.read_invitation": "whoever holds the link may see it",
    "cove.directory.org.commands.invitations.accept_invitation": "whoever holds the link may accept it",
    "cove.directory.org.commands.sessions.sign_out": "whoever holds the token may end it",
    "cove.directory.org.commands.sessions.find_session": "nobody is known yet",
    "cove.directory.org.commands.keys.find_key": "nobody is known yet",
    "cove.directory.org.commands.keys.used": "notes by a command that a key was used",
    "cove.directory.org.commands.tenants.found_company": "done by the owner of the installation, outside any tenant",
    "cove.directory.org.commands.tenants.create_tenant": "done by the owner of the installation, outside any tenant",
}

# Tables that name people or hold documents, of whom nothing need be handed out or erased, and why.
HOLDS_NOBODY: dict[str, str] = {
    "tracking_account": "accounts of the company's product as it calls them; who uses them is told by the facts",
    "org_role": "rights and sensitive fields by key",
    "tracking_sighting": "events of a watched source as the collector judged them, for ten minutes; the live debugger shows no others",
    "tracking_planned_event": "what events are called and which properties they have",
    "tracking_plan_version": "the tracking plan as it was published",
    "signpost": "what the edge knows of codes and sources; no visitor is in it",
    "live_codes_scan_day": "counts by day",
    "links_link": "what companies link to",
    "links_click_day": "counts by day",
    "privacy_settings": "days by class of data",
    "timeline_watch": "which member looks at whom at this minute; it goes with the contact",
    "org_api_key": "rights and scopes of a key",
    "org_member_import": "a list of members to be imported; contacts are not in it",
    "org_notice_settings": "which notices members want by which way",
    "audit_entry": "who did what and when; what changed of a person is in audit_change",
    "audit_change": "an erasure ends with the audit's own `forget_person`, which blanks every change about him",
    "privacy_erasure": "its contact goes with the row, and the sealed record with the last step",
    "privacy_tombstone": "keyed hashes, to recognise whoever comes back",
    "log_seen": "random numbers of messages, to take each once",
    "log_cursor": "how far readers of the log have come",
    "spool_cursor": "how far the spool was drained; the spool itself lives for a second",
    "procrastinate_jobs": "the numbers of a tenant and of a run",
    "changesets_set": "what was chosen for a change of many rows; ids of members and filters",
}

# Foreign keys to a member that do not mean that he owns the row, and why. The others are columns of a belonging.
NOT_OWNED: dict[str, str] = {
    "org.Membership.member": "his place in a department; it stays with him",
    "org.RoleGrant.member": "his rights; nobody inherits rights",
    "org.Session.member": "his sign-in; it ends when he leaves",
    "org.Invitation.member": "his own way in; it ends when he uses it",
    "org.Invitation.invited_by": "what happened; the invitation is the invited one's",
    "org.RecoveryCode.member": "his second factor; nobody inherits it",
    "org.Device.member": "his second factor; nobody inherits it",
    "org.PasswordReset.member": "his own way back in; it ends within the hour",
    "org.MemberImport.asked_by": "what happened; an import is over when it is done",
    "org.ApiKey.member": "his key; it dies with his account and nobody inherits it",
    "org.Notice.member": "what he was told",
    "org.NoticeSending.member": "what he was told",
    "timeline.Watch.member": "what he looks at this minute",
    "live_codes.ContactWay.member": "his picture on the platform; his successor gets one of his own",
    "wecom.WecomRelation.member": "a friendship on the platform; only the platform can transfer it",
    "tracking.PlanVersion.published_by": "what happened; a version is never changed",
    "live_codes.ScanDay.member": "what happened; figures keep the name of whom they were counted for",
    "live_codes.CodeFriendship.member": "what happened; figures keep the name of whom they were counted for",
    "tracking.TrafficMark.made_by": "what happened; a mark is the company's and anybody with the right takes it back",
}

# Commands that leave no audit entry, and why: bookkeeping of the machine that no person would ask about.
UNAUDITED_COMMANDS: dict[str, str] = {
    "business.live_codes.commands.scans.count_scans": "counters of visits",
    "business.live_codes.commands.ways.lease_way": "lent to each visit, thousands an hour",
    "directory.org.commands.notices.drop_old_notices": "notices end after 90 days by themselves",
    "directory.org.commands.notices.notify": "what led to it is in the log of facts; a member's own command has its entry",
    "directory.org.commands.notices.read_all_notices": "reading one's own notices changes nothing else",
    "directory.org.commands.notices.read_notice": "reading one's own notices changes nothing else",
    "directory.org.commands.sendings.note_sendings": "how a notice went out; it is kept beside the notice",
    "directory.org.commands.sendings.send_due": "notices leave when their hour has come",
    "directory.people.commands.contacts.note_seen": "when people were last active, for each batch of behaviour",
    "kernel.audit.commands.expire_audit": "the database's function writes the entry itself",
    "kernel.audit.commands.forget_person": "the database's function writes the entry itself",
    "engine.content.links.commands.clicks.count_clicks": "counters of clicks",
    "engine.content.links.commands.clicks.note_recipient": "counters of clicks; that a browser was recognised has its own entry",
    "engine.channels.delivery.commands.claim_due": "the queue takes what is due; a delivery keeps its own history",
    "engine.channels.delivery.commands.settle": "the queue notes how it ended; the fact it tells is in the log of facts",
    "engine.channels.delivery.commands.take_back": "the queue takes back what a dead process left",
    "engine.channels.wecom.commands.channels.note_callback": "a time for each callback",
    "engine.channels.wecom.commands.channels.tell_failure": "a platform's refusal, told as a fact",
    "engine.channels.wecom.commands.channels.note_synced": "a time for each synchronisation",
    "engine.channels.wecom.commands.tokens.give_up_lease": "the access token is renewed every two hours",
    "engine.channels.wecom.commands.tokens.keep_token": "the access token is renewed every two hours",
    "engine.channels.wecom.commands.tokens.take_token": "the access token is renewed every two hours",
    "engine.tracking.commands.usage.note_accounts": "what products tell of accounts, for each batch of events",
    "engine.tracking.commands.usage.note_pql": "counted from events; that a contact got there is a fact in the log",
    "engine.tracking.commands.usage.join_pql": "counted from events; that a contact got there is a fact in the log",
    "engine.tracking.commands.traffic.note_slices": "what the machine has yet to look at, for each batch of behaviour",
    "engine.tracking.commands.traffic.settle_slices": "what the machine has looked at",
    "engine.tracking.commands.traffic.settle_mark": "when what a mark says of the past was done; the mark has its entries",
    "engine.timeline.commands.watching.tell_watchers": "tells open pages that something is new, never what",
    "engine.timeline.commands.watching.watch_contact": "a page that is open says so every minute",
    "engine.tracking.commands.sources.note_seen": "when a site last sent something, for each batch of behaviour",
    "engine.tracking.commands.plan_counts.count_arrivals": "counters of what the collector took",
    "engine.tracking.commands.watching.forget_sightings": "what the live debugger showed is forgotten within minutes",
    "engine.tracking.commands.watching.keep_watching": "an open debugger asks every half minute; that it was opened has its entry",
    "engine.tracking.commands.watching.note_sightings": "what the live debugger shows, for each portion of events",
    "directory.org.commands.keys.note_use": "when an API key was last used",
    "kernel.mail.commands.claim_mail": "the mail queue takes what is due",
    "kernel.mail.commands.drop_unreadable": "the mail queue gives up what it cannot read",
    "kernel.mail.commands.begin_handing_over": "the mail queue notes where it is",
    "kernel.mail.commands.settle_mail": "the mail queue notes how it ended; a mail keeps its own history",
    "kernel.mail.commands.take_back_mail": "the mail queue takes back what a dead process left",
    "kernel.mail.commands.forget_old_mails": "the mail queue drops what was sent long ago",
    "engine.channels.wecom.commands.sign_in.spend_state": "a mark that a sign-in was used",
}

# Tables with rows about contacts or members that have no `visible_to(actor, operation)` of their own: they are read only through the
# record named here, whose scope they share, or say why nobody's scope matters.
PARTS_OF_RECORDS: dict[str, str] = {
    "people.ContactIdentity": "people.Contact",
    "people.ContactVisitor": "people.Contact",
    "people.Ownership": "people.Contact",
    "people.ContactTag": "people.Contact",
    "timeline.Watch": "people.Contact, asked for before he is watched and before anybody is told",
    "automation.Act": "people.Contact, asked for before its acts are",
    "live_codes.CodeFriendship": "live_codes.LiveCode for figures, people.Contact in rules",
    "links.Recipient": "links.Link for figures, people.Contact for who they are",
    "privacy.Consent": "people.Contact, asked for before his consents are",
    "privacy.ConsentEvent": "people.Contact, asked for before his consents are",
    "privacy.ChannelChoice": "people.Contact, asked for before his choices are",
    "privacy.PreferenceLink": "people.Contact, who holds the link",
    "privacy.Erasure": "people.Contact; the list of all is for whoever manages privacy",
    "privacy.DataFile": "people.Contact, asked for before his files are",
    "tracking.PqlTouch": "only counted; that a contact got there is on his timeline",
    "wecom.WecomRelation": "read by the channel itself, which acts for nobody",
}

# Fields of answers that are called like sensitive ones and are shown whole, and why.
PLAIN_ADDRESSES: dict[str, str] = {
    "MemberAnswer.email": "a colleague's, not a contact's",
    "SessionMember.email": "one's own",
    "AccountAnswer.email": "one's own",
    "ResetAnswer.email": "one's own, shown to who holds the link",
    "InvitationAnswer.email": "a colleague's to be",
    "InvitationSent.email": "a colleague's to be",
    "InvitationShown.email": "one's own, shown to who holds the link",
    "LineAnswer.email": "a colleague's, as the uploaded table has it",
    "LineAnswer.phone": "a colleague's, as the uploaded table has it",
    "CompanyMade.email": "a new administrator's, told to who made him",
}
