"""Companies and owners from the command line."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from django.db import connections, transaction
from django.test import Client

from cove.directory.org.commands.tenants import create_tenant
from cove.directory.org.errors import SlugTaken
from cove.directory.org.models import Member
from cove.launch.tenants import CannotBeDoneError, create, set_owner

_numbers = count(1)


def wanted(**changes):
    number = next(_numbers)
    return {
        "name": f"听涛家具 {number}",
        "slug": f"tingtao-{number}",
        "timezone": "Asia/Shanghai",
        "email": f"zhou{number}@tingtao.test",
        "administrator": "周听涛",
    } | changes


def test_a_company_is_made_and_its_administrator_signs_in(databases):
    given = wanted()
    made = create(**given)
    told = json.loads(made.as_json())
    assert (told["slug"], told["email"]) == (given["slug"], given["email"])
    assert made.password in made.as_text()
    body = {"email": given["email"], "password": told["password"]}
    answer = Client().post("/api/session", body, content_type="application/json")
    assert answer.json()["tenant"]["name"] == given["name"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"slug": "Not Good"}, "--slug: A sign-in address has 3 to 40"),
        ({"timezone": "Mars/Base"}, "--timezone: There is no such time zone"),
        ({"email": "nobody"}, "--email: Give a proper e-mail"),
    ],
)
def test_wrong_input_names_its_option(databases, change, word):
    with pytest.raises(CannotBeDoneError, match=word):
        create(**wanted(**change))


def test_duplicates_are_refused_clearly(databases):
    first = wanted()
    create(**first)
    with pytest.raises(CannotBeDoneError, match="sign-in address is taken"):
        create(**wanted(slug=first["slug"]))
    with pytest.raises(CannotBeDoneError, match=f"There is a company called “{first['name']}”"):
        create(**wanted(name=first["name"]))


def test_of_two_companies_made_at_once_with_one_address_one_is_refused(databases):
    """Neither sees the other before it has written: the unique key decides, and says so in words."""
    slug, ready = wanted()["slug"], Barrier(2)

    def make(number):
        try:
            with transaction.atomic():
                ready.wait(60)
                made = create_tenant(name=f"同时 {number}", slug=slug).slug
                time.sleep(0.3)
                return made
        except SlugTaken as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(make, range(2))) == sorted([slug, "org.slug_taken"])


def test_an_owner_is_made_and_unmade_by_command_only(databases, actor):
    first = wanted()
    second = wanted(email=first["email"])
    made = [create(**first), create(**second)]
    with pytest.raises(CannotBeDoneError, match="name one with --tenant"):
        set_owner(email=first["email"], slug="", owner=True)
    with pytest.raises(CannotBeDoneError, match="No active member"):
        set_owner(email="nobody@tingtao.test", slug="", owner=True)
    assert "looks after this installation" in set_owner(email=first["email"], slug=second["slug"], owner=True)

    def operations(one):
        client = Client()
        body = {"email": one.email, "password": one.password}
        return client.post("/api/session", body, content_type="application/json").json()["operations"]

    assert ["org.manage_installation" in operations(one) for one in made] == [False, True]
    set_owner(email=first["email"], slug=second["slug"], owner=False)
    assert "org.manage_installation" not in operations(made[1])
    assert not Member.objects.filter(installation_owner=True).exists()
