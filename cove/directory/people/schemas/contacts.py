from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from cove.directory.people.permissions import EMAIL, PHONE
from cove.kernel.http.masking import Guarded
from cove.kernel.http.shapes import NamedId

ShortName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]


class SourceAnswer(BaseModel):
    """Where a contact came from: `kind` for programs, `label` for people, `detail` names the code, campaign or member."""

    kind: str
    label: str
    detail: str


class ContactAnswer(BaseModel):
    id: int
    name: str
    avatar_url: str | None
    gender: Literal["unknown", "male", "female"]
    company_name: str
    source: SourceAnswer
    owners: list[NamedId]
    tags: list[NamedId]
    created_at: datetime
    last_seen_at: datetime
    lost: bool


class IdentityAnswer(BaseModel):
    kind: str
    label: str
    value: str


class OwnershipAnswer(BaseModel):
    member: NamedId
    since: datetime
    until: datetime | None
    way_label: str
    remark: str


class MergedAnswer(BaseModel):
    """A contact who leads to this one, since when; `into` is over whom, if not at once."""

    merge_id: int
    id: int
    name: str
    at: datetime
    into: NamedId | None


class ContactDetailAnswer(Guarded, ContactAnswer):
    """One contact with all that his page shows beside the timeline. `may` are the rights that the reader has over this very contact.

    `id` is another than the one that was asked for where that one was merged. `merged` are those who were merged into him and
    `duplicates` how many are suspected to be him, both for whoever may merge.
    """

    record = "people_contact"

    position: str
    phone: Annotated[str | None, PHONE]
    email: Annotated[str | None, EMAIL]
    identities: list[IdentityAnswer]
    ownerships: list[OwnershipAnswer]
    may: list[str]
    merged: list[MergedAnswer]
    duplicates: int
    previous_id: int | None
    next_id: int | None


class ContactChange(BaseModel):
    name: str | None = Field(None, max_length=64)
    company_name: str | None = Field(None, max_length=128)
    position: str | None = Field(None, max_length=64)
    phone: str | None = Field(None, max_length=32, pattern=r"^[0-9+()\- ]*$")
    email: str | None = Field(None, max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")


class NoteChange(BaseModel):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]


class TagsChange(BaseModel):
    add: list[int] = Field(default_factory=list, max_length=100)
    remove: list[int] = Field(default_factory=list, max_length=100)


class TagAnswer(BaseModel):
    id: int
    name: str
    contacts: int


class TagGroupAnswer(BaseModel):
    id: int
    name: str
    library: str
    tags: list[TagAnswer]


class TagLibraryAnswer(BaseModel):
    groups: list[TagGroupAnswer]


class NewTagGroup(BaseModel):
    name: ShortName
    library: Literal["marketing", "sales"] = "sales"


class NewTag(BaseModel):
    group_id: int
    name: ShortName


class ChosenContacts(BaseModel):
    """Contacts chosen one by one (`ids`), or without them all that the list's filter finds."""

    ids: list[int] | None = Field(None, min_length=1, max_length=5000)
    search: str = Field("", max_length=100)
    tag_id: int | None = None
    owner_id: int | None = None
    source: str = Field("", max_length=40)
    code_id: int | None = None
    state: Literal["", "current", "lost"] = ""


class NewExport(BaseModel):
    selection: ChosenContacts
    columns: list[str] = Field(min_length=1, max_length=100)
    format: Literal["xlsx", "csv"] = "xlsx"


class ExportColumnAnswer(BaseModel):
    """A column a file may have; `masked` says that its values would be masked for whoever asks."""

    key: str
    label: str
    masked: bool


class ExportColumnsAnswer(BaseModel):
    columns: list[ExportColumnAnswer]


class ContactFields(BaseModel):
    """Fields to set; those left out stay, an empty text clears."""

    company_name: str | None = Field(None, max_length=128)
    source_detail: str | None = Field(None, max_length=128)


class NewUpdate(BaseModel):
    selection: ChosenContacts
    add: list[int] = Field(default_factory=list, max_length=50)
    remove: list[int] = Field(default_factory=list, max_length=50)
    fields: ContactFields | None = None
    owner_id: int | None = None


class ChosenAnswer(BaseModel):
    """How many of the chosen contacts one may export, change, or give another owner; counted up to a bound (`exact`)."""

    count: int
    exact: bool


class ChosenCounts(BaseModel):
    export: ChosenAnswer
    update: ChosenAnswer
    hand_over: ChosenAnswer
