"""ClickHouse: one driver, and no query without a tenant."""
