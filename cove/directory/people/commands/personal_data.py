"""What this module holds of a person, and how it goes: the contact's own row last, and with it whatever hangs on it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cove.directory.people.contracts import CONTACTS
from cove.directory.people.models import (
    Contact,
    ContactIdentity,
    ContactMerge,
    ContactTag,
    ContactVisitor,
    DeletedNote,
    Ownership,
    SuspectedDuplicate,
    UserName,
)
from cove.directory.people.permissions import CONTACTS_FILE
from cove.kernel.actor import Actor
from cove.kernel.changesets.models import ChangeItem
from cove.kernel.files.models import StoredFile
from cove.kernel.files.store import delete_file
from cove.kernel.personal_data import Holder, Person, holds, holds_rows
from cove.kernel.words import Words

_SINCE = Words("时间", "Time")

IDENTITIES = holds_rows(
    "people.identities",
    Words("身份标识", "Identities"),
    model=ContactIdentity,
    rows=lambda person: ContactIdentity.objects.filter(contact_id__in=person.contacts),
    columns={"kind": Words("类型", "Kind"), "value": Words("值", "Value"), "created_at": _SINCE},
)
VISITORS = holds_rows(
    "people.visitors",
    Words("匿名访客记录", "Anonymous visitors he was"),
    model=ContactVisitor,
    rows=lambda person: ContactVisitor.objects.filter(
        Q(contact_id__in=person.contacts) | Q(visitor_id__in=person.visitors)
    ),
    columns={"visitor_id": Words("访客编号", "Visitor"), "how": Words("识别方式", "How"), "joined_at": _SINCE},
)
OWNERS = holds_rows(
    "people.owners",
    Words("跟进人与备注", "Owners and remarks"),
    model=Ownership,
    rows=lambda person: Ownership.objects.filter(contact_id__in=person.contacts),
    columns={
        "member__name": Words("成员", "Member"),
        "since": Words("开始", "From"),
        "until": Words("结束", "Until"),
        "remark": Words("备注", "Remark"),
    },
)
TAGS = holds_rows(
    "people.tags",
    Words("标签", "Tags"),
    model=ContactTag,
    rows=lambda person: ContactTag.objects.filter(contact_id__in=person.contacts),
    columns={"tag__name": Words("标签", "Tag"), "source": Words("来源", "Source"), "at": _SINCE},
)
DELETED_NOTES = holds_rows(
    "people.deleted_notes",
    Words("已删除的跟进记录", "Deleted notes"),
    model=DeletedNote,
    rows=lambda person: DeletedNote.objects.filter(contact_id__in=person.contacts),
    columns={"deleted_at": Words("删除时间", "Deleted at")},
)
NAMES = holds_rows(
    "people.user_names",
    Words("产品账号的关联", "Product accounts put together"),
    model=UserName,
    rows=lambda person: UserName.objects.filter(
        Q(name__in=person.known_by("user")) | Q(visitor_id__in=person.visitors)
    ),
    columns={"name": Words("账号", "Account"), "at": _SINCE},
)
MERGES = holds_rows(
    "people.merges",
    Words("合并记录", "Merges"),
    model=ContactMerge,
    rows=lambda person: ContactMerge.objects.filter(Q(contact_id__in=person.contacts) | Q(into_id__in=person.contacts)),
    columns={"at": _SINCE, "undone_at": Words("撤销时间", "Undone")},
)
DUPLICATES = holds_rows(
    "people.duplicates",
    Words("疑似重复", "Suspected duplicates"),
    model=SuspectedDuplicate,
    rows=lambda person: SuspectedDuplicate.objects.filter(
        Q(one_id__in=person.contacts) | Q(other_id__in=person.contacts)
    ),
    # By which name they met is his own or another's: his own stand among his identities.
    columns={"first_at": _SINCE, "state": Words("状态", "State")},
)
CONTACT = holds_rows(
    "people.contact",
    Words("客户资料", "Profile"),
    model=Contact,
    rows=lambda person: Contact.objects.filter(id__in=person.contacts),
    columns={
        "name": Words("姓名", "Name"),
        "phone": Words("手机号", "Phone"),
        "email": Words("邮箱", "E-mail"),
        "gender": Words("性别", "Gender"),
        "company_name": Words("公司", "Company"),
        "position": Words("职位", "Position"),
        "avatar_url": Words("头像", "Picture"),
        "source": Words("来源", "Source"),
        "source_detail": Words("来源说明", "Source, in detail"),
        "created_at": Words("成为联系人的时间", "Became a contact"),
        "last_seen_at": Words("最近活跃时间", "Last active"),
    },
    stage="contact",
)
CHANGES = holds_rows(
    "people.changes",
    Words("批量变更与交接记录", "Changes and hand-overs"),
    model=ChangeItem,
    rows=lambda person: ChangeItem.objects.filter(part=CONTACTS, subject_id__in=person.contacts),
    columns={"change_set__made_at": _SINCE, "state": Words("状态", "State"), "change": Words("内容", "What")},
)


def _files() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(purpose=CONTACTS_FILE.key)


def _erase_files(actor: Actor, person: Person) -> int:
    if not person.contacts:
        return 0
    # Who stands in a file is not known without reading it, and each is made again in a minute: all of them go.
    ids = list(_files().values_list("id", flat=True))
    for file_id in ids:
        delete_file(actor, file_id)
    return len(ids)


FILES = holds(
    Holder(
        "people.exports",
        Words("客户导出文件", "Exported files of contacts"),
        (),
        lambda _actor, _person: _files().count(),
        lambda _actor, _person: iter(()),
        _erase_files,
        stage="outside",
    )
)
