"""What can be said in customer service, kind by kind (documents 94677, 95122). Sizes are bytes of UTF-8; media ids are the platform's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from cove.engine.channels.wecom.contracts.contents import at_most

MOST_ENTRIES = 10
Needed = Field(min_length=1)
Url = Annotated[str, Field(pattern=r"^https?://"), at_most(2048)]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    msgtype: str

    def body(self) -> dict[str, Any]:
        """Return it as the platform takes it: the kind, and under its name the content."""
        said = self.model_dump(mode="json", exclude={"msgtype"}, exclude_defaults=True)
        return {"msgtype": self.msgtype, self.msgtype: said}


class KfText(_Said):
    """Words; the platform refuses an empty text and one of more than 2048 bytes (45002), and its refusal is what a member is shown."""

    msgtype: Literal["text"] = "text"
    content: str


class KfFile(_Said):
    """A picture, a voice message (AMR), a video (MP4) or any file that was uploaded (document 90253)."""

    msgtype: Literal["image", "voice", "video", "file"]
    media_id: Annotated[str, Needed]


class KfLink(_Said):
    """A card that opens a page; the platform cuts longer titles and descriptions."""

    msgtype: Literal["link"] = "link"
    title: Annotated[str, Needed, at_most(128)]
    desc: Annotated[str, at_most(512)] = ""
    url: Url
    thumb_media_id: Annotated[str, Needed]


class KfMiniProgram(_Said):
    """A card that opens a page of a mini-program."""

    msgtype: Literal["miniprogram"] = "miniprogram"
    appid: Annotated[str, Needed, at_most(32)]
    title: Annotated[str, at_most(64)] = ""
    thumb_media_id: Annotated[str, Needed]
    pagepath: Annotated[str, Needed, at_most(1024)]


class KfLocation(_Said):
    """A place; degrees, north and east are above nought."""

    msgtype: Literal["location"] = "location"
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    name: str = ""
    address: str = ""


class KfBusinessCard(_Said):
    """The card of a member, who can be added by it."""

    msgtype: Literal["business_card"] = "business_card"
    userid: Annotated[str, Needed]


class KfAcquisitionLink(_Said):
    """An acquisition link of the corp (document 97297)."""

    msgtype: Literal["ca_link"] = "ca_link"
    link_url: Url


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Click(_Entry):
    """An entry that answers: it comes back as a text with `id` as its `menu_id`."""

    id: Annotated[str, at_most(64)] = ""
    content: Annotated[str, Needed, at_most(128)]


class View(_Entry):
    url: Url
    content: Annotated[str, Needed, at_most(1024)]


class Mini(_Entry):
    appid: Annotated[str, Needed, at_most(32)]
    pagepath: Annotated[str, Needed, at_most(1024)]
    content: Annotated[str, Needed, at_most(1024)]


class Plain(_Entry):
    """A line of text between entries."""

    content: Annotated[str, Needed, at_most(256)]


ENTRIES: dict[type[_Entry], str] = {Click: "click", View: "view", Mini: "miniprogram", Plain: "text"}


class KfMenu(_Said):
    """Entries to press, with words before and behind them."""

    msgtype: Literal["msgmenu"] = "msgmenu"
    head: Annotated[str, at_most(1024)] = ""
    entries: Annotated[tuple[Click | View | Mini | Plain, ...], Field(min_length=1, max_length=MOST_ENTRIES)]
    tail: Annotated[str, at_most(1024)] = ""

    def body(self) -> dict[str, Any]:
        """Return it as the platform takes it: each entry under the name of its kind."""
        entries = [
            {"type": (kind := ENTRIES[type(one)]), kind: one.model_dump(exclude_defaults=True)} for one in self.entries
        ]
        words = {"head_content": self.head, "tail_content": self.tail}
        return {
            "msgtype": "msgmenu",
            "msgmenu": {"list": entries} | {name: text for name, text in words.items() if text},
        }


KfContent = KfText | KfFile | KfLink | KfMiniProgram | KfMenu | KfLocation | KfBusinessCard | KfAcquisitionLink
