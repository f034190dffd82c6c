"""Public pages: what stands behind a link is shown to whoever holds it, nothing beside it, and a changed link shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from cove.business.live_codes.models import LiveCode
from cove.directory.people.models import Contact
from cove.directory.privacy.commands.links import make_link
from cove.kernel.scope import tenant_scope
from cove.launch.urls import urlpatterns
from tests.security import records
from tests.security.companies import Company, fingerprint
from tests.security.conftest import tried

ODD_ADDRESSES = (
    "//evil.example/x",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/%2f%2fevil.example",
)


def landing(company: Company) -> str:
    """The page behind a live code's link."""
    code = LiveCode.objects.get(id=records.live_code(company))
    return f"/c/{code.slug}/add"


def preferences(company: Company) -> str:
    """A contact's preference page."""
    return f"/preferences/{make_link(company.system, contact_id=records.contact(company))}"


# What each pattern outside the API shows; a new one fails until it has a line here.
LINKS: dict[str, Callable[[Company], str]] = {"c/<str:slug>/add": landing, "preferences/<str:token>": preferences}
WITHOUT_RECORDS = {
    "signin/wecom/start",
    "signin/wecom/return",
    "wechat/page/start",
    "wechat/page/return",
    "wechat/page/signature",
    "MP_verify_<str:code>.txt",
    "wechat/mini/login",
    "wechat/mini/phone",
    "api/",
    "healthz",
    "readyz",
    "metrics",
    "sidebar",
    "^(?P<path>(?!api/).*)$",
}


def changed(path: str) -> Iterator[str]:
    """Give links that are not quite this one: a letter changed, one left out, one more, another's numbers."""
    where = path.rindex("/", 0, path.rindex("/")) + 1 if path.endswith("/add") else path.rindex("/") + 1
    end = path.index("/", where) if path.endswith("/add") else len(path)
    token = path[where:end]
    for odd in (
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        token[1:],
        token + "x",
        token[::-1],
        "1",
        "0" * len(token),
    ):
        yield path[:where] + odd + path[end:]


def test_every_page_outside_the_api_is_known():
    assert {str(one.pattern) for one in urlpatterns} == WITHOUT_RECORDS | LINKS.keys()


@pytest.mark.parametrize("page", LINKS)
def test_a_link_shows_its_own_record_and_a_changed_one_nothing(companies, page):
    ours, theirs = companies
    with tenant_scope(ours.tenant_id):
        path = LINKS[page](ours)
        hidden = list(Contact.objects.filter(name__contains=ours.canary).values_list("name", flat=True))
    for client in (Client(), theirs.client("administrator"), ours.client("nothing")):
        shown = client.get(path)
        tried["public pages"] += 1
        # The page of a code sends whoever did not come by its link to that link.
        assert shown.status_code == 200 or shown.headers["location"].startswith("/c/"), shown.content[:300]
        assert not [name for name in hidden if name.encode() in shown.content]
        for odd in changed(path):
            answer = client.get(odd)
            tried["public pages"] += 1
            assert answer.status_code in (302, 404, 410), (odd, answer.status_code)
            assert ours.canary.encode() not in answer.content


@pytest.mark.parametrize("page", LINKS)
def test_another_company_changes_nothing_through_a_page(companies, page):
    ours, theirs = companies
    with tenant_scope(ours.tenant_id):
        path = LINKS[page](ours)
    client = theirs.client("administrator")
    for odd in changed(path):
        before = fingerprint(ours)
        answer = client.post(odd, {"channel_all": "on", "purpose_marketing": "off"})
        tried["public pages"] += 1
        assert answer.status_code < 500
        assert fingerprint(ours) == before


@pytest.mark.parametrize("odd", ODD_ADDRESSES)
def test_no_page_sends_anybody_elsewhere(companies, odd):
    ours, _ = companies
    for client in (Client(), ours.client("administrator")):
        for path in ("/signin/wecom/start", "/signin/wecom/return", "/"):
            for name in ("next", "to", "return", "redirect", "url", "back"):
                answer = client.get(path, {name: odd, "state": "x", "code": "x", "company": "none"})
                tried["public pages"] += 1
                assert answer.status_code < 500
                assert "evil.example" not in answer.headers.get("location", "")
                assert "javascript:" not in answer.headers.get("location", "")
