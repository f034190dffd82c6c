-- Verdicts lie in order of time, for reports about everybody. A person's page asks for a few people of all times: it passes over
-- granules in which they are not, instead of reading all verdicts of the company.
ALTER TABLE timeline_verdict ADD INDEX IF NOT EXISTS whose person_id TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE timeline_verdict MATERIALIZE INDEX whose;
