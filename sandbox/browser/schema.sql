-- Pages that an application has in the toolbar of chats (聊天工具栏)
CREATE TABLE IF NOT EXISTS toolbar_pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, agent_id INTEGER NOT NULL,
    name TEXT NOT NULL, url TEXT NOT NULL
);
-- Beside what a member's web view was opened: entry as getContext tells it, with the customer or the group of the chat
CREATE TABLE IF NOT EXISTS view_places (
    view TEXT PRIMARY KEY, entry TEXT NOT NULL, person_id INTEGER, chat_id TEXT NOT NULL DEFAULT ''
);
-- What a loaded page was allowed by agentConfig or config; `page` is the bridge's own number of that load
CREATE TABLE IF NOT EXISTS js_grants (
    view TEXT NOT NULL, page TEXT NOT NULL, kind TEXT NOT NULL, agent_id INTEGER, apis TEXT NOT NULL,
    PRIMARY KEY (view, page, kind)
);
