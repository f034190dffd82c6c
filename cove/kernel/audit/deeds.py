"""Kinds of deeds that the audit log tells of beside commands; modules add theirs in their `permissions`."""

from __future__ import annotations

from dataclasses import dataclass

from cove.kernel.registry import Registry
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Deed:
    """A kind of deed, ``module.noun`` such as ``org.sign_in``."""

    key: str
    label: Words


deeds: Registry[Deed] = Registry("deeds", Deed)


def deed(key: str, zh: str, en: str) -> Deed:
    """Declare a kind of deed and put it in the registry."""
    return deeds.add(key, Deed(key, Words(zh, en)))


COMMAND = deed("audit.command", "执行操作", "Did something")
READ = deed("audit.read", "查看敏感信息", "Looked at sensitive fields")
EXPORT = deed("audit.export", "导出数据", "Exported data")
EXPIRED = deed("audit.expired", "清理过期审计记录", "Dropped old audit entries")
FORGOTTEN = deed("audit.forgotten", "抹去审计记录中的个人信息", "Blanked a person's values in the audit log")
