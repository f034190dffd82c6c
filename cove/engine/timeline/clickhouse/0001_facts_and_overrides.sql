-- Every fact of the log, once. A person's page reads one range of the sort key, and analyses that look at people one after the other
-- (funnels, retention, paths) read each person's facts already in order. `payload` is the fact as it was told; what queries ask
-- for often is a column, and a column may be added later as MATERIALIZED from the payload without shipping anything again.
CREATE TABLE IF NOT EXISTS timeline_fact (
    tenant_id UInt64,
    person_id UInt64,
    at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    position UInt64 CODEC(DoubleDelta, ZSTD(1)),
    kind LowCardinality(String),
    recorded_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    visitor_id UInt64,
    member_id UInt64,
    source LowCardinality(String),
    utm_source LowCardinality(String),
    utm_medium LowCardinality(String),
    utm_campaign LowCardinality(String),
    utm_content LowCardinality(String),
    utm_term LowCardinality(String),
    url String CODEC(ZSTD(1)),
    title String CODEC(ZSTD(1)),
    referrer String CODEC(ZSTD(1)),
    event LowCardinality(String),
    cause_kind LowCardinality(String),
    cause_position UInt64,
    cause_rule LowCardinality(String),
    payload String CODEC(ZSTD(3))
)
-- shard by sipHash64(tenant_id, person_id)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (tenant_id, person_id, at, position)
SETTINGS non_replicated_deduplication_window = 10000;

-- Who an anonymous visitor turned out to be: joined when a query runs, so that his whole past is the contact's at once and
-- nothing is ever rewritten. `version` is the position of the fact that said so; the newest wins.
CREATE TABLE IF NOT EXISTS timeline_override (
    tenant_id UInt64,
    visitor UInt64,
    person_id UInt64,
    version UInt64
)
-- shard by sipHash64(tenant_id, visitor)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant_id, visitor)
SETTINGS non_replicated_deduplication_window = 10000;
