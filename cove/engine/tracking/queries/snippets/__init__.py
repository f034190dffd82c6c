"""Typed code out of the plan in force: one function for each live event, the same text for the same version, whenever it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cove.engine.tracking.queries.checking import Plan
from cove.engine.tracking.queries.snippets.python import python_code
from cove.engine.tracking.queries.snippets.typescript import typescript_code
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Snippet:
    """A language in which the plan can be had: the file's name, what it is for, and how it is written."""

    file: str
    label: Words
    write: Callable[[Plan], str]


SNIPPETS: dict[str, Snippet] = {
    "web": Snippet("cove-plan.ts", Words("网页（TypeScript）", "Web (TypeScript)"), typescript_code),
    "miniprogram": Snippet(
        "cove-plan.ts",
        Words("小程序（TypeScript）", "Mini-program (TypeScript)"),
        lambda plan: typescript_code(plan, sdk="@cove/miniprogram"),
    ),
    "python": Snippet("cove_plan.py", Words("服务端（Python）", "Server (Python)"), python_code),
}
