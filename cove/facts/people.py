"""What happens to people in the directory."""

from __future__ import annotations

from typing import ClassVar, Literal

from cove.kernel.log.fact import Fact, Holds
from cove.kernel.words import Words


class ContactAdmitted(
    Fact,
    kind="people.contact_admitted",
    label=Words("成为联系人", "Became a contact"),
    caption=Words("成为联系人", "Became a contact"),
):
    """A person became known for the first time, by the identity given."""

    sensitive: ClassVar[dict[str, Holds]] = {
        "identity_value": Holds(
            by="identity_kind",
            keys={
                "phone": "people.phone",
                "email": "people.email",
                "wecom_external": "people.wechat_id",
                "wechat_openid": "people.wechat_id",
                "unionid": "people.wechat_id",
            },
        )
    }
    impersonal: ClassVar[frozenset[str]] = frozenset({"identity_kind"})

    contact_id: int
    source: str
    identity_kind: str
    identity_value: str


class ContactChanged(
    Fact,
    kind="people.contact_changed",
    label=Words("资料更新", "Profile changed"),
    caption=Words("更新了资料：{fields_here}", "Profile changed: {fields_here}"),
):
    impersonal: ClassVar[frozenset[str]] = frozenset({"fields"})

    contact_id: int
    member_id: int | None = None
    source: str = "console"
    fields: list[str]


class VisitorJoined(
    Fact,
    kind="people.visitor_joined",
    label=Words("访客身份识别", "Visitor recognised"),
    caption=Words(
        "识别为此前的匿名访客，历史行为已归入",
        "Recognised as an earlier anonymous visitor; the history was joined",
    ),
):
    """An anonymous visitor turned out to be this contact: what he did before belongs to the contact from now on."""

    contact_id: int
    visitor_id: int
    source: str
    how: Literal["live_code", "identify", "link", "wechat", "miniprogram"]


class ContactsMerged(
    Fact,
    kind="people.contacts_merged",
    label=Words("合并联系人", "Contacts merged"),
    caption=Words("与重复的联系人「{name}」合并", "Merged with the duplicate contact “{name}”"),
):
    """Members say that two contacts are one person. `contact_id` is the one that stays.

    `contacts` lead to him from now on, whoever was merged first, then those who led to that one before; `visitors` are all that these were.
    """

    contact_id: int
    member_id: int | None = None
    source: str = "console"
    name: str
    contacts: list[int]
    visitors: list[int]


class MergeUndone(
    Fact,
    kind="people.merge_undone",
    label=Words("撤销合并", "Merge undone"),
    caption=Words("撤销与「{name}」的合并", "The merge with “{name}” was undone"),
):
    """They were not one person after all. `contacts` and `visitors`, as in ContactsMerged, are from now on of the first of `contacts`."""

    contact_id: int
    member_id: int | None = None
    source: str = "console"
    name: str
    contacts: list[int]
    visitors: list[int]


class ContactTagged(
    Fact,
    kind="people.contact_tagged",
    label=Words("打标签", "Tagged"),
    caption=Words("打上标签「{tags_here}」", "Tagged “{tags_here}”"),
):
    impersonal: ClassVar[frozenset[str]] = frozenset({"tag_ids", "tag_names"})

    contact_id: int
    member_id: int | None = None
    source: str
    tag_ids: list[int]
    tag_names: list[str]


class ContactUntagged(
    Fact,
    kind="people.contact_untagged",
    label=Words("移除标签", "Tag removed"),
    caption=Words("移除标签「{tags_here}」", "Removed the tag “{tags_here}”"),
):
    impersonal: ClassVar[frozenset[str]] = frozenset({"tag_ids", "tag_names"})

    contact_id: int
    member_id: int | None = None
    source: str
    tag_ids: list[int]
    tag_names: list[str]


class NoteWritten(
    Fact,
    kind="people.note_written",
    label=Words("跟进记录", "Note"),
    caption=Words("{text}", "{text}"),
):
    contact_id: int
    member_id: int | None = None
    source: str = "console"
    text: str


class NoteDeleted(
    Fact,
    kind="people.note_deleted",
    label=Words("删除跟进记录", "Note deleted"),
    caption=Words("删除了自己的一条跟进记录", "Deleted an own note"),
):
    """Who wrote a note deleted it. `note_id` is the position of its fact, whose text is gone."""

    contact_id: int
    member_id: int
    source: str = "console"
    note_id: int


class ContactHandedOver(
    Fact,
    kind="people.contact_handed_over",
    label=Words("客户交接", "Handed over"),
    caption=Words(
        "由 {from_name} 交接给 {member_name}{why_here}", "Handed over by {from_name} to {member_name}{why_here}"
    ),
):
    """A member follows the contact in another's place. `why` is what was written beside it. Channels may do the same on their platform."""

    contact_id: int
    member_id: int
    member_name: str
    source: str = "console"
    from_id: int
    from_name: str
    why: str = ""
    change_set_id: int


class ContactTakenBack(
    Fact,
    kind="people.contact_taken_back",
    label=Words("撤销交接", "Hand-over undone"),
    caption=Words("撤销交接，恢复由 {member_name} 跟进", "The hand-over was undone; {member_name} follows again"),
):
    contact_id: int
    member_id: int
    member_name: str
    source: str = "console"
    from_id: int
    change_set_id: int


class ContactAssigned(
    Fact,
    kind="people.contact_assigned",
    label=Words("分配跟进人", "Assigned"),
    caption=Words("分配给 {member_name} 跟进", "Assigned to {member_name}"),
):
    """A contact whom nobody followed got an owner."""

    contact_id: int
    member_id: int
    member_name: str
    source: str = "console"
    change_set_id: int


class ContactsExported(
    Fact,
    kind="people.contacts_exported",
    label=Words("导出客户", "Contacts exported"),
    caption=Words("导出 {count} 位客户", "Exported {count} contacts"),
):
    """A file of contacts was made; `revealed` names the sensitive columns that stand in it whole."""

    on_timeline: ClassVar[bool] = False

    member_id: int
    file_id: int
    count: int
    columns: list[str]
    revealed: list[str]
