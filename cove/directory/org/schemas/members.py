from __future__ import annotations

from pydantic import BaseModel


class MemberAnswer(BaseModel):
    id: int
    name: str
    email: str | None
    departments: list[str]
    active: bool
    wecom_userid: str | None
