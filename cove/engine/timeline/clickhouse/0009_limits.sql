-- Limits end at midnight and are looked for once a day for each month, not every four hours: what is over its time leaves in one writing.
ALTER TABLE timeline_fact
    MODIFY SETTING merge_with_ttl_timeout = 86400;
ALTER TABLE timeline_session
    MODIFY SETTING merge_with_ttl_timeout = 86400;
ALTER TABLE timeline_verdict
    MODIFY SETTING merge_with_ttl_timeout = 86400;
