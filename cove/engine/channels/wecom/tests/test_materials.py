"""Pictures, videos, documents and cards in mass messages: uploaded by a page, checked, shown again, and on the customer's phone."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cove.engine.channels.wecom.models import WecomMassTask
from cove.engine.channels.wecom.tests.driving import settle_all
from cove.engine.channels.wecom.tests.test_mass_pages import URL
from cove.kernel.files.models import StoredFile
from cove.kernel.files.purpose import file_purposes
from cove.kernel.files.store import store_file

MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(64)
PDF = b"%PDF-1.7\n" + bytes(64)


def painted(kind: str = "PNG", size=(64, 48)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#0b6e4f").save(target, kind)
    return target.getvalue()


def office(part: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr(part, "<x/>")
    return target.getvalue()


@pytest.fixture
def upload(browser_client, administrator):
    """Give a function that uploads a file as the form does; it answers with the response."""

    def send(content: bytes, name: str, use: str = "image"):
        return browser_client.post("/api/wecom-files", {"file": SimpleUploadedFile(name, content), "use": use})

    return send


@pytest.fixture
def order(browser_client, administrator, actor):
    def send(*attachments, **fields):
        body = {"name": "新品", "text": "", "aim": {"kind": "customers"}, "attachments": list(attachments), **fields}
        answer = browser_client.post(URL, body, content_type="application/json")
        settle_all(actor)
        return answer

    return send


def phone_of(platform, person):
    chats = platform.ask("GET", f"persons/{person}/phone")["chats"]
    return [one["kind"] for chat in chats for one in chat["messages"] if one["sender"] == "member"]


def test_everything_a_message_can_carry_reaches_the_phone(order, upload, browser_client, actor, platform, friends):
    ((_, phone, _),) = friends(1)
    picture = upload(painted(), "店铺.png").json()["id"]
    video = upload(MP4, "开箱.mp4", "video").json()["id"]
    document = upload(PDF, "手册.pdf", "file").json()["id"]
    answer = order(
        {"kind": "image", "file_id": picture},
        {"kind": "video", "file_id": video},
        {"kind": "file", "file_id": document},
        {"kind": "link", "title": "官网", "url": "https://shop.example/", "description": "看看"},
        {"kind": "miniprogram", "title": "商城", "app_id": "wx1234", "page": "pages/home.html", "file_id": picture},
    )
    assert answer.status_code == 201, answer.content
    platform.ask("POST", f"mass/{WecomMassTask.objects.get().msgid}/members/ChenYuqing")
    assert phone_of(platform, phone) == ["image", "video", "file", "link", "mini"]
    shown = browser_client.get(f"{URL}/{answer.json()[0]['id']}").json()["attachments"]
    assert [(one["kind"], (one["file"] or {}).get("name", one["title"])) for one in shown] == [
        ("image", "店铺.jpg"),
        ("video", "开箱.mp4"),
        ("file", "手册.pdf"),
        ("link", "官网"),
        ("miniprogram", "店铺.jpg"),
    ]
    stored = browser_client.get(f"/api/files/{picture}")
    assert b"".join(stored.streaming_content).startswith(b"\xff\xd8")
    stored.close()


def test_an_upload_whose_answer_is_lost_leaves_no_doubt_about_the_message(order, upload, actor, platform, friends):
    friends(1)
    picture = upload(painted(), "店铺.png").json()["id"]
    platform.fault("media/upload", "drop", after=True)
    order({"kind": "image", "file_id": picture})
    assert WecomMassTask.objects.get().state == "made"
    assert len(platform.calls("externalcontact/add_msg_template")) == 1


@pytest.mark.parametrize(
    ("content", "name", "use", "status"),
    [
        (painted("WEBP"), "图.webp", "image", 201),
        (office("word/document.xml"), "合同.docx", "file", 201),
        (office("ppt/presentation.xml"), "介绍.pptx", "file", 201),
        (MP4, "片.mp4", "image", 415),
        (painted(), "图.png", "file", 415),
        (b"\x00\x00\x00\x20ftypqt  " + bytes(64), "片.mov", "video", 415),
        (b"<svg onload='x'/>", "图.svg", "image", 415),
        (b"", "空.pdf", "file", 422),
        (b"%PDF-1.7" + bytes(20 << 20), "大.pdf", "file", 413),
    ],
    ids=["webp", "docx", "pptx", "video-as-picture", "picture-as-file", "mov", "svg", "empty", "large"],
)
def test_files_are_what_their_use_wants(upload, content, name, use, status):
    answer = upload(content, name, use)
    assert answer.status_code == status, answer.content
    if status != 201:
        assert "file" in answer.json()["error"]["fields"]


def test_a_file_that_cannot_be_sent_is_named(order, upload, channel, actor, administrator):
    document = upload(PDF, "手册.pdf", "file").json()["id"]
    purpose = next(one for one in file_purposes if one.key != "wecom.material")
    other = store_file(
        actor, name="x.png", media_type="image/png", write=[painted()], purpose=purpose, keep_for=None
    ).id
    link = {"kind": "link", "title": "x", "url": "https://shop.example/", "file_id": document}
    for part in (
        {"kind": "image", "file_id": document},
        {"kind": "image", "file_id": other},
        {"kind": "file", "file_id": 10**12},
        link,
    ):
        answer = order(part)
        assert (answer.status_code, list(answer.json()["error"]["fields"])) == (422, ["attachments"]), answer.content
    assert WecomMassTask.objects.count() == 0


def test_a_message_whose_file_is_over_says_so(order, upload, browser_client, friends):
    friends(1)
    picture = upload(painted(), "店铺.png").json()["id"]
    made = order({"kind": "image", "file_id": picture}).json()[0]["id"]
    StoredFile.objects.filter(id=picture).delete()
    (part,) = browser_client.get(f"{URL}/{made}").json()["attachments"]
    assert (part["kind"], part["file"]) == ("image", None)
