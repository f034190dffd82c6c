-- A part of the table says from whom to whom it reaches, not who is in it: without this, a person's page reads a granule of every part.
ALTER TABLE timeline_fact ADD INDEX IF NOT EXISTS whose person_id TYPE bloom_filter(0.01) GRANULARITY 1;
ALTER TABLE timeline_fact MATERIALIZE INDEX whose;
