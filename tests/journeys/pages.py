"""Every page of the console, for tests that open them all."""

from __future__ import annotations

PAGES = (
    "/",
    "/people/contacts",
    "/people/contacts/1",
    "/attract/live-codes",
    "/attract/live-codes/1",
    "/attract/live-codes/new",
    "/attract/live-codes/1/edit",
    "/insight/funnel",
    "/settings/wecom",
    "/settings/tracking",
    "/settings/set-aside",
    "/settings/audit",
    "/settings/privacy",
    "/settings/privacy/purposes/new",
    "/settings/tenants",
    "/settings/company",
    "/settings/api-keys",
    "/settings/api-keys/new",
    "/no-such-page",
)
