from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class InvalidRule(CoveError):
    """A rule that cannot be read; `fields` maps the path of each faulty node (``rule.all.0.value``) to what is wrong and the remedy."""

    code = "audiences.invalid_rule"
    status = 422
    words = Words("圈选规则有误，请修改标出的部分", "The rule is not right; mend the marked parts")
