"""What a message to customers consists of. Limits: documents 92137 and 92135; sizes are bytes of UTF-8."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

TEXT_BYTES = 4000
MOST_ATTACHMENTS = 9


def at_most(size: int) -> AfterValidator:
    """Refuse texts of more than `size` bytes of UTF-8."""

    def check(text: str) -> str:
        if len(text.encode()) > size:
            raise ValueError(f"at most {size} bytes of UTF-8")
        return text

    return AfterValidator(check)


FileId = Annotated[int, Field(ge=1, lt=2**63)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Picture(_Part):
    kind: Literal["image"] = "image"
    file_id: FileId


class Link(_Part):
    """A card that opens a page; `picture_url` is public. In a moment its picture is the file `file_id` instead."""

    kind: Literal["link"] = "link"
    title: Annotated[str, Field(min_length=1), at_most(128)]
    url: Annotated[str, Field(pattern=r"^https?://"), at_most(2048)]
    description: Annotated[str, at_most(512)] = ""
    picture_url: Annotated[str, Field(pattern=r"^(https?://.*)?$"), at_most(2048)] = ""
    file_id: FileId | None = None


class MiniProgram(_Part):
    """A card that opens a page of a mini-program bound to the corp; `file_id` is its picture."""

    kind: Literal["miniprogram"] = "miniprogram"
    title: Annotated[str, Field(min_length=1), at_most(64)]
    app_id: Annotated[str, Field(min_length=1, max_length=64)]
    page: Annotated[str, Field(min_length=1, max_length=1024)]
    file_id: FileId


class Video(_Part):
    kind: Literal["video"] = "video"
    file_id: FileId


class Document(_Part):
    kind: Literal["file"] = "file"
    file_id: FileId


Attachment = Annotated[Picture | Link | MiniProgram | Video | Document, Field(discriminator="kind")]


class Content(_Part):
    """Text, attachments, or both.

    Files are named by their number here and uploaded when the message goes out: the platform keeps them for three days only.
    """

    text: Annotated[str, at_most(TEXT_BYTES)] = ""
    attachments: tuple[Attachment, ...] = Field(default=(), max_length=MOST_ATTACHMENTS)

    @model_validator(mode="after")
    def _says_something(self) -> Content:
        if not self.text and not self.attachments:
            raise ValueError("text or attachments")
        return self

    def file_ids(self) -> list[int]:
        """Return the files it needs, each once."""
        return list(dict.fromkeys(part.file_id for part in self.attachments if part.file_id is not None))

    def body(self, media_ids: dict[int, str]) -> dict[str, Any]:
        """Return it as the platform takes it; `media_ids` are what it calls our files."""
        body: dict[str, Any] = {"text": {"content": self.text}} if self.text else {}
        parts = [{"msgtype": part.kind, part.kind: _said(part, media_ids)} for part in self.attachments]
        return body | ({"attachments": parts} if parts else {})


def _said(part: Picture | Link | MiniProgram | Video | Document, media_ids: dict[int, str]) -> dict[str, Any]:
    if isinstance(part, Link):
        said = {"title": part.title, "url": part.url, "desc": part.description, "picurl": part.picture_url}
        if part.file_id is not None:
            # Moments know no address of a picture, and messages no file: documents 95094 and 92135.
            said = {"title": part.title, "url": part.url, "media_id": media_ids[part.file_id]}
        return {name: value for name, value in said.items() if value}
    if isinstance(part, MiniProgram):
        return {
            "title": part.title,
            "appid": part.app_id,
            "page": part.page,
            "pic_media_id": media_ids[part.file_id],
        }
    return {"media_id": media_ids[part.file_id]}
