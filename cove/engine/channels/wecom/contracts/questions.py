"""Cards with buttons that members are asked by. Limits: documents 90236, 94888."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MOST_BUTTONS = 6


class Button(BaseModel):
    """`key` comes back when it is pressed, `text` is what it says."""

    model_config = ConfigDict(frozen=True)

    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]


class Question(BaseModel):
    """A card with up to six buttons; `closing` stands in their place once one was pressed, ``{button}`` in it for what was chosen."""

    model_config = ConfigDict(frozen=True)

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=26)]
    text: Annotated[str, StringConstraints(max_length=112)] = ""
    buttons: tuple[Button, ...] = Field(min_length=1, max_length=MOST_BUTTONS)
    closing: Annotated[str, StringConstraints(min_length=1, max_length=30)] = "{button}"
