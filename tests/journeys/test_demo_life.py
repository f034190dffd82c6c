"""One life let in through the doors, and the same life loaded in bulk: what is there is the same, fact by fact and row by row."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass

import httpx
import psycopg
import pytest

from cove.engine.tracking.facade import CLICK_IDS
from cove.kernel.ids import visitor_id
from cove.launch.demo.life.lives import Writer
from tests.journeys.house import House, running_house
from tests.journeys.site import superuser_url

CUSTOMERS = 24
# What names somebody or something of one life, and what is told at the time of loading.
NAMES = {
    *(
        "contact_id",
        "visitor_id",
        "user_visitor",
        "user_id",
        "message_id",
        "message_key",
        "session_id",
        "account",
        "welcome_code",
    ),
    *(
        "external_userid",
        "identity_value",
        "unionid",
        "email",
        "phone",
        "id",
        "reply_to",
        "openid",
        "lead_id",
        "click_id",
        "group_id",
        "moment_id",
        "visit",
    ),
    *CLICK_IDS,
}
CLICK = re.compile(f"({'|'.join(CLICK_IDS)})=[^&]+")
TOLD_NOW = {"people.contact_tagged"}


@dataclass
class Loaded:
    """A house with one life twice: the contacts and the visitors' numbers of each time, in the order of the plan."""

    house: House
    database: psycopg.Connection
    tenant: int
    contacts: tuple[list[int], list[int]]
    visitors: tuple[list[int], list[int]]

    def rows(self, sql, *values):
        return self.database.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    data = tmp_path_factory.mktemp("demo") / "data"
    with running_house(data, customers=CUSTOMERS) as house:
        done = subprocess.run(
            [sys.executable, "-m", "tests.journeys.load_again"],
            env=house.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        with psycopg.connect(superuser_url(house), autocommit=True) as database:
            yield _found(house, database)


def _found(house, database):
    tenant = database.execute("SELECT id FROM org_tenant WHERE slug = 'yunxiu'").fetchone()[0]
    contacts, visitors = [], []
    for namespace in ("", "again"):
        writer = _writer(house, namespace)
        lives = [writer.life(number) for number in range(CUSTOMERS)]
        names = [f"user:{life.user_id}" for life in lives if life.user_id]
        told = [one for life in lives for one in life.sent]
        told += [one for number in range(CUSTOMERS) for one in writer.strangers(number)]
        names += sorted({one.event["anonymous_id"] for one in told if "anonymous_id" in one.event})
        names += [one.name for life in lives for one in life.passed if one.do in ("open_code", "glance")]
        visitors.append([visitor_id(tenant, name) for name in names])
        found = [_contact(database, life) for life in lives]
        contacts.append([one for one in found if one])
    return Loaded(house, database, tenant, tuple(contacts), tuple(visitors))


def _writer(house, namespace):
    from cove.launch.demo.kept import Kept

    told = json.loads((house.data / "demo.life.json").read_text())
    return Writer(Kept(house.data, **told | {"namespace": namespace}).plan)


def _contact(database, life):
    sql = "SELECT contact_id FROM people_identity WHERE (kind, value) IN (('wecom_external', %s), ('user', %s))"
    found = {one for (one,) in database.execute(sql, [life.external_userid, life.user_id])}
    assert len(found) <= 1, "one person is one contact"
    return found.pop() if found else None


def plain(value):
    """Return what a fact says without whom it says it of."""
    if isinstance(value, dict):
        return {name: "#" if name in NAMES else plain(one) for name, one in sorted(value.items())}
    return CLICK.sub(r"\1=#", value) if isinstance(value, str) else value


def facts(twice, which):
    sql = """
        SELECT kind, at, member_id, source, chain, payload FROM log_fact
        WHERE tenant_id = %s AND (contact_id = ANY(%s) OR contact_id IS NULL AND visitor_id = ANY(%s))
    """
    found = Counter()
    for kind, at, member, source, chain, payload in twice.rows(
        sql, twice.tenant, twice.contacts[which], twice.visitors[which]
    ):
        now = kind in TOLD_NOW or (kind == "people.contact_changed" and source == "wecom")
        links = [(link["kind"], link["rule"]) for link in chain]
        said = json.dumps(plain(payload), ensure_ascii=False, sort_keys=True)
        found[(kind, None if now else at, member, source, tuple(links), said)] += 1
    return found


def test_the_same_people_are_there(twice):
    by_doors, in_bulk = twice.contacts
    assert len(by_doors) == len(in_bulk) > CUSTOMERS * 0.8


def test_the_facts_are_the_same(twice):
    by_doors, in_bulk = facts(twice, 0), facts(twice, 1)
    # Conversations that nobody of ours was a friend in were heard of by no callback, hence the chains of those facts.
    assert {one[0] for one in by_doors} == {one[0] for one in in_bulk}
    assert sorted((by_doors - in_bulk).elements(), key=str) == sorted((in_bulk - by_doors).elements(), key=str) == []


TABLES = {
    "people_contact": (
        (
            "name, gender, company_name, position, phone <> '', split_part(email, '@', 2), source, source_detail, source_ref, owner_count, "
            "created_at, avatar_url <> ''"
        ),
        "id",
    ),
    "people_identity": ("kind, kind = 'phone' AND value <> ''", "contact_id"),
    "people_visitor": ("how, joined_at", "contact_id"),
    "people_ownership": ("member_id, since, until, held, way, remark", "contact_id"),
    "people_contact_tag": ("tag_id, source, member_id", "contact_id"),
    "wecom_relation": (
        "userid, member_id, friend, ended_early_by, state, greeted, tag_ids::text, tags_at IS NULL OR NOT friend, changed_at",
        "contact_id",
    ),
    "live_codes_friendship": ("code_id, member_id, began_at, began_on, ended_at, ended_on", "contact_id"),
    "automation_act": (
        "action, params::text, state, reason::text, jsonb_array_length(chain), on_behalf, member_id",
        "contact_id",
    ),
    "wecom_kf_talk": ("account_id, heard_at, answers", "contact_id"),
    "privacy_consent": ("purpose_id, given, version, at", "contact_id"),
    "privacy_consent_event": ("purpose_id, given, version, source, reason, member_id, at", "contact_id"),
    "privacy_channel_choice": ("channel, unsubscribed, source, reason, member_id, at", "contact_id"),
    "email_message": (
        "sender_id, template_id, content_id, host, created_at, sent_at, reason, bounced_at, hardness, left_at, opened_at, clicked_at",
        "contact_id",
    ),
    "wechat_follower": (
        "account_id, following, followed_at, changed_at, scene, qr_scene, seen_on, openid <> '', unionid <> ''",
        "contact_id",
    ),
    "ads_lead": ("account_id, at, click_id <> '', campaign, raw ->> 'name', reported::text, taken_at", "contact_id"),
    "wecom_group_person": ("name, way, state, inviter, joined_at, left_at", "contact_id"),
    "wechat_scanner": ("code_id, scans, followed, last_at", "contact_id"),
    "live_codes_scan_visitor": ("code_id, day", "visitor_id"),
    "wecom_mass_target": ("target LIKE 'contact:%%', userid, state, reason, sent_at", "contact_id"),
    "wecom_moment_reaction": ("userid, form, at", "contact_id"),
    "sms_message": (
        "template_id, phone <> '', text, parts, cost, state, reason, errcode, sent_at, ended_at",
        "contact_id",
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_are_the_same(twice, table):
    columns, whose = TABLES[table]
    by_doors, in_bulk = (
        Counter(twice.rows(f"SELECT {columns} FROM {table} WHERE {whose} = ANY(%s)", contacts))
        for contacts in (twice.visitors if whose == "visitor_id" else twice.contacts)
    )
    assert by_doors == in_bulk


def test_everybody_was_seen(twice):
    """Through the doors a visit may be noted before it is known whose it is, so nobody was seen later than in bulk."""
    sql = "SELECT last_seen_at FROM people_contact WHERE id = ANY(%s) ORDER BY array_position(%s::bigint[], id)"
    by_doors, in_bulk = ([at for (at,) in twice.rows(sql, contacts, contacts)] for contacts in twice.contacts)
    assert all(one <= other for one, other in zip(by_doors, in_bulk, strict=True))


def test_the_accounts_are_the_same(twice):
    columns = "name, name_verified, traits::text, claims::text, first_seen_at, last_seen_at"
    sql = f"SELECT {columns} FROM tracking_account WHERE tenant_id = %s AND key LIKE %s"
    found = Counter(twice.rows(sql, twice.tenant, "%-__________"))
    assert found
    assert all(count % 2 == 0 for count in found.values())


def test_members_chats_are_counted_the_same(twice):
    """Both times the same was added to each day; the last days are the platform's own to tell."""
    columns = "applications, added, chats, messages, lost"
    sql = f"SELECT {columns} FROM wecom_behaviour WHERE tenant_id = %s AND day < current_date - 5"
    found = twice.rows(sql, twice.tenant)
    assert found
    assert all(count % 2 == 0 for day in found for count in day)


def test_mass_messages_are_asked_for_by_somebody_and_confirmed_by_members(twice):
    tasks = twice.rows(
        "SELECT t.asked_by_id IS NOT NULL, t.state, (SELECT count(*) FROM wecom_mass_member m WHERE m.task_id = t.id)"
        " FROM wecom_mass_task t WHERE t.tenant_id = %s",
        twice.tenant,
    )
    assert {one[:2] for one in tasks} == {(True, "done")}
    assert any(members for _, _, members in tasks)


def test_clickhouse_has_the_same(twice):
    def counted(which):
        people = [*twice.contacts[which], *(number | 1 << 63 for number in twice.visitors[which])]
        sql = (
            "SELECT kind, source, channel, utm_source, event, count(), countIf(url != ''), sum(seconds), sum(depth), uniqExact(session_id),"
            f" length(groupUniqArrayArray(mapKeys(numbers))) FROM timeline_fact WHERE tenant_id = {twice.tenant}"
            f" AND person_id IN ({','.join(map(str, people))}) GROUP BY kind, source, channel, utm_source, event ORDER BY ALL FORMAT JSON"
        )
        port = twice.house.environment["COVE_CLICKHOUSE_PORT"]
        from cove.launch.env import read_environment

        url = read_environment(twice.house.environment).effective_clickhouse_url
        assert port in url
        base, _, database = url.rpartition("/")
        answer = httpx.post(base, params={"database": database.partition("?")[0]}, content=sql, timeout=60)
        assert answer.is_success, answer.text
        return answer.json()["data"]

    assert counted(0) == counted(1) != []


def test_a_persons_page_is_the_same(twice):
    house = twice.house
    with httpx.Client(base_url=house.url, timeout=60, headers={"Accept-Language": "zh-CN"}) as http:
        http.post("/api/session", json={"email": house.email, "password": house.password}).raise_for_status()

        def page(contact):
            answer = http.get(f"/api/contacts/{contact}/timeline", params={"limit": 100})
            answer.raise_for_status()
            return Counter((one["kind"], one["label"], one["caption"]) for one in answer.json()["items"])

        # Who did most.
        place = max(range(len(twice.contacts[0])), key=lambda one: sum(page(twice.contacts[0][one]).values()))
        first, second = (page(contacts[place]) for contacts in twice.contacts)
        assert {one[:2] for one in first} == {one[:2] for one in second}
        # Numbers of users and accounts are each life's own.
        told = [
            {one: count for one, count in shown.items() if not re.search("用户 ID|客户账号|yx-", one[2])}
            for shown in (first, second)
        ]
        assert told[0] == told[1]
