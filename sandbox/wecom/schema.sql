-- Customer groups. `previous` is what was told before the last change: asking right after an event gives the old state.
CREATE TABLE IF NOT EXISTS group_chats (
    chat_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, name TEXT NOT NULL,
    owner TEXT NOT NULL COLLATE NOCASE, notice TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 1,
    status INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, dismissed INTEGER NOT NULL DEFAULT 0,
    previous TEXT NOT NULL DEFAULT '', changed_at REAL NOT NULL DEFAULT 0
);
-- kind: 1 a member (key: userid), 2 somebody from outside (key: external_userid). scene: 1 invited, 2 by link, 3 by code
CREATE TABLE IF NOT EXISTS group_members (
    chat_id TEXT NOT NULL REFERENCES group_chats ON DELETE CASCADE, key TEXT NOT NULL, kind INTEGER NOT NULL,
    person_id INTEGER, joined_at INTEGER NOT NULL, scene INTEGER NOT NULL, invitor TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '', PRIMARY KEY (chat_id, key)
);
CREATE TABLE IF NOT EXISTS group_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id TEXT NOT NULL REFERENCES group_chats ON DELETE CASCADE,
    sender TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS group_messages_of ON group_messages (chat_id, id);
CREATE TABLE IF NOT EXISTS join_ways (
    config_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    slug TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, created_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS group_welcomes (
    template_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    fields TEXT NOT NULL, created_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0
);
-- purpose: 0 temporary media of messages, 1 moments, 2 albums
CREATE TABLE IF NOT EXISTS media (
    media_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, kind TEXT NOT NULL,
    purpose INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL, content_type TEXT NOT NULL, content BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS mass_tasks (
    msgid TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    chat_type TEXT NOT NULL, content TEXT NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0, reminders TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL
);
-- status of a member: 0 not sent, 2 sent. Of a target: 0 not sent, 1 sent, 2 no friend, 3 had the most already
CREATE TABLE IF NOT EXISTS mass_members (
    msgid TEXT NOT NULL REFERENCES mass_tasks ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    status INTEGER NOT NULL DEFAULT 0, sent_at INTEGER, PRIMARY KEY (msgid, userid)
);
CREATE TABLE IF NOT EXISTS mass_targets (
    msgid TEXT NOT NULL REFERENCES mass_tasks ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    target TEXT NOT NULL, status INTEGER NOT NULL DEFAULT 0, sent_at INTEGER, PRIMARY KEY (msgid, userid, target)
);
CREATE INDEX IF NOT EXISTS mass_targets_of ON mass_targets (target, sent_at);
CREATE TABLE IF NOT EXISTS moments (
    moment_id TEXT PRIMARY KEY, jobid TEXT NOT NULL UNIQUE, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE,
    agent_id INTEGER NOT NULL, content TEXT NOT NULL, outcome TEXT NOT NULL, cancelled INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS moment_members (
    moment_id TEXT NOT NULL REFERENCES moments ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    customers TEXT NOT NULL, published_at INTEGER, PRIMARY KEY (moment_id, userid)
);
CREATE TABLE IF NOT EXISTS moment_reactions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, moment_id TEXT NOT NULL REFERENCES moments ON DELETE CASCADE,
    userid TEXT NOT NULL COLLATE NOCASE, person_id INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL
);
-- status: 1 done, 2 waiting, 3 the customer refused, 4 the member has too many
CREATE TABLE IF NOT EXISTS transfers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE,
    handover TEXT NOT NULL COLLATE NOCASE, takeover TEXT NOT NULL COLLATE NOCASE, person_id INTEGER NOT NULL,
    external_userid TEXT NOT NULL, resigned INTEGER NOT NULL, status INTEGER NOT NULL DEFAULT 2,
    asked_at INTEGER NOT NULL, done_at INTEGER
);
CREATE TABLE IF NOT EXISTS group_transfers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id TEXT NOT NULL REFERENCES group_chats ON DELETE CASCADE,
    was TEXT NOT NULL COLLATE NOCASE, resigned INTEGER NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS intercepts (
    rule_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    fields TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS acquisition_links (
    link_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    slug TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, clicks INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS acquisition_customers (
    link_id TEXT NOT NULL REFERENCES acquisition_links ON DELETE CASCADE, person_id INTEGER NOT NULL,
    userid TEXT NOT NULL COLLATE NOCASE, state TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (link_id, person_id)
);
-- kind: corp (wx.config), agent_config (wx.agentConfig)
CREATE TABLE IF NOT EXISTS tickets (
    ticket TEXT PRIMARY KEY, corp_id TEXT NOT NULL, agent_id INTEGER NOT NULL, kind TEXT NOT NULL, expires_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS ticket_calls (corp_id TEXT NOT NULL, agent_id INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS card_codes (
    code TEXT PRIMARY KEY, corp_id TEXT NOT NULL, agent_id INTEGER NOT NULL, task_id TEXT NOT NULL, userid TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS kf_accounts (
    open_kfid TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, name TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS kf_servicers (
    open_kfid TEXT NOT NULL REFERENCES kf_accounts ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    status INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (open_kfid, userid)
);
-- state: 0 new, 1 bot, 2 pool, 3 human, 4 ended. `sent` counts messages of the API since the customer's last one
CREATE TABLE IF NOT EXISTS kf_sessions (
    open_kfid TEXT NOT NULL REFERENCES kf_accounts ON DELETE CASCADE, person_id INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0, servicer TEXT NOT NULL DEFAULT '', heard_at INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0, welcomed_at INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (open_kfid, person_id)
);
-- origin: 3 customer, 4 event, 5 servicer; by_api: sent by an application, never given back by sync_msg
CREATE TABLE IF NOT EXISTS kf_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, open_kfid TEXT NOT NULL REFERENCES kf_accounts ON DELETE CASCADE,
    person_id INTEGER NOT NULL, msgid TEXT NOT NULL, origin INTEGER NOT NULL, servicer TEXT NOT NULL DEFAULT '',
    msgtype TEXT NOT NULL, body TEXT NOT NULL, by_api INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS kf_messages_of_person ON kf_messages (person_id, at);
CREATE TABLE IF NOT EXISTS kf_tokens (token TEXT PRIMARY KEY, open_kfid TEXT NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS kf_codes (
    code TEXT PRIMARY KEY, open_kfid TEXT NOT NULL, person_id INTEGER NOT NULL, purpose TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL
);
-- What the archive keeps, as the library gives it back when it is decrypted
CREATE TABLE IF NOT EXISTS archive_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, msgid TEXT NOT NULL,
    body TEXT NOT NULL, at INTEGER NOT NULL
);
