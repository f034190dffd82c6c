-- Members' phones that lie on the table
CREATE TABLE IF NOT EXISTS staff_phones (
    corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    shown INTEGER NOT NULL, PRIMARY KEY (corp_id, userid)
);
-- How far a member has read a conversation. thread: p7 a customer, g… a group, a1000002 an application, k… customer service
CREATE TABLE IF NOT EXISTS staff_reads (
    corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    thread TEXT NOT NULL, up_to INTEGER NOT NULL, PRIMARY KEY (corp_id, userid, thread)
);
-- Tasks that a member waved away: his phone shows them no more, the platform still waits for him
CREATE TABLE IF NOT EXISTS staff_skips (
    corp_id TEXT NOT NULL REFERENCES corps ON DELETE CASCADE, userid TEXT NOT NULL COLLATE NOCASE,
    task TEXT NOT NULL, PRIMARY KEY (corp_id, userid, task)
);
CREATE INDEX IF NOT EXISTS messages_of_member ON messages (corp_id, userid, person_id, id);
CREATE INDEX IF NOT EXISTS staff_messages_of_member ON staff_messages (corp_id, userid, agent_id, id);
CREATE INDEX IF NOT EXISTS relations_of_member ON relations (corp_id, userid, id);
-- Friendships that a member asked for: the visitor has to say yes
CREATE TABLE IF NOT EXISTS invitations (relation_id INTEGER PRIMARY KEY REFERENCES relations ON DELETE CASCADE);
-- The number and the mailbox of a phone, once somebody entered others than it came with. owner: p7 a visitor, corp/userid a member
CREATE TABLE IF NOT EXISTS phone_accounts (owner TEXT PRIMARY KEY, mobile TEXT NOT NULL, email TEXT NOT NULL);
-- What was done with a mail on the phone. mark: spam, left
CREATE TABLE IF NOT EXISTS mail_marks (
    mail_id INTEGER NOT NULL REFERENCES mails ON DELETE CASCADE, mark TEXT NOT NULL, PRIMARY KEY (mail_id, mark)
);
