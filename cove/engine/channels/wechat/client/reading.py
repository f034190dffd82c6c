"""Reading the platform's documents into what Cove knows of them."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cove.engine.channels.wechat.errors import WechatNoAnswer

M = TypeVar("M", bound=BaseModel)


def understood(model: type[M], document: Any) -> M:
    """Return `document` as `model`; raises WechatNoAnswer if it is not what the platform's documents promise."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise WechatNoAnswer(reason=str(error)[:500]) from error
