"""What the platform tells of tasks that members confirm: mass messages, moments, transfers, links, figures."""

from __future__ import annotations

from pydantic import BaseModel, Field


class MassMade(BaseModel):
    """Document 92135; `fail_list` are those whom it can surely not reach."""

    msgid: str
    fail_list: list[str] = Field(default_factory=list)


class MassMember(BaseModel):
    """Document 93338; `status` 0 not sent yet, 2 sent."""

    userid: str
    status: int
    send_time: int = 0


class MassResult(BaseModel):
    """Document 93338; `status` 0 not sent, 1 sent, 2 no friend (any more), 3 the customer had the most already."""

    userid: str = ""
    external_userid: str = ""
    chat_id: str = ""
    status: int
    send_time: int = 0


class MomentMade(BaseModel):
    """Document 95094: what a finished job says."""

    errcode: int = 0
    moment_id: str = ""


class MomentJob(BaseModel):
    """`status` 1 begun, 2 running, 3 done."""

    status: int
    result: MomentMade = Field(default_factory=MomentMade)


class MomentMember(BaseModel):
    """`publish_status` 0 not yet, 1 published."""

    userid: str
    publish_status: int


class MomentReaction(BaseModel):
    external_userid: str = ""
    userid: str = ""
    create_time: int = 0


class MomentReactions(BaseModel):
    comment_list: list[MomentReaction] = Field(default_factory=list)
    like_list: list[MomentReaction] = Field(default_factory=list)


class TransferAsked(BaseModel):
    """Document 92125: the platform's word for one customer."""

    external_userid: str
    errcode: int = 0


class TransferState(BaseModel):
    """Document 94088; `status` 1 done, 2 waiting (24 hours), 3 the customer refused, 4 the member has too many, 5 nobody asked."""

    external_userid: str
    status: int
    takeover_time: int = 0


class Unassigned(BaseModel):
    """Document 92124."""

    handover_userid: str
    external_userid: str
    dimission_time: int = 0


class GroupTransferFailed(BaseModel):
    """Document 92127."""

    chat_id: str
    errcode: int


class Behaviour(BaseModel):
    """Document 92132; the shares are left out on days on which nobody wrote."""

    stat_time: int
    chat_cnt: int = 0
    message_cnt: int = 0
    reply_percentage: float | None = None
    avg_reply_time: int | None = None
    negative_feedback_cnt: int = 0
    new_apply_cnt: int = 0
    new_contact_cnt: int = 0


class AcquisitionLink(BaseModel):
    """Document 97297."""

    link_id: str = ""
    link_name: str = ""
    url: str = ""
    create_time: int = 0
    skip_verify: bool = True
    mark_source: bool = True


class LinkCustomer(BaseModel):
    """Document 97298; `chat_status` 0 did not write, 1 wrote, 2 unknown."""

    external_userid: str
    userid: str
    chat_status: int = 2
    state: str = ""


class LinkQuota(BaseModel):
    """Document 97375."""

    total: int = 0
    balance: int = 0


class InterceptRule(BaseModel):
    """Document 95097: the list."""

    rule_id: str
    rule_name: str = ""
    create_time: int = 0


class ArchivedMessage(BaseModel):
    """A message of the archive after decryption (document 91774); `msgtime` is in milliseconds."""

    seq: int
    msgid: str
    message: dict[str, object]
