"""Counters and histograms for /metrics (Prometheus text, which OpenTelemetry collectors scrape as well)."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

FACTS_CONSUMED = Counter("cove_facts_consumed_total", "Facts passed by a consumer", ["consumer"])
REQUEST_SECONDS = Histogram("cove_request_seconds", "Time to answer a request", ["door", "status"])
CALLBACKS = Counter("cove_callbacks_total", "Callbacks from platforms by verdict", ["platform", "verdict"])
PLATFORM_CALLS = Counter("cove_platform_calls_total", "Calls to outside platforms", ["platform", "call", "errcode"])
COLLECTED = Counter("cove_collected_total", "Events at the collector's door", ["verdict"])
