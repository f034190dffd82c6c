from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class SourceNameTaken(CoveError):
    code = "tracking.name_taken"
    status = 409
    words = Words(
        "已有名为「{name}」的数据源，请换一个名称", "There is already a source named “{name}”; choose another name"
    )


class BadOrigin(CoveError):
    code = "tracking.bad_origin"
    status = 422
    words = Words(
        "「{origin}」不是有效的来源，请填写 https://www.example.com 这样的地址，不带路径",
        "“{origin}” is not an origin; write an address such as https://www.example.com, without a path",
    )


class BadMark(CoveError):
    code = "tracking.bad_mark"
    status = 422
    words = Words(
        "请填写一个网络地址（如 203.0.113.7）或选择一个设备，二者取其一",
        "Give one network address (such as 203.0.113.7) or choose one device, not both",
    )


class AlreadyMarked(CoveError):
    code = "tracking.already_marked"
    status = 409
    words = Words("它已被标记为正常流量，无需重复标记", "It is marked as normal traffic already; nothing is left to do")


class TooManyMarks(CoveError):
    code = "tracking.too_many_marks"
    status = 409
    words = Words(
        "最多标记 {most} 个地址和设备，请先撤销不再需要的标记",
        "At most {most} addresses and devices can be marked; take back those that are no longer needed first",
    )


class EventNameTaken(CoveError):
    code = "tracking.event_name_taken"
    status = 409
    words = Words(
        "方案中已有事件「{name}」，请直接编辑它或换一个名称",
        "The plan has an event “{name}” already; edit that one or choose another name",
    )


class EventPublished(CoveError):
    """A published event keeps its name, and is retired rather than removed: code out there goes on sending it."""

    code = "tracking.event_published"
    status = 409
    words = Words(
        "「{name}」已发布，不能改名或删除；不再使用时请将状态改为「停用」",
        "“{name}” is published: it cannot be renamed or removed; set its status to retired when it is no longer used",
    )


class EventChanged(CoveError):
    """Somebody else changed the event since it was read."""

    code = "tracking.event_changed"
    status = 409
    words = Words(
        "「{name}」刚被其他人修改，请刷新后再改，以免覆盖对方的内容",
        "“{name}” was just changed by somebody else; reload it first, so that nothing of theirs is lost",
    )


class PlanFull(CoveError):
    code = "tracking.plan_full"
    status = 409
    words = Words(
        "方案最多 {most} 个事件，请先删除不用的草稿，或用属性区分相近的事件",
        "A plan has at most {most} events; remove drafts, or tell similar events apart by a property",
    )


class NothingToPublish(CoveError):
    code = "tracking.nothing_to_publish"
    status = 409
    words = Words(
        "没有可发布的改动：请先修改事件，或把草稿的状态改为「上线」",
        "There is nothing to publish: change an event first, or set a draft's status to live",
    )


class NothingCame(CoveError):
    code = "tracking.nothing_came"
    status = 409
    words = Words(
        "最近没有收到「{name}」，无法据此添加，请手动新建",
        "Nothing called “{name}” came lately that could be added; create it by hand",
    )


class PlanHeadUnknown(CoveError):
    code = "tracking.plan_head_unknown"
    status = 422
    words = Words(
        "表格缺少列「{missing}」，请下载当前方案作为模板",
        "The table lacks the column “{missing}”; download the plan as it is and use that as the template",
    )


class PlanTableFaulty(CoveError):
    code = "tracking.plan_table_faulty"
    status = 422
    words = Words(
        "表格中有 {faults} 处错误，请按预览中的说明修改后再导入",
        "The table has {faults} faults; mend them as the preview says and import it again",
    )
