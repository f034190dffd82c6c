"""What a code's welcome carries beside its text: files and cards, held as long as a code needs them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cove.business.live_codes.models import LiveCode
from cove.engine.channels.wecom.permissions import MATERIAL
from cove.kernel import clock
from cove.kernel.files.models import StoredFile
from cove.kernel.files.store import store_file

JSON = {"content_type": "application/json"}
LINK = {"kind": "link", "title": "秋季样册", "url": "https://www.example.com/catalogue"}


@pytest.fixture
def picture(actor, administrator):
    """Give a function that keeps a picture for messages as the upload does; it answers with the file's number."""

    def keep(name="展厅.png"):
        usual = timedelta(days=180)
        file = store_file(actor, name=name, media_type="image/png", write=[b"png"], purpose=MATERIAL, keep_for=usual)
        return file.id

    return keep


@pytest.fixture
def make(browser_client, members, asked):
    def send(name, *attachments, **more):
        body = {"name": name, "members": [{"member_id": members[0].id}], "welcome_text": "您好", **more}
        return browser_client.post("/api/live-codes", {**body, "welcome_attachments": list(attachments)}, **JSON)

    return send


def image(file_id):
    return {"kind": "image", "file_id": file_id}


def held(file_id):
    return StoredFile.objects.get(id=file_id).expires_at is None


def test_what_a_welcome_carries_is_shown_again(browser_client, make, picture):
    made = make("甲", image(picture()), LINK).json()
    shown = made["welcome_attachments"]
    assert [(one["kind"], one["title"]) for one in shown] == [("image", ""), ("link", "秋季样册")]
    assert shown[0]["file"]["name"] == "展厅.png"
    assert browser_client.get("/api/live-codes").json()["items"][0]["welcome_attachments"] == shown
    changed = browser_client.patch(f"/api/live-codes/{made['id']}", {"welcome_text": "欢迎"}, **JSON).json()
    assert changed["welcome_attachments"] == shown


def test_files_are_held_while_a_code_needs_them(browser_client, make, picture):
    file_id = picture()
    first, second = (make(name, image(file_id)).json()["id"] for name in ("甲", "乙"))
    assert held(file_id)
    browser_client.patch(f"/api/live-codes/{first}", {"welcome_attachments": [LINK]}, **JSON)
    assert held(file_id), "the other code needs it"
    browser_client.delete(f"/api/live-codes/{second}")
    assert StoredFile.objects.get(id=file_id).expires_at > clock.now() + timedelta(days=179)
    browser_client.post(f"/api/live-codes/{second}/restore")
    assert held(file_id)


def test_of_several_files_those_go_that_no_code_needs(browser_client, make, picture):
    mine, shared, kept = picture(), picture(), picture()
    first = make("甲", image(mine), image(shared), image(kept)).json()["id"]
    make("乙", image(shared), LINK)
    browser_client.patch(f"/api/live-codes/{first}", {"welcome_attachments": [image(kept)]}, **JSON)
    assert [held(one) for one in (mine, shared, kept)] == [False, True, True]


def test_what_a_colleague_put_there_stays_when_the_rest_is_changed(browser_client, make, picture):
    file_id = picture()
    made = make("甲", image(file_id)).json()
    StoredFile.objects.filter(id=file_id).update(expires_at=clock.now())
    path = f"/api/live-codes/{made['id']}"
    answer = browser_client.patch(path, {"welcome_attachments": [image(file_id), LINK]}, **JSON)
    assert answer.status_code == 200, answer.content
    assert answer.json()["welcome_attachments"][0]["file"] is None
    other = picture()
    StoredFile.objects.filter(id=other).update(expires_at=clock.now())
    answer = browser_client.patch(path, {"welcome_attachments": [image(other)]}, **JSON)
    assert answer.json()["error"]["fields"].keys() == {"welcome_attachments"}


@pytest.mark.parametrize(
    ("attachments", "more", "field"),
    [
        ([LINK], {"welcome_text": ""}, "welcome_text"),
        ([image(999_999)], {}, "welcome_attachments"),
        ([LINK | {"url": "javascript:alert(1)"}], {}, "welcome_attachments.0.link.url"),
        ([LINK] * 10, {}, "welcome_attachments"),
    ],
)
def test_what_cannot_be_sent_is_refused_by_name(make, attachments, more, field):
    answer = make("甲", *attachments, **more)
    assert answer.status_code == 422
    assert field in answer.json()["error"]["fields"]
    assert not LiveCode.objects.filter(name="甲").exists()


def test_a_picture_of_a_link_is_an_address(make, picture):
    answer = make("甲", LINK | {"file_id": picture()})
    assert answer.json()["error"]["fields"].keys() == {"welcome_attachments"}
