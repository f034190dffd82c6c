-- What turned out later about how suspicious somebody's behaviour was in ten minutes: beside the facts, which are never rewritten.
-- The newest verdict of a person's slice wins; one that does not stand leaves what the facts said themselves. `mark` is the decision of a
-- member that it follows, 0 where it was found by the machine. `score` from 50 on is suspicious, below it is not.
CREATE TABLE IF NOT EXISTS timeline_verdict (
    tenant_id UInt64,
    person_id UInt64,
    slice DateTime('UTC'),
    score UInt8,
    reasons Array(LowCardinality(String)),
    mark UInt64,
    stands Bool,
    version UInt64
)
-- shard by sipHash64(tenant_id, person_id)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(slice)
ORDER BY (tenant_id, slice, person_id)
SETTINGS non_replicated_deduplication_window = 10000;
