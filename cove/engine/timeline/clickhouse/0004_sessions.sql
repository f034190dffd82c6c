-- Visits: what somebody did under one session number of the sender, added up as facts arrive. A row belongs to one person and one day (UTC),
-- so a visit over midnight is two rows until it is read; readers group by person and session. Rows of a block that comes again are dropped
-- by its token, here as in the table of facts. `entry` is the first page view: its address and how it came about; `exit` the last one's address.
CREATE TABLE IF NOT EXISTS timeline_session (
    tenant_id UInt64,
    day Date,
    person_id UInt64,
    session_id String,
    first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    views SimpleAggregateFunction(sum, UInt64),
    acts SimpleAggregateFunction(sum, UInt64),
    seconds SimpleAggregateFunction(sum, UInt64),
    suspicion SimpleAggregateFunction(max, UInt8),
    account SimpleAggregateFunction(max, String),
    source_id SimpleAggregateFunction(max, UInt64),
    entry AggregateFunction(argMin, Tuple(url String, title String, referrer String, channel String, utm_source String, utm_medium String, utm_campaign String, utm_content String, utm_term String), Tuple(DateTime64(3, 'UTC'), UInt64)),
    exit AggregateFunction(argMax, String, Tuple(DateTime64(3, 'UTC'), UInt64))
)
-- shard by sipHash64(tenant_id, person_id)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (tenant_id, day, person_id, session_id)
SETTINGS non_replicated_deduplication_window = 10000;

-- A page left is the end of a view, not something more that was done.
CREATE MATERIALIZED VIEW IF NOT EXISTS timeline_session_feed TO timeline_session AS
SELECT
    tenant_id,
    toDate(at) AS day,
    person_id,
    session_id,
    min(at) AS first_at,
    max(at) AS last_at,
    toUInt64(countIf(kind = 'tracking.page_viewed')) AS views,
    toUInt64(countIf(kind NOT IN ('tracking.page_viewed', 'tracking.page_left'))) AS acts,
    sum(toUInt64(seconds)) AS seconds,
    max(suspicion) AS suspicion,
    max(account) AS account,
    max(source_id) AS source_id,
    argMinStateIf(CAST((url, title, referrer, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term), 'Tuple(url String, title String, referrer String, channel String, utm_source String, utm_medium String, utm_campaign String, utm_content String, utm_term String)'), (at, position), kind = 'tracking.page_viewed') AS entry,
    argMaxStateIf(url, (at, position), kind = 'tracking.page_viewed') AS exit
FROM timeline_fact
WHERE session_id != ''
GROUP BY tenant_id, day, person_id, session_id;
