from __future__ import annotations

from cove.engine.channels.wecom.client.line import Line
from cove.engine.channels.wecom.client.reading import understood
from cove.engine.channels.wecom.contracts.answers import Department, User
from cove.engine.channels.wecom.errors import WeComError

NO_RIGHT_TO_DETAILS = frozenset({48001, 48002, 60011})


async def list_departments(line: Line) -> list[Department]:
    """Return the departments the application may see (document 90208)."""
    document = await line.get("department/list")
    return [understood(Department, entry) for entry in document.get("department", [])]


async def list_users(line: Line, department_id: int) -> list[User]:
    """Return the members of one department (document 90201); by name only where the application may not see more (document 90200)."""
    try:
        document = await line.get("user/list", department_id=department_id)
    except WeComError as error:
        if error.errcode not in NO_RIGHT_TO_DETAILS:
            raise
        document = await line.get("user/simplelist", department_id=department_id)
    return [understood(User, entry) for entry in document.get("userlist", [])]


async def get_user(line: Line, userid: str) -> User:
    """Return one member (document 90196)."""
    return understood(User, await line.get("user/get", userid=userid))
