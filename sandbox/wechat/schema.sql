-- kind: official (a verified service account) or mini. mode: plain, compatible, safe
CREATE TABLE IF NOT EXISTS wx_apps (
    app_id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, original_id TEXT NOT NULL, secret TEXT NOT NULL,
    callback_url TEXT NOT NULL DEFAULT '', callback_token TEXT NOT NULL DEFAULT '',
    callback_aes_key TEXT NOT NULL DEFAULT '', mode TEXT NOT NULL DEFAULT 'safe',
    web_domain TEXT NOT NULL DEFAULT '', open_platform INTEGER NOT NULL DEFAULT 1, forced TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS wx_tokens (
    token TEXT PRIMARY KEY, app_id TEXT NOT NULL, stable INTEGER NOT NULL, expires_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wx_users (
    app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
    openid TEXT NOT NULL UNIQUE, subscribed INTEGER NOT NULL DEFAULT 0, subscribe_time INTEGER NOT NULL DEFAULT 0,
    scene TEXT NOT NULL DEFAULT '', qr_scene TEXT NOT NULL DEFAULT '', remark TEXT NOT NULL DEFAULT '',
    refuses INTEGER NOT NULL DEFAULT 0, talk_until INTEGER NOT NULL DEFAULT 0, talk_left INTEGER NOT NULL DEFAULT 0,
    touch_until INTEGER NOT NULL DEFAULT 0, touch_left INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (app_id, person_id)
);
CREATE TABLE IF NOT EXISTS wx_tags (
    id INTEGER PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, tag_id INTEGER NOT NULL, name TEXT NOT NULL,
    UNIQUE (app_id, tag_id)
);
CREATE TABLE IF NOT EXISTS wx_user_tags (
    openid TEXT NOT NULL REFERENCES wx_users (openid) ON DELETE CASCADE, tag_id INTEGER NOT NULL, PRIMARY KEY (openid, tag_id)
);
CREATE TABLE IF NOT EXISTS wx_codes (
    ticket TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, scene TEXT NOT NULL,
    permanent INTEGER NOT NULL, expires_at INTEGER NOT NULL, url TEXT NOT NULL
);
-- sender: account or person
CREATE TABLE IF NOT EXISTS wx_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE,
    person_id INTEGER NOT NULL, sender TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wx_menus (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE,
    buttons TEXT NOT NULL, rule TEXT NOT NULL DEFAULT ''
);
-- form: template or subscription
CREATE TABLE IF NOT EXISTS wx_templates (
    template_id TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, form TEXT NOT NULL,
    title TEXT NOT NULL, content TEXT NOT NULL, example TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS wx_subscriptions (
    openid TEXT NOT NULL REFERENCES wx_users (openid) ON DELETE CASCADE, template_id TEXT NOT NULL, remaining INTEGER NOT NULL,
    PRIMARY KEY (openid, template_id)
);
CREATE TABLE IF NOT EXISTS wx_media (
    media_id TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, kind TEXT NOT NULL,
    permanent INTEGER NOT NULL, name TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wx_drafts (
    media_id TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, articles TEXT NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wx_publishings (
    publish_id INTEGER PRIMARY KEY AUTOINCREMENT, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE,
    articles TEXT NOT NULL, article_id TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wx_mass (
    msg_id INTEGER PRIMARY KEY AUTOINCREMENT, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE,
    client_id TEXT NOT NULL, everybody INTEGER NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wx_mass_people (
    msg_id INTEGER NOT NULL REFERENCES wx_mass ON DELETE CASCADE, openid TEXT NOT NULL, at INTEGER NOT NULL
);
-- purpose: page (OAuth), login (wx.login), phone (the phone button)
CREATE TABLE IF NOT EXISTS wx_person_codes (
    code TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, person_id INTEGER NOT NULL,
    purpose TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS wx_grants (
    token TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, person_id INTEGER NOT NULL,
    scope TEXT NOT NULL, expires_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wx_links (
    link TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, path TEXT NOT NULL, query TEXT NOT NULL,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
);
-- What a phone shows of an account. form: service or subscription
CREATE TABLE IF NOT EXISTS wx_profiles (
    app_id TEXT PRIMARY KEY REFERENCES wx_apps ON DELETE CASCADE, form TEXT NOT NULL DEFAULT 'service',
    introduction TEXT NOT NULL DEFAULT ''
);
-- media_id: of wx_media, or of a picture inside an article
CREATE TABLE IF NOT EXISTS wx_media_files (media_id TEXT PRIMARY KEY, content_type TEXT NOT NULL, content BLOB NOT NULL);
-- An article that was published or sent: what readers see, whatever becomes of its draft
CREATE TABLE IF NOT EXISTS wx_articles (
    article_id TEXT PRIMARY KEY, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE, document TEXT NOT NULL, at INTEGER NOT NULL
);
