-- What the collector tells beside the event itself: the visit, the channel group, the customer account, and how suspicious it was.
ALTER TABLE timeline_fact
    ADD COLUMN IF NOT EXISTS source_id UInt64 AFTER source,
    ADD COLUMN IF NOT EXISTS session_id String CODEC(ZSTD(1)) AFTER event,
    ADD COLUMN IF NOT EXISTS channel LowCardinality(String) AFTER session_id,
    ADD COLUMN IF NOT EXISTS account String CODEC(ZSTD(1)) AFTER channel,
    ADD COLUMN IF NOT EXISTS suspicion UInt8 AFTER account,
    ADD COLUMN IF NOT EXISTS suspicion_reasons Array(LowCardinality(String)) AFTER suspicion;
