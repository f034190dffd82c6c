"""Whatever is sent to a route, it answers as its document says, and never with an error nobody foresaw."""

from __future__ import annotations

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from cove.directory.org.commands.sessions import SESSION_COOKIE
from tests.security.routes import document

EXAMPLES = 6
"""For each operation: enough to hit odd types, long texts, control characters and huge numbers; the walk stays short."""

schema = schemathesis.openapi.from_dict(document())
schema.config.generation.update(with_security_parameters=False)
application = get_wsgi_application()


METHOD_NOT_ALLOWED = 405
CSRF = "a" * 32
"""Any 32 letters and digits, the same in cookie and header (Django's double submit)."""


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_a_route_keeps_to_its_document(case, companies):
    _, ours = companies
    cookies = {SESSION_COOKIE: ours.token("administrator"), "cove_csrf": CSRF}
    response = case.call(app=application, cookies=cookies, headers={"X-CSRFToken": CSRF})
    if response.status_code == METHOD_NOT_ALLOWED:
        return
    case.validate_response(
        response,
        checks=[not_a_server_error, status_code_conformance, response_schema_conformance],
    )
