"""Tags that are renamed or deleted in WeCom's console are so here, and whoever has them keeps them."""

from __future__ import annotations

import pytest

from cove.directory.people import facade as people
from cove.engine.channels.wecom.models import WecomTag
from cove.engine.channels.wecom.tests.driving import hear, settle_all
from cove.facts.wecom import CallbackAccepted


@pytest.fixture
def library(actor, channel, platform):
    """A group of two tags of the platform that is known here; give the group, and a function that hears of a change."""
    group = platform.ask("POST", f"corps/{platform.corp_id}/tags", group="意向", names=["高", "低"])

    def change(kind, key, tag_type="tag"):
        event = {"Event": "change_external_tag", "ChangeType": kind, "Id": key, "TagType": tag_type}
        hear(CallbackAccepted(channel_id=channel.id, event=event))
        settle_all(actor)

    change("create", group["group_id"], "tag_group")
    return group, change


def cards(actor):
    rows = WecomTag.objects.order_by("id")
    found = people.tags_by_id(actor, [row.tag_id for row in rows])
    return {row.platform_id: found[row.tag_id] for row in rows}


def test_a_renamed_tag_keeps_its_number_here(actor, platform, library):
    group, change = library
    high = group["tag"][0]["id"]
    before = cards(actor)
    platform.ask("PATCH", f"corps/{platform.corp_id}/tags/{high}", name="很高")
    change("update", high)
    after = cards(actor)
    assert (after[high].id, after[high].name) == (before[high].id, "很高")
    platform.ask("PATCH", f"corps/{platform.corp_id}/tags/{group['group_id']}", name="购买意向")
    change("update", group["group_id"], "tag_group")
    assert {(one.id, one.group_id, one.group_name) for one in cards(actor).values()} == {
        (one.id, one.group_id, "购买意向") for one in before.values()
    }


def test_a_name_that_another_tag_has_here_leads_to_that_one(actor, platform, library):
    group, change = library
    high = group["tag"][0]["id"]
    ours = people.ensure_tags(actor, group="意向", names=["急"])["急"]
    platform.ask("PATCH", f"corps/{platform.corp_id}/tags/{high}", name="急")
    change("update", high)
    assert cards(actor)[high].id == ours.id


def test_a_group_takes_the_name_of_one_that_is_here(actor, platform, library):
    group, change = library
    ours = people.ensure_tags(actor, group="级别", names=["重要"])["重要"]
    before = cards(actor)
    platform.ask("PATCH", f"corps/{platform.corp_id}/tags/{group['group_id']}", name="级别")
    change("update", group["group_id"], "tag_group")
    assert {key: (one.id, one.group_id) for key, one in cards(actor).items()} == {
        key: (one.id, ours.group_id) for key, one in before.items()
    }


def test_what_is_deleted_there_is_known_no_more_and_other_words_are_passed_over(actor, platform, library):
    group, change = library
    high, low = [one["id"] for one in group["tag"]]
    change("shuffle", group["group_id"], "")
    platform.ask("DELETE", f"corps/{platform.corp_id}/tags/{high}")
    change("delete", high)
    assert list(cards(actor)) == [low]
    platform.ask("DELETE", f"corps/{platform.corp_id}/tags/{group['group_id']}")
    change("delete", group["group_id"], "tag_group")
    assert cards(actor) == {}
