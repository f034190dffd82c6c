"""Nothing leaks and nobody is let in: every route of the document, called by everybody who should not get through."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from cove.kernel.belongings import belongings
from cove.kernel.operations import operations
from cove.kernel.scope import tenant_scope
from tests.security.companies import fingerprint
from tests.security.conftest import tried
from tests.security.records import KINDS, NAMED_IN_BODIES
from tests.security.routes import Route, body, query, routes

every_route = pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)

READS = {"GET", "HEAD"}


@dataclass(frozen=True)
class Request:
    """A well-formed request that names records of one company."""

    route: Route
    path: str
    options: dict[str, Any]
    hidden: bool
    """From a colleague who may do the same to his own rows."""

    def send(self, client):
        """Send it as whoever `client` is."""
        return client.generic(self.route.method, self.path, **self.options)


def prepared(route, company):
    """Make the records that a route names, in its path, query and body, and the request that names them."""
    ids = named(route, company)

    def make(name):
        if name in NAMED_IN_BODIES and name not in ids:
            with tenant_scope(company.tenant_id):
                return NAMED_IN_BODIES[name](company)
        return None

    path = route.path
    for name, record in ids.items():
        path = path.replace(f"{{{name}}}", str(record))
    options = {"query_params": query(route, make)}
    sent = body(route, make)
    if sent is not None and sent[0] == "multipart/form-data":
        options |= uploaded()
    elif sent is not None:
        document = {**sent[1], **SAID.get(route.name, dict)()} if isinstance(sent[1], dict) else sent[1]
        options |= {"data": json.dumps(document), "content_type": sent[0]}
    options["query_params"] |= ASKED.get(route.name, {})
    by_row = route.needs in operations and operations[route.needs].scoped
    hidden = any(KINDS[name].private or (by_row and KINDS[name].scoped) for name in ids)
    return Request(route, path, options, hidden)


def named(route, company):
    """Make the records that the path of a route names, in `company`."""
    unknown = [name for name in route.ids if name not in KINDS]
    assert not unknown, f"{route.name} names {unknown}: tell tests/security/records.py how to make one"
    company.latest = None
    with tenant_scope(company.tenant_id):
        return {name: KINDS[name].make(company) for name in route.ids}


def of_installation(route):
    """Tell whether a route is for the installation's owner alone."""
    return route.needs in operations and operations[route.needs].installation


def shows(answer, canary):
    """Tell whether an answer shows something that carries the canary."""
    content = answer.getvalue() if answer.streaming else answer.content
    return canary.encode() in content


def uploaded():
    """Return a small list of members, as a form sends it."""
    sheet = SimpleUploadedFile("members.csv", "姓名,邮箱\n某人,somebody@cove.test\n".encode(), "text/csv")
    return {"data": encode_multipart(BOUNDARY, {"file": sheet}), "content_type": MULTIPART_CONTENT}


def _reply():
    return {"on": "other", "name": "答复", "keywords": [], "messages": [{"form": "text", "content": "你好"}]}


def _special_menu():
    return {
        "name": "会员",
        "platform": "",
        "buttons": [{"name": "官网", "action": "view", "url": "https://www.example.com/"}],
    }


# What some routes want said in words that no document can tell.
MAIL = {"subject": "x", "html": "<p>x <a href='{{ unsubscribe_url }}'>x</a></p>", "text": ""}
TOOL = {"tool": {"kind": "welcome", "name": "x", "text": "x"}}
RELAY = {"host": "127.0.0.1", "port": 9, "back_host": "", "spf_wanted": ""}
SAID = {
    "POST /api/email/domains": lambda: {**RELAY, "name": f"w{time.time_ns()}.mail.example"},
    "PUT /api/email/domains/{domain_id}": lambda: RELAY,
    "POST /api/email/domains/{domain_id}/senders": lambda: {"local": f"s{time.time_ns()}", "reply_to": ""},
    "PUT /api/email/senders/{sender_id}": lambda: {"local": f"s{time.time_ns()}", "reply_to": ""},
    "POST /api/wecom-tools": lambda: TOOL,
    "POST /api/mass-messages": lambda: {"text": "walked", "attachments": []},
    "POST /api/moments": lambda: {"text": "walked", "attachments": []},
    "PUT /api/wecom-tools/{wecom_tool_id}": lambda: TOOL,
    "POST /api/email/templates": lambda: MAIL,
    "POST /api/email/templates/preview": lambda: MAIL,
    "POST /api/email/templates/test": lambda: {**MAIL, "address": "somebody@cove.test"},
    "PUT /api/email/templates/{email_template_id}": lambda: MAIL,
    "POST /api/email/suppressions": lambda: {"address": f"w{time.time_ns()}@cove.test"},
    "POST /api/contact-exports": lambda: {"columns": ["name"]},
    "POST /api/hand-overs": lambda: {"kinds": [next(iter(belongings)).key]},
    "POST /api/api-keys": lambda: {"rights": {"people.see_contacts": "own"}},
    "POST /api/links": lambda: {"target": "https://www.example.com/"},
    "PATCH /api/links/{link_id}": lambda: {"target": "https://www.example.com/"},
    "POST /api/webhooks": lambda: {"url": "https://www.example.com/", "kinds": ["people.note_written"], "whole": False},
    "PUT /api/webhooks/{webhook_id}": lambda: {"url": "https://www.example.com/", "kinds": ["people.note_written"]},
    "PUT /api/reach-rules": lambda: {
        "quiet_from": "22:00",
        "quiet_until": "08:00",
        "most_a_day": 1,
        "most_a_week": 2,
        "most_a_month": 3,
    },
    "PUT /api/channels/sms/{provider}": lambda: {"base_url": "https://sms.example.com/"},
    "POST /api/sms/signatures": lambda: {"provider": "aliyun"},
    "POST /api/sms/test": lambda: {"phone": "13900001111", "values": {}},
    "POST /api/sms/messages": lambda: {"key": f"walked-{time.time_ns()}", "values": {}},
    "POST /api/channels/ads": lambda: {
        "base_url": "https://ads.example.com/",
        "outer_id": f"{time.time_ns()}",
        "token": "walked",
        "secret": "walked",
    },
    "PUT /api/channels/ads/{ad_account_id}": lambda: {
        "base_url": "https://ads.example.com/",
        "outer_id": f"{time.time_ns()}",
    },
    "PUT /api/channels/ads/{ad_account_id}/mapping": lambda: {"mapping": {"phone": "telphone"}, "codes": {}},
    "POST /api/channels/ads/{ad_account_id}/preview": lambda: {"mapping": {"phone": "telphone"}},
    "POST /api/channels/wechat": lambda: {
        "app_id": f"wxsaid{time.time_ns()}"[:30],
        "base_url": "",
        "callback_token": "token123",
        "aes_key": "",
        "page_origins": ["https://www.example.com"],
        "domain_file": "",
    },
    "PUT /api/channels/wechat/{wechat_account_id}": lambda: {
        "app_id": f"wxsaid{time.time_ns()}"[:30],
        "base_url": "",
        "callback_token": "token123",
        "aes_key": "",
        "page_origins": ["https://www.example.com"],
        "domain_file": "",
    },
    "POST /api/channels/wechat/{wechat_account_id}/mass/reach": lambda: {"target": {"kind": "all"}},
    "POST /api/channels/wechat/{wechat_account_id}/mass": lambda: {
        "message": {"form": "text", "content": "walked"},
        "target": {"kind": "all"},
    },
    "POST /api/channels/wechat/{wechat_account_id}/mass/test": lambda: {
        "message": {"form": "text", "content": "walked"},
    },
    "POST /api/channels/wechat/{wechat_account_id}/templates/{wechat_template_id}/test": lambda: {
        "data": {"thing1": "walked"},
        "link": "",
    },
    "POST /api/channels/wechat/{wechat_account_id}/replies": _reply,
    "PUT /api/channels/wechat/{wechat_account_id}/replies/{wechat_reply_id}": _reply,
    "POST /api/channels/wechat/{wechat_account_id}/codes": lambda: {
        "scene": "",
        "days": 0,
        "tag_ids": [],
        "messages": [{"form": "text", "content": "你好"}],
    },
    "PUT /api/channels/wechat/{wechat_account_id}/codes/{wechat_code_id}": lambda: {"tag_ids": [], "messages": []},
    "PUT /api/channels/wechat/{wechat_account_id}/menu": lambda: {
        "buttons": [{"name": "官网", "action": "view", "url": "https://www.example.com/"}]
    },
    "POST /api/channels/wechat/{wechat_account_id}/tags": lambda: {"name": f"{time.time_ns()}"},
    "PUT /api/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}": lambda: {"name": f"{time.time_ns()}"},
    "POST /api/channels/wechat/{wechat_account_id}/tags/{wechat_tag_id}/followers": lambda: {
        "target": {"kind": "contacts", "contact_ids": []}
    },
    "POST /api/channels/wechat/{wechat_account_id}/entries": lambda: {"form": "code", "page": "", "said": "c=1"},
    "POST /api/channels/wechat/{wechat_account_id}/menus": _special_menu,
    "PUT /api/channels/wechat/{wechat_account_id}/menus/{wechat_menu_id}": _special_menu,
    "PUT /api/company": lambda: {"slug": "walked-company"},
    "POST /api/installation/tenants": lambda: {
        "slug": f"walked-{time.time_ns()}",
        "email": f"w{time.time_ns()}@cove.test",
    },
    "PATCH /api/installation/tenants/{tenant_id}": lambda: {"slug": f"walked-{time.time_ns()}"},
    "PATCH /api/notices/choices": lambda: {"times": None},
    "PATCH /api/notices/defaults": lambda: {"times": None},
    "POST /api/tracking/traffic/marks": lambda: {"address": "203.0.113.7", "visitor": ""},
    "POST /api/members/{member_id}/why": lambda: {"operation": "people.see_contacts"},
}
ASKED = {
    "GET /api/channels/wecom/page-signature": {"path": "/sidebar"},
    "GET /api/roles/records": {"operation": "people.see_contacts"},
    "GET /api/session/why": {"operation": "people.see_contacts"},
    "GET /api/tracking/traffic": {"from": "2026-03-01", "to": "2026-03-02"},
    "GET /api/tracking/traffic/samples": {"from": "2026-03-01", "to": "2026-03-02"},
    "GET /api/tracking/usage": {"from": "2026-03-01", "to": "2026-03-02"},
    "GET /api/tracking/accounts/{account_id}": {"from": "2026-03-01", "to": "2026-03-02"},
}
# Let in, and refused for what they say: a made-up password or name proves no more than that.
ANSWERED_NO = {
    "POST /api/channels/wechat/{wechat_account_id}/check": "wechat.account_incomplete",
    "POST /api/channels/wechat/{wechat_account_id}/sync": "wechat.account_incomplete",
    # The account of this walk is an official one.
    "POST /api/channels/wechat/{wechat_account_id}/entries": "cove.not_found",
    "POST /api/account/password": "org.wrong_password",
    "POST /api/account/second-factor/confirm": "org.wrong_code",
    "POST /api/account/second-factor/turn-off": "org.wrong_password",
    "POST /api/contacts/{contact_id}/erasure": "privacy.name_differs",
    "DELETE /api/contacts/{contact_id}/erasure": "cove.not_found",
    "GET /api/files/{file_id}": "cove.not_found",
    "GET /api/notices/stream": None,
    "GET /api/wecom-tools/{wecom_tool_id}/customers": "cove.not_found",
    "POST /api/tracking/plan/table": "tracking.plan_head_unknown",
}
# Rights without a data scope that show every row of the company, as their labels say.
COMPANY_WIDE = {"audit.see", "audit.export", "log.see", "privacy.manage"}


@every_route
def test_without_sign_in(companies, route):
    ours, _ = companies
    answer = prepared(route, ours).send(Client())
    tried["nobody"] += 1
    if route.needs == "anybody":
        assert answer.status_code < 500
    else:
        assert answer.status_code == 401, answer.content
    assert not shows(answer, ours.canary)


@every_route
def test_a_member_without_rights(companies, route):
    ours, _ = companies
    answer = prepared(route, ours).send(ours.client("nothing"))
    tried["no rights"] += 1
    if route.needs in ("anybody", "signed_in"):
        assert answer.status_code < 500
    else:
        assert answer.status_code == 403, answer.content
        assert answer.json()["error"]["code"] == "cove.forbidden"
    assert not shows(answer, ours.rows_canary)


@every_route
def test_a_member_with_every_right_over_his_own_rows(companies, route):
    ours, _ = companies
    request = prepared(route, ours)
    colleague = ours.client("own rows")
    before = fingerprint(ours) if request.hidden else None
    answer = request.send(colleague)
    tried["own rows"] += 1
    assert answer.status_code < 500, answer.content
    assert route.needs in COMPANY_WIDE or not shows(answer, ours.rows_canary)
    if of_installation(route):
        assert answer.status_code == 403, answer.content
    elif request.hidden:
        assert answer.status_code == 404, answer.content
        assert fingerprint(ours) == before


@every_route
@pytest.mark.parametrize("role", ["administrator", "nothing"])
def test_another_tenant(companies, route, role):
    ours, theirs = companies
    request = prepared(route, ours)
    before = fingerprint(ours)
    answer = request.send(theirs.client(role))
    tried[f"another tenant's {role}"] += 1
    assert answer.status_code < 500, answer.content
    assert not shows(answer, ours.canary)
    if of_installation(route):
        assert answer.status_code == 403, answer.content
    elif role == "administrator" and any(not KINDS[name].fixed for name in route.ids):
        assert answer.status_code == 404, answer.content
    assert fingerprint(ours) == before


@every_route
def test_the_administrator_gets_through(companies, route):
    """The same requests are well formed: where nothing forbids it, they are let in."""
    if route.needs == "anybody":
        pytest.skip("anybody may call it; its own tests say what it answers")
    ours, _ = companies
    who = "owner of the installation" if of_installation(route) else "administrator"
    answer = prepared(route, ours).send(ours.client(who))
    tried[who] += 1
    if route.name in ANSWERED_NO and answer.status_code >= 400:
        assert answer.json()["error"]["code"] == ANSWERED_NO[route.name], answer.content
        return
    assert answer.status_code not in (401, 403, 404, 422), answer.content
    assert answer.status_code < 500, answer.content
