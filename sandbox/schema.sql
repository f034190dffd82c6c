CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS corps (
    corp_id TEXT PRIMARY KEY, name TEXT NOT NULL, full_name TEXT NOT NULL, created_at INTEGER NOT NULL
);
-- kind: app = self-built application, directory = the directory synchronisation secret (通讯录同步)
CREATE TABLE IF NOT EXISTS apps (
    corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'app', name TEXT NOT NULL, secret TEXT NOT NULL,
    sees_private_fields INTEGER NOT NULL DEFAULT 0,
    callback_url TEXT NOT NULL DEFAULT '', callback_token TEXT NOT NULL DEFAULT '',
    callback_aes_key TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (corp_id, agent_id)
);
CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, corp_id TEXT NOT NULL, agent_id INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, expired INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS departments (
    corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, id INTEGER NOT NULL,
    name TEXT NOT NULL, name_en TEXT NOT NULL DEFAULT '', parent_id INTEGER NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (corp_id, id)
);
-- status: 1 active, 2 disabled, 4 not activated, 5 left
CREATE TABLE IF NOT EXISTS members (
    corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL, alias TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
    gender INTEGER NOT NULL DEFAULT 0, mobile TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL DEFAULT 1, serves_customers INTEGER NOT NULL DEFAULT 1,
    departments TEXT NOT NULL, leads TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (corp_id, userid)
);
CREATE TABLE IF NOT EXISTS persons (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, gender INTEGER NOT NULL DEFAULT 0,
    unionid TEXT NOT NULL UNIQUE, shown INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS externals (
    external_userid TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE, UNIQUE (corp_id, person_id)
);
-- A friendship of one member and one person. stage: requested (waits for the member), half, full
CREATE TABLE IF NOT EXISTS relations (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE,
    userid TEXT NOT NULL COLLATE NOCASE, person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
    stage TEXT NOT NULL, state TEXT NOT NULL DEFAULT '', add_way INTEGER NOT NULL DEFAULT 0,
    config_id TEXT NOT NULL DEFAULT '',
    remark TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '',
    remark_corp_name TEXT NOT NULL DEFAULT '', remark_mobiles TEXT NOT NULL DEFAULT '[]',
    chat_started INTEGER NOT NULL DEFAULT 0, welcomed INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,
    UNIQUE (corp_id, userid, person_id)
);
CREATE TABLE IF NOT EXISTS tag_groups (
    group_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    name TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS tags (
    tag_id TEXT PRIMARY KEY, group_id TEXT NOT NULL REFERENCES tag_groups ON DELETE CASCADE, corp_id TEXT NOT NULL,
    name TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS relation_tags (
    relation_id INTEGER NOT NULL REFERENCES relations ON DELETE CASCADE,
    tag_id TEXT NOT NULL REFERENCES tags ON DELETE CASCADE, PRIMARY KEY (relation_id, tag_id)
);
CREATE TABLE IF NOT EXISTS contact_ways (
    config_id TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    slug TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, picture_sha256 TEXT NOT NULL,
    created_at INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS contact_ways_picture ON contact_ways (picture_sha256);
CREATE TABLE IF NOT EXISTS welcome_codes (
    code TEXT PRIMARY KEY, corp_id TEXT NOT NULL, relation_id INTEGER NOT NULL,
    userid TEXT NOT NULL, person_id INTEGER NOT NULL, created_at INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0
);
-- sender: member, person, notice (the grey line in the middle of a chat)
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE,
    userid TEXT NOT NULL COLLATE NOCASE, person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
    sender TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, read INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_of_person ON messages (person_id, id);
CREATE TABLE IF NOT EXISTS staff_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE,
    agent_id INTEGER NOT NULL, userid TEXT NOT NULL, msgid TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, corp_id TEXT NOT NULL, agent_id INTEGER,
    method TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL, request TEXT NOT NULL,
    status INTEGER NOT NULL, errcode INTEGER, response TEXT NOT NULL, fault TEXT NOT NULL, milliseconds REAL NOT NULL
);
-- state: waiting, delivered, failed
CREATE TABLE IF NOT EXISTS callbacks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, corp_id TEXT NOT NULL, agent_id INTEGER NOT NULL,
    customer TEXT NOT NULL, event TEXT NOT NULL, change_type TEXT NOT NULL, xml TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', sent_query TEXT NOT NULL DEFAULT '', sent_body TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS callback_attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, callback_id INTEGER NOT NULL REFERENCES callbacks ON DELETE CASCADE,
    at REAL NOT NULL, fault TEXT NOT NULL, status INTEGER, answer TEXT NOT NULL, error TEXT NOT NULL,
    milliseconds REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, pattern TEXT NOT NULL, kind TEXT NOT NULL,
    parameters TEXT NOT NULL, remaining INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS scans (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
    url TEXT NOT NULL, at INTEGER NOT NULL
);
-- What an application is trusted with: where sign-ins may come back to, and its page on the workbench
CREATE TABLE IF NOT EXISTS app_web (
    corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    trusted_domain TEXT NOT NULL DEFAULT '', login_domain TEXT NOT NULL DEFAULT '', home_url TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (corp_id, agent_id)
);
CREATE TABLE IF NOT EXISTS member_views (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE,
    userid TEXT NOT NULL COLLATE NOCASE, origin TEXT NOT NULL DEFAULT '', UNIQUE (corp_id, userid)
);
-- A code is a member's (userid) or an outsider's (person_id)
CREATE TABLE IF NOT EXISTS oauth_codes (
    code TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    userid TEXT NOT NULL DEFAULT '', person_id INTEGER, scope TEXT NOT NULL, created_at INTEGER NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS user_tickets (
    ticket TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, userid TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
-- A QR code on somebody's screen. status: waiting, scanned, confirmed, refused
CREATE TABLE IF NOT EXISTS login_scans (
    key TEXT PRIMARY KEY, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    redirect_uri TEXT NOT NULL, state TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'waiting',
    userid TEXT NOT NULL DEFAULT '', code TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, sender TEXT NOT NULL, address TEXT NOT NULL,
    subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL, message_id TEXT NOT NULL, read INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS mails_of_address ON mails (address, id);
-- Text messages: a cloud account of a provider (aliyun, tencent), what it had approved, what it sent
CREATE TABLE IF NOT EXISTS sms_accounts (
    key_id TEXT PRIMARY KEY, provider TEXT NOT NULL, secret TEXT NOT NULL, app_id TEXT NOT NULL DEFAULT '',
    balance INTEGER NOT NULL, receipts_url TEXT NOT NULL DEFAULT '', replies_url TEXT NOT NULL DEFAULT ''
);
-- approval: 0 waits, 1 approved, 2 refused
CREATE TABLE IF NOT EXISTS sms_signatures (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key_id TEXT NOT NULL REFERENCES sms_accounts ON DELETE CASCADE,
    name TEXT NOT NULL, approval INTEGER NOT NULL DEFAULT 1, reason TEXT NOT NULL DEFAULT '', UNIQUE (key_id, name)
);
-- purpose: 0 code, 1 notice, 2 marketing
CREATE TABLE IF NOT EXISTS sms_templates (
    code TEXT PRIMARY KEY, key_id TEXT NOT NULL REFERENCES sms_accounts ON DELETE CASCADE, name TEXT NOT NULL,
    content TEXT NOT NULL, purpose INTEGER NOT NULL DEFAULT 1, approval INTEGER NOT NULL DEFAULT 1,
    reason TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL
);
-- state: waiting (no receipt yet), arrived, failed; told: pushed or pulled
CREATE TABLE IF NOT EXISTS sms_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key_id TEXT NOT NULL REFERENCES sms_accounts ON DELETE CASCADE,
    serial TEXT NOT NULL, phone TEXT NOT NULL, signature TEXT NOT NULL, template_code TEXT NOT NULL,
    purpose INTEGER NOT NULL, text TEXT NOT NULL, mark TEXT NOT NULL DEFAULT '', parts INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', code TEXT NOT NULL DEFAULT '', told INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, ended_at INTEGER
);
CREATE INDEX IF NOT EXISTS sms_messages_of_phone ON sms_messages (phone, id);
CREATE TABLE IF NOT EXISTS sms_replies (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key_id TEXT NOT NULL REFERENCES sms_accounts ON DELETE CASCADE,
    phone TEXT NOT NULL, text TEXT NOT NULL, signature TEXT NOT NULL DEFAULT '', told INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS sms_nonces (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL);
-- Advertising: an advertiser's account at a platform (ocean, tencent, baidu), the leads people left there, what was reported
CREATE TABLE IF NOT EXISTS ads_accounts (
    platform TEXT NOT NULL, outer_id TEXT NOT NULL, token TEXT NOT NULL, secret TEXT NOT NULL DEFAULT '',
    push_url TEXT NOT NULL DEFAULT '', PRIMARY KEY (platform, outer_id)
);
CREATE TABLE IF NOT EXISTS ads_leads (
    id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, outer_id TEXT NOT NULL, number TEXT NOT NULL UNIQUE,
    fields TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS ads_reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, outer_id TEXT NOT NULL, number TEXT NOT NULL,
    click TEXT NOT NULL, code TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS ads_nonces (nonce TEXT PRIMARY KEY);
-- A mail as it came over the wire; `dkim` is pass, fail or none, `domain` the one that signed it.
CREATE TABLE IF NOT EXISTS mail_sources (
    mail_id INTEGER PRIMARY KEY, envelope_from TEXT NOT NULL, raw BLOB NOT NULL, dkim TEXT NOT NULL, domain TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS dns_records (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS dns_records_of_name ON dns_records (name, kind);
CREATE TABLE IF NOT EXISTS mail_knocks (pair TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS mail_minutes (domain TEXT NOT NULL, minute INTEGER NOT NULL, taken INTEGER NOT NULL, PRIMARY KEY (domain, minute));
