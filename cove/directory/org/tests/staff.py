"""Members with roles of a test's own, and a browser for each."""

from __future__ import annotations

import json
from itertools import count

from django.contrib.auth.hashers import make_password
from django.test import Client

from cove.directory.org.models import Member, Membership, Role, RoleGrant

PASSWORD = "harbour-light-42"
_numbers = count(1)


class Browser:
    """A signed-in browser that speaks JSON."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self._client = Client(headers={"accept-language": "en"})
        answer = self._send("post", "/api/session", {"email": member.email, "password": PASSWORD})
        assert answer.status_code == 200, answer.content

    def _send(self, method, address, body=None):
        send = getattr(self._client, method)
        return send(address, json.dumps(body), content_type="application/json") if body is not None else send(address)

    def get(self, address):
        """Give the status and the document."""
        return self._told(self._send("get", address))

    def send(self, method, address, body=None):
        """Give the status and the document."""
        return self._told(self._send(method, address, body if body is not None else {}))

    @staticmethod
    def _told(answer):
        return answer.status_code, answer.json() if answer.content else None


def hire(name, *rights, departments=(), revealed=(), everything=False, active=True):
    """Give a member with one role for each of `rights` (operation key to scope)."""
    number = next(_numbers)
    member = Member.objects.create(
        name=name, email=f"staff{number}@cove.test", password=make_password(PASSWORD), active=active
    )
    for place, given in enumerate(rights or ([{}] if everything else [])):
        role = Role.objects.create(
            name=f"{name}的角色 {number}.{place}", rights=given, revealed=list(revealed), everything=everything
        )
        RoleGrant.objects.create(member=member, role=role)
    for department in departments:
        Membership.objects.create(member=member, department=department)
    return member
