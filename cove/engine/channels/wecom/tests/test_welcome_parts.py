"""Welcomes with pictures and cards, up to the customer's phone."""

from __future__ import annotations

from datetime import timedelta

from cove.engine.channels.delivery.models import Delivery
from cove.engine.channels.wecom.permissions import MATERIAL
from cove.engine.channels.wecom.tests.driving import deliver_all, facts_of
from cove.engine.channels.wecom.tests.test_deliveries import _callback_address, greet  # noqa: F401 -- fixtures
from cove.engine.channels.wecom.tests.test_materials import painted, phone_of
from cove.kernel.files.store import delete_file, store_file

LINK = {"kind": "link", "title": "秋季样册", "url": "https://www.example.com/catalogue"}
UPLOAD = "media/upload"


def kept_picture(actor):
    month = timedelta(days=30)
    write = [painted()]
    return store_file(actor, name="展厅.png", media_type="image/png", write=write, purpose=MATERIAL, keep_for=month).id


def test_a_welcome_brings_its_picture_and_its_card(actor, platform, greet):  # noqa: F811 -- fixture
    parts = [{"kind": "image", "file_id": kept_picture(actor)}, LINK]
    first, second = greet(attachments=parts), greet(attachments=parts)
    deliver_all(actor)
    assert phone_of(platform, first) == phone_of(platform, second) == ["text", "image", "link"]
    assert 1 <= len(platform.calls(UPLOAD)) <= 2, "what the platform has is not brought again"
    for sent in facts_of(actor, "delivery.welcome_sent"):
        assert (sent["payload"]["parts"], sent["payload"]["titles"]) == (["image", "link"], ["展厅.png", "秋季样册"])


def test_a_picture_that_is_gone_keeps_nobody_from_being_greeted(actor, platform, greet):  # noqa: F811 -- fixture
    file_id = kept_picture(actor)
    delete_file(actor, file_id)
    person = greet(attachments=[{"kind": "image", "file_id": file_id}, LINK])
    deliver_all(actor)
    assert phone_of(platform, person) == ["text", "link"]
    assert Delivery.objects.get(kind="wecom.send_welcome").state == "sent"
    (sent,) = facts_of(actor, "delivery.welcome_sent")
    assert (sent["payload"]["parts"], sent["payload"]["titles"]) == (["link"], ["秋季样册"])
