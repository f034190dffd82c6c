"""The small parts everything stands on: words, paging, registries, ids, secrets, clock."""

from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken

from cove.kernel import clock
from cove.kernel.clickhouse.client import NoTenantInQuery, rows
from cove.kernel.errors import InvalidInput
from cove.kernel.ids import ANONYMOUS_BIT, new_slug, person_id, visitor_id
from cove.kernel.jobs.models import JobRun
from cove.kernel.paging import bounded_count, decode_cursor, encode_cursor, slice_after
from cove.kernel.registry import Registry
from cove.kernel.secrets import open_secret, seal_secret
from cove.kernel.words import Words, language_of, speaking


def test_words_are_said_in_the_readers_language_and_leave_out_what_is_unknown():
    words = Words("{name} 的欢迎语{nothing}", "Welcome of {name}{nothing}")
    assert words.here({"name": "李"}) == "李 的欢迎语"
    with speaking("en"):
        assert words.here({"name": "Li"}) == "Welcome of Li"
    assert Words("{", "{").zh == "{"


def test_what_people_wrote_is_never_read_as_a_template():
    assert Words("{text}", "{text}").here({"text": "{name} {0} {"}) == "{name} {0} {"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-CN"),
        ("", "zh-CN"),
        ("en-US,en;q=0.9", "en"),
        ("zh-TW", "zh-CN"),
        ("fr-FR, en;q=0.8", "en"),
        ("fr", "zh-CN"),
        (";;,,", "zh-CN"),
    ],
)
def test_the_language_is_chosen_from_the_header(header, language):
    assert language_of(header) == language


def test_pages_cover_everything_once_where_values_are_equal(actor):
    for number in range(23):
        JobRun.objects.create(kind=f"k{number // 5}")
    for sort in ("kind", "-kind"):
        seen, cursor = [], None
        while True:
            found, cursor = slice_after(JobRun.objects.all(), sort=sort, cursor=cursor, limit=4)
            seen += [row.id for row in found]
            if cursor is None:
                break
        assert len(seen) == len(set(seen)) == 23


def test_counting_stops_at_its_bound(actor):
    JobRun.objects.bulk_create(JobRun(kind="x") for _ in range(12))
    assert bounded_count(JobRun.objects.all(), bound=10) == (10, False)
    assert bounded_count(JobRun.objects.all(), bound=12) == (12, True)


@pytest.mark.parametrize("cursor", ["", "!!!", "e30", "WzFd", "bm90IGpzb24", "4pi6", "W10="])
def test_a_cursor_that_is_not_ours_is_refused(cursor):
    with pytest.raises(InvalidInput):
        decode_cursor(cursor)


def test_a_cursor_of_another_list_is_refused_and_not_an_error(actor):
    JobRun.objects.create(kind="x")
    with pytest.raises(InvalidInput):
        slice_after(JobRun.objects.all(), sort="-asked_at", cursor=encode_cursor(["not a time", 1]), limit=5)
    with pytest.raises(InvalidInput):
        slice_after(JobRun.objects.all(), sort="-asked_at", cursor=encode_cursor([{"a": 1}, "x"]), limit=5)


def test_registries_take_a_name_once_and_close():
    registry = Registry("things", int)
    assert registry.add("a", 1) == 1
    with pytest.raises(ValueError, match="already"):
        registry.add("a", 2)
    with pytest.raises(TypeError):
        registry.add("b", "text")
    registry.close()
    with pytest.raises(RuntimeError, match="closed"):
        registry.add("c", 3)
    assert (list(registry), len(registry), "a" in registry, registry.get("z")) == ([1], 1, True, None)


def test_visitors_are_numbers_of_their_tenant_and_never_contacts():
    assert visitor_id(1, "anon") == visitor_id(1, "anon") != visitor_id(2, "anon")
    assert 0 <= visitor_id(1, "anon") < ANONYMOUS_BIT
    assert person_id(visitor=5) == ANONYMOUS_BIT + 5
    assert person_id(contact_id=7, visitor=5) == 7
    assert person_id() == 0


def test_slugs_are_unambiguous():
    slug = new_slug(400)
    assert len(slug) == 400
    assert not set(slug) & set("0O1lI")


def test_secrets_are_unreadable_without_the_key(settings):
    sealed = seal_secret("aes key 密")
    assert "aes" not in sealed
    assert open_secret(sealed) == "aes key 密"
    settings.SECRET_KEY = "another key of the installation, long enough"
    with pytest.raises(InvalidToken):
        open_secret(sealed)


def test_tests_can_move_the_clock():
    before = clock.now()
    with clock.shifted(timedelta(days=3)):
        assert clock.now() - before >= timedelta(days=3)
    assert clock.now() - before < timedelta(minutes=1)


def test_clickhouse_is_not_asked_without_a_tenant(databases):
    with pytest.raises(NoTenantInQuery):
        rows(1, "SELECT 1")
    assert rows(7, "SELECT {tenant:UInt64} AS t") == [{"t": 7}]
