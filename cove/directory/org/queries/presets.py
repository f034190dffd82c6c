"""Roles that a company begins with. They are ordinary roles afterwards: to be changed, copied and deleted as one likes."""

from __future__ import annotations

from dataclasses import dataclass, field

from cove.kernel.actor import DataScope
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Preset:
    """A role to begin with; rights as a role keeps them, what they imply left out."""

    key: str
    name: Words
    description: Words
    everything: bool = False
    rights: dict[str, DataScope] = field(default_factory=dict)
    revealed: tuple[str, ...] = ()


_SELLING = ("people.change_contact", "people.write_note", "people.tag_contact", "timeline.see", "automation.see_acts")
_CONSENTS = ("privacy.see_consents", "privacy.record_consent")
_READING = (
    "people.see_contacts",
    "timeline.see",
    "automation.see_acts",
    "live_codes.see",
    "links.see",
    "insight.see",
    "tracking.see_sources",
    "tracking.see_traffic",
    "tracking.see_usage",
    "tracking.see_plan",
    "delivery.see_deliveries",
    "delivery.see_rules",
    "credits.see_credits",
    "email.see",
    "sms.see",
    "ads.see",
    "wechat.see_accounts",
    "wecom.see_groups",
    "wecom.see_channel",
    "wecom.see_tools",
    "wecom.see_behaviour",
    "doctor.see_health",
)
_REACHING = (
    "email.write_templates",
    "email.send",
    "email.suppress",
    "sms.send",
    "wecom.send_mass",
    "wecom.manage_tools",
    "wecom.sync",
    "wechat.keep_replies",
    "wechat.send_mass",
    "wechat.sync",
    "ads.report",
    "delivery.send_again",
    "doctor.examine",
)
"""What reaches people, without the accounts by which it does: those are an administrator's to set up."""

PRESETS: tuple[Preset, ...] = (
    Preset(
        "administrator",
        Words("管理员", "Administrator"),
        Words("全部权限，包括以后新增的", "Every right, those of later modules included"),
        everything=True,
    ),
    Preset(
        "sales_lead",
        Words("销售主管", "Sales lead"),
        Words("管理本部门及下级部门的客户", "Looks after the contacts of the own departments and all below them"),
        rights={
            **dict.fromkeys(
                (
                    *_SELLING,
                    *_CONSENTS,
                    "wecom.see_groups",
                    "wecom.see_behaviour",
                    "wecom.see_tools",
                    "sms.send",
                    "audiences.preview",
                    "insight.see",
                    "live_codes.change",
                    "links.change",
                    "people.hand_over",
                    "people.merge_contacts",
                    "people.update_many",
                    "org.hand_over",
                ),
                "subtree",
            ),
            "live_codes.create": "all",
            "links.create": "all",
            "org.see_members": "all",
        },
        revealed=("people.phone", "people.email", "people.wechat_id"),
    ),
    Preset(
        "sales",
        Words("销售", "Sales"),
        Words("跟进自己的客户", "Looks after the own contacts"),
        rights={
            **dict.fromkeys((*_SELLING, *_CONSENTS, "live_codes.see", "links.see", "wecom.see_groups"), "own"),
            "org.see_members": "all",
        },
        revealed=("people.phone", "people.email", "people.wechat_id"),
    ),
    Preset(
        "marketing",
        Words("运营", "Marketing"),
        Words(
            "面向全部客户做引流、触达与分析，联系方式脱敏",
            "Attracts, reaches and analyses everybody, ways to reach them masked",
        ),
        rights=dict.fromkeys(
            (
                *_READING,
                *_REACHING,
                "people.tag_contact",
                "people.manage_tags",
                "people.update_many",
                "privacy.see_consents",
                "audiences.preview",
                "live_codes.create",
                "live_codes.change",
                "live_codes.delete",
                "tracking.mark_traffic",
                "tracking.manage_plan",
                "tracking.watch_sources",
                "links.create",
                "links.change",
                "links.delete",
                "org.see_members",
            ),
            "all",
        ),
    ),
    Preset(
        "compliance",
        Words("合规", "Compliance"),
        Words(
            "处理个人数据请求，查看审计日志与修改记录",
            "Answers requests about personal data, reads the audit log and what was changed",
        ),
        rights=dict.fromkeys(
            (
                *_CONSENTS,
                "privacy.export_person",
                "privacy.erase_person",
                "privacy.manage",
                "delivery.manage_rules",
                "delivery.see_deliveries",
                "email.suppress",
                "audit.export",
                "audit.see_history",
                "org.see_roles",
            ),
            "all",
        ),
    ),
    Preset(
        "reader",
        Words("只读", "Read only"),
        Words(
            "查看全部业务数据，不能改动，联系方式脱敏",
            "Sees all business data, changes nothing, ways to reach people masked",
        ),
        rights=dict.fromkeys((*_READING, "org.see_members"), "all"),
    ),
)
