-- How far somebody has read a chat that is not with a member; the key is the phone's (official/…, group/…, kf/…, notices, moments)
CREATE TABLE IF NOT EXISTS chat_marks (
    person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE, chat TEXT NOT NULL, read_to INTEGER NOT NULL,
    PRIMARY KEY (person_id, chat)
);
CREATE TABLE IF NOT EXISTS phone_pictures (
    picture_id TEXT PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
    content_type TEXT NOT NULL, content BLOB NOT NULL, at INTEGER NOT NULL
);
-- The text inside each QR picture that was drawn, but for those of contact ways
CREATE TABLE IF NOT EXISTS drawn_codes (sha256 TEXT PRIMARY KEY, text TEXT NOT NULL);
-- The words of a comment below a moment: the platform tells them to nobody
CREATE TABLE IF NOT EXISTS moment_words (
    reaction_id INTEGER PRIMARY KEY REFERENCES moment_reactions ON DELETE CASCADE, words TEXT NOT NULL
);
-- The welcome template that a group's owner picked in his client
CREATE TABLE IF NOT EXISTS group_greetings (
    chat_id TEXT PRIMARY KEY REFERENCES group_chats ON DELETE CASCADE, template_id TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS mini_visits (
    id INTEGER PRIMARY KEY AUTOINCREMENT, app_id TEXT NOT NULL REFERENCES wx_apps ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE, path TEXT NOT NULL, query TEXT NOT NULL, at INTEGER NOT NULL
);
