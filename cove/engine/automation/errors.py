from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class UnknownAction(CoveError):
    code = "automation.unknown_action"
    status = 422
    words = Words("没有「{key}」这个动作，请重新选择动作", "There is no action “{key}”; choose another")


class InvalidParams(CoveError):
    code = "automation.invalid_params"
    status = 422
    words = Words(
        "动作的设置不正确（{names}），请重新设置", "The action is not set up rightly ({names}); set it up again"
    )
