"""Judging the lines of a list of members: what each would do, and what is wrong with it. Nothing is written here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from cove.directory.org.commands.members import BAD_EMAIL, BAD_PHONE, EMAIL, PHONE
from cove.directory.org.errors import EmailTaken, ImportHeadUnknown, MemberAbove, OwnersAccount
from cove.directory.org.models import Department, Member, Role
from cove.directory.org.models.departments import DEEPEST
from cove.directory.org.queries.actors import added_up
from cove.kernel.actor import Actor
from cove.kernel.uploads import Table
from cove.kernel.words import Words

LONGEST_NAME = 64
_BETWEEN_PATHS = re.compile(r"[;；\n]")
_BETWEEN_LEVELS = re.compile(r"[/／\\]")

HEADS: dict[str, Words] = {
    "name": Words("姓名", "Name"),
    "email": Words("邮箱", "E-mail"),
    "phone": Words("手机", "Phone"),
    "job_title": Words("职务", "Job title"),
    "departments": Words("部门", "Departments"),
    "userid": Words("企业微信账号", "WeCom user ID"),
}
_SPELLINGS = {
    spelling.casefold(): key
    for key, words in HEADS.items()
    for spelling in (words.zh, words.en, words.en.replace("-", ""), key, words.zh.removesuffix("账号") + "userid")
} | {"手机号": "phone", "电子邮箱": "email", "职位": "job_title", "所属部门": "departments"}

_NAME_MISSING = Words("请填写姓名", "Fill in the name")
_TOO_LONG = Words("超过 64 个字，请缩短", "More than 64 characters; shorten it")
_KEY_MISSING = Words(
    "请填写邮箱或企业微信账号，以便识别同一成员", "Give an e-mail or a WeCom user ID to know the member by"
)
_TWICE = Words("文件中有重复的邮箱或账号，请只保留一行", "The file has it twice; keep one line")
_UNKNOWN_USERID = Words(
    "没有这个企业微信账号的成员，请先同步企业微信或清空此列",
    "No member has this WeCom ID; synchronise first or leave it empty",
)
_OTHER_EMAIL = Words("与该成员已有邮箱不同，请在成员页面修改", "The member has another e-mail; change it on his page")
_INACTIVE = Words("该成员已停用，请先在成员页面恢复", "The member is deactivated; let him come back on his page first")
_UNKNOWN_PATH = Words(
    "部门不存在，请核对路径，或选择自动创建部门",
    "There is no such department; check the path, or have departments created",
)
_BAD_PATH = Words(
    "部门路径有空的层级、过长或超过 15 级，请修改", "The path has an empty, too long or 16th level; mend it"
)


@dataclass(slots=True)
class Line:
    """A line as it will be written; `action`: create, change, or fill (WeCom keeps him: only what it does not tell is added)."""

    row: int
    name: str
    email: str
    phone: str
    job_title: str
    departments: list[list[str]]
    userid: str
    action: str = "create"
    faults: list[dict[str, str]] = field(default_factory=list)

    def fault(self, column: str, words: Words, **values: Any) -> None:
        """Note what is wrong in a column, with its remedy."""
        both = {"zh": words.zh.format_map(values), "en": words.en.format_map(values)}
        self.faults.append({"column": column} | both)

    def document(self) -> dict[str, Any]:
        """Return the line as it is kept."""
        return asdict(self)


@dataclass(slots=True)
class Known:
    """What is there already: members by e-mail and by userid, departments by path, and which members the actor may not touch."""

    by_email: dict[str, Member]
    by_userid: dict[str, Member]
    paths: dict[tuple[str, ...], int]
    above: frozenset[int]
    owners: frozenset[int]


def lines_of(name: str, table: Table) -> list[Line]:
    """Return a table's lines by our columns. Raises ImportHeadUnknown if the name, or both keys, have no column."""
    columns = {
        key: place
        for place, head in reversed(list(enumerate(table.head)))
        if (key := _SPELLINGS.get(head.strip(" *＊").casefold())) is not None
    }
    missing = [HEADS[key] for key in ("name",) if key not in columns]
    if "email" not in columns and "userid" not in columns:
        missing.append(HEADS["email"])
    if missing:
        raise ImportHeadUnknown(
            fields={"file": ImportHeadUnknown.words},
            name=name,
            columns="、".join(f"{one.zh} {one.en}" for one in missing),
        )

    def cell(row: Sequence[str], key: str) -> str:
        text = row[columns[key]] if key in columns else ""
        # Our own lists of faults put an apostrophe before what a spreadsheet would compute.
        return text[1:] if text.startswith(("'=", "'+", "'-", "'@")) else text

    return [
        Line(
            row=number,
            name=cell(row, "name"),
            email=cell(row, "email").lower(),
            phone=cell(row, "phone"),
            job_title=cell(row, "job_title"),
            departments=split_paths(cell(row, "departments")),
            userid=cell(row, "userid"),
        )
        for number, row in table.rows
    ]


def split_paths(text: str) -> list[list[str]]:
    """Return the department paths in a cell, such as 总部/销售部; several are separated by semicolons."""
    return [
        [level.strip() for level in _BETWEEN_LEVELS.split(path.strip())]
        for path in _BETWEEN_PATHS.split(text)
        if path.strip()
    ]


def known_for(actor: Actor, lines: Iterable[Line]) -> Known:
    """Read what the lines may meet, in a fixed number of statements."""
    listed = list(lines)
    by_email = {
        row.email or "": row for row in Member.objects.filter(email__in={one.email for one in listed if one.email})
    }
    userids = {one.userid.lower() for one in listed if one.userid}
    outside = Member.objects.filter(wecom_userid__isnull=False) if userids else Member.objects.none()
    by_userid = {key: row for row in outside if (key := (row.wecom_userid or "").lower()) in userids}
    met = {row.id: row for row in [*by_email.values(), *by_userid.values()]}
    owners = frozenset(key for key, row in met.items() if row.installation_owner and key != actor.member_id)
    return Known(by_email, by_userid, paths_of_departments(), _above(actor, met), owners)


def paths_of_departments() -> dict[tuple[str, ...], int]:
    """Return the id of each department by its names from the top, in lower case."""
    rows = {row.id: row for row in Department.objects.order_by("-id")}
    paths: dict[tuple[str, ...], int] = {}
    for row in rows.values():
        names: list[str] = []
        above: Department | None = row
        while above is not None and len(names) <= len(rows):
            names.append(above.name.casefold())
            above = rows.get(above.parent_id) if above.parent_id is not None else None
        paths[tuple(reversed(names))] = row.id
    return paths


def _above(actor: Actor, met: Collection[int]) -> frozenset[int]:
    if actor.kind == "system":
        return frozenset()
    held: dict[int, list[Role]] = {}
    roles = {role.id: role for role in Role.objects.all()}
    for member_id, role_id in Member.objects.filter(id__in=met, grants__isnull=False).values_list(
        "id", "grants__role_id"
    ):
        held.setdefault(member_id, []).append(roles[role_id])
    mine = set(actor.rights)
    return frozenset(
        one for one, theirs in held.items() if one != actor.member_id and not set(added_up(theirs)) <= mine
    )


def judge(lines: Sequence[Line], known: Known, *, create_departments: bool) -> None:
    """Give each line its action and its faults."""
    seen = Counter(key for line in lines for key in _keys(line, known))
    for line in lines:
        _judge_texts(line)
        if any(seen[key] > 1 for key in _keys(line, known)):
            line.fault("email" if line.email else "userid", _TWICE)
        _judge_match(line, known)
        for path in line.departments:
            _judge_path(line, path, known.paths, create=create_departments)


def match(line: Line, known: Known) -> Member | None:
    """Return the member that a line means: by userid, else by e-mail."""
    by_userid = known.by_userid.get(line.userid.lower()) if line.userid else None
    return by_userid or (known.by_email.get(line.email) if line.email else None)


def _keys(line: Line, known: Known) -> set[str]:
    """Return whom a line is about, in every way it says so: two lines may name one member by e-mail and by userid."""
    keys = {f"e:{line.email}"} if line.email else set()
    if line.userid:
        keys.add(f"u:{line.userid.lower()}")
    found = match(line, known)
    return keys | ({f"m:{found.id}"} if found else set())


def _judge_texts(line: Line) -> None:
    if not line.name:
        line.fault("name", _NAME_MISSING)
    for column in ("name", "job_title", "userid"):
        if len(getattr(line, column)) > LONGEST_NAME:
            line.fault(column, _TOO_LONG)
    if line.email and (len(line.email) > 254 or not EMAIL.fullmatch(line.email)):  # noqa: PLR2004 -- RFC 5321
        line.fault("email", BAD_EMAIL)
    if line.phone and not PHONE.fullmatch(line.phone):
        line.fault("phone", BAD_PHONE)
    if not line.email and not line.userid:
        line.fault("email", _KEY_MISSING)


def _judge_match(line: Line, known: Known) -> None:
    by_userid = known.by_userid.get(line.userid.lower()) if line.userid else None
    by_email = known.by_email.get(line.email) if line.email else None
    if line.userid and by_userid is None:
        line.fault("userid", _UNKNOWN_USERID)
    if by_userid is not None and by_email is not None and by_userid.id != by_email.id:
        line.fault("email", EmailTaken.words, email=line.email, name=by_email.name)
    found = by_userid or by_email
    if found is None:
        return
    line.action = "fill" if found.wecom_userid is not None else "change"
    if by_userid is not None and line.email and by_userid.email not in (None, line.email):
        line.fault("email", _OTHER_EMAIL)
    if not found.active:
        line.fault("name", _INACTIVE)
    if found.id in known.owners:
        line.fault("name", OwnersAccount.words, name=found.name)
    elif found.id in known.above:
        line.fault("name", MemberAbove.words, name=found.name)


def _judge_path(line: Line, path: list[str], paths: Mapping[tuple[str, ...], int], *, create: bool) -> None:
    if len(path) > DEEPEST or any(not level or len(level) > LONGEST_NAME for level in path):
        line.fault("departments", _BAD_PATH)
    elif not create and tuple(level.casefold() for level in path) not in paths:
        line.fault("departments", _UNKNOWN_PATH)
