from __future__ import annotations

from django.http import HttpRequest
from ninja.security import APIKeyCookie

from cove.directory.org.api.cookies import cookie_name
from cove.directory.org.facade import actor_of_token
from cove.kernel.actor import Actor
from cove.kernel.http.masking import read_as
from cove.kernel.scope import bind_tenant


class SessionAuth(APIKeyCookie):
    """The session cookie of the console; cross-site requests are refused by Django's CSRF check."""

    param_name = "cove_session"

    def _get_key(self, request: HttpRequest) -> str | None:
        # Ninja checks the CSRF token here. Over https the cookie has another name, see `cookie_name`.
        super()._get_key(request)
        return request.COOKIES.get(cookie_name(request, self.param_name))

    def authenticate(self, _request: HttpRequest, key: str | None) -> Actor | None:
        """Return the member behind the cookie and work for his tenant until the request ends."""
        found = actor_of_token(key) if key else None
        if found is None:
            return None
        bind_tenant(found[0].tenant_id)
        read_as(found[0])
        return found[0]
