"""SQL and other languages through every text that a route takes: it is kept as a text or refused, and nothing else happens."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cove.directory.org.models import Member
from cove.kernel.scope import tenant_scope
from tests.security.companies import fingerprint
from tests.security.hostile import HOSTILE
from tests.security.routes import Route, body, routes
from tests.security.test_walk import prepared

TEXTS = "w"
"""The letter that generated texts are made of."""


def with_text(document: Any, text: str, *, name: str = "") -> Any:
    """Return a document with `text` in the place of every free text."""
    if isinstance(document, dict):
        return {key: with_text(value, text, name=key) for key, value in document.items()}
    if isinstance(document, list):
        return [with_text(value, text, name=name) for value in document]
    return text if isinstance(document, str) and not name.endswith("_at") else document


def takes_text(route: Route) -> bool:
    """Tell whether a route takes texts at all."""
    sent = body(route, lambda _name: None)
    in_query = any(
        parameter["in"] == "query" and "string" in json.dumps(parameter["schema"])
        for parameter in route.document.get("parameters", [])
    )
    return in_query or (sent is not None and sent[0] == "application/json")


every_text = pytest.mark.parametrize(
    "route", [route for route in routes() if takes_text(route)], ids=lambda route: route.name
)


@every_text
def test_hostile_texts_are_texts(companies, route):
    ours, theirs = companies
    before = fingerprint(theirs)
    for text in HOSTILE.values():
        request = prepared(route, ours)
        parameters = {
            parameter["name"]: text[:400].encode(errors="replace").decode()  # an address cannot hold half an emoji
            for parameter in route.document.get("parameters", [])
            if parameter["in"] == "query" and "string" in json.dumps(parameter["schema"])
        }
        request.options["query_params"] |= parameters
        if "data" in request.options and request.options["content_type"] == "application/json":
            request.options["data"] = json.dumps(with_text(json.loads(request.options["data"]), text))
        answer = request.send(ours.client("administrator"))
        assert answer.status_code < 500, (text[:60], answer.content[:300])
        kind = answer.headers.get("content-type", "")
        assert not kind.startswith("text/html"), kind
    assert fingerprint(theirs) == before
    with tenant_scope(ours.tenant_id):
        assert Member.objects.filter(id=ours.administrator.id).exists()
