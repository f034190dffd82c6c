"""The ClickHouse engine of the package `chdb` behind ClickHouse's own HTTP interface, on loopback.

The engine belongs to one process, which holds its folder; every other process asks it with the normal
driver, as it would ask a server. Protocol: https://clickhouse.com/docs/interfaces/http
"""
