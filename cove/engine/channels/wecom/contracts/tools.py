"""What a company keeps at WeCom as tools. Documents 97297 (links), 95097 (words), 92366 (group welcomes), 92229 (codes of groups)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cove.engine.channels.wecom.contracts.contents import Attachment, Content, at_most

MOST_MEMBERS = 500
MOST_WORDS = 300
WELCOME_BYTES = 3000
MOST_GROUPS = 5
MOST_DIGITS = 18
STATE_PREFIX = "wt_"
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
    """What newcomers of groups read, with at most one card or file; owners choose it in their own client.

    `name` is ours, the platform keeps none.
    """

    kind: Literal["welcome"] = "welcome"
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
    text: Annotated[str, Field(min_length=1), at_most(WELCOME_BYTES)]
    attachments: tuple[Attachment, ...] = Field(default=(), max_length=1)
    tell_owners: bool = True

    @model_validator(mode="before")
    @classmethod
    def _of_before(cls, said: Any) -> Any:
        # What was kept before welcomes could carry more than a link.
        if not isinstance(said, dict) or not (said.get("link_title") and said.get("link_url")):
            return said
        card = {"kind": "link", "title": said["link_title"], "url": said["link_url"]}
        return {"attachments": [card]} | said

    def content(self) -> Content:
        """Return it as a message."""
        return Content(text=self.text, attachments=self.attachments)


class JoinTool(_Tool):
    """A code that leads into one of these groups. `new_groups`: what groups are called that the platform makes when all are full."""

    kind: Literal["join"] = "join"
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
    group_ids: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field(min_length=1, max_length=MOST_GROUPS)
    new_groups: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""


Tool = Annotated[AcquisitionTool | WordsTool | WelcomeTool | JoinTool, Field(discriminator="kind")]


def state_of(tool_id: int) -> str:
    """Return what a link or code of ours carries, so that the platform says by which of them somebody came."""
    return f"{STATE_PREFIX}{tool_id}"


def tool_of_state(state: str) -> int | None:
    """Return the number of the tool whose state this is; None for other states."""
    number = state.removeprefix(STATE_PREFIX)
    known = state.startswith(STATE_PREFIX) and number.isascii() and number.isdecimal()
    return int(number) if known and len(number) <= MOST_DIGITS else None


class ToolDraft(BaseModel):
    """One of the three, as it is asked for and kept."""

    tool: Tool

    @classmethod
    def of(cls, body: dict[str, Any]) -> Tool:
        """Return what `WecomTool.body` holds."""
        return cls.model_validate({"tool": body}).tool
