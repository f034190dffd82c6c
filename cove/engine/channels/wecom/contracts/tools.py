"""What a company keeps at WeCom as tools. Limits: documents 97297 (links), 95097 (words), 92366 (group welcomes)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cove.engine.channels.wecom.contracts.contents import Content, Link, at_most

MOST_MEMBERS = 500
MOST_WORDS = 300
WELCOME_BYTES = 3000
NICKNAME = "%NICKNAME%"

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]


class ToolState(StrEnum):
    """waiting: the platform has not answered yet; made: it is there as it stands here; failed: it is not, and `reason` says why."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"
    REMOVING = "removing"


class _Tool(BaseModel):
    model_config = ConfigDict(frozen=True)


class AcquisitionTool(_Tool):
    """A link that adds one of these members; `skip_verify`: without his consent each time."""

    kind: Literal["link"] = "link"
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
    member_ids: list[int] = Field(min_length=1, max_length=MOST_MEMBERS)
    skip_verify: bool = True


class WordsTool(_Tool):
    """Words that these members may not write to customers. `block`: they cannot be sent, else the member is warned.

    `semantics`: 1 phone numbers, 2 e-mail addresses, 3 red packets.
    """

    kind: Literal["words"] = "words"
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
    words: list[Word] = Field(min_length=1, max_length=MOST_WORDS)
    block: bool = True
    semantics: list[Literal[1, 2, 3]] = Field(default_factory=list, max_length=3)
    member_ids: list[int] = Field(min_length=1, max_length=MOST_MEMBERS)


class WelcomeTool(_Tool):
    """What newcomers of groups read; owners choose it in their own client. `name` is ours, the platform keeps none."""

    kind: Literal["welcome"] = "welcome"
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
    text: Annotated[str, Field(min_length=1), at_most(WELCOME_BYTES)]
    link_title: Annotated[str, at_most(128)] = ""
    link_url: Annotated[str, at_most(2048)] = ""
    tell_owners: bool = True

    def content(self) -> Content:
        """Return it as a message."""
        card = (Link(title=self.link_title, url=self.link_url),) if self.link_url and self.link_title else ()
        return Content(text=self.text, attachments=card)


Tool = Annotated[AcquisitionTool | WordsTool | WelcomeTool, Field(discriminator="kind")]


class ToolDraft(BaseModel):
    """One of the three, as it is asked for and kept."""

    tool: Tool

    @classmethod
    def of(cls, body: dict[str, Any]) -> Tool:
        """Return what `WecomTool.body` holds."""
        return cls.model_validate({"tool": body}).tool
