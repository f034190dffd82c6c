from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class DomainTaken(CoveError):
    code = "email.domain_taken"
    status = 409
    words = Words("发信域名 {domain} 已经添加", "The sender domain {domain} is there already")


class SenderTaken(CoveError):
    code = "email.sender_taken"
    status = 409
    words = Words("发信地址 {address} 已经存在", "There is already a sender with the address {address}")


class NameTaken(CoveError):
    code = "email.name_taken"
    status = 409
    words = Words(
        "已有名为「{name}」的模板，请换一个名称", "There is already a template named “{name}”; choose another name"
    )


class StillUsed(CoveError):
    code = "email.still_used"
    status = 409
    words = Words(
        "还有 {count} 封邮件等待从这里发出，请等它们发完",
        "{count} mails still wait to be sent from here; let them go out first",
    )


class BadTemplate(CoveError):
    code = "email.bad_template"
    status = 422
    words = Words(
        "无法识别「{part}」；变量写作 {example}，可用的变量见编辑器旁的列表",
        "“{part}” cannot be understood; a variable is written {example}, the ones there are stand beside the editor",
    )


class NoUnsubscribeLink(CoveError):
    code = "email.no_unsubscribe_link"
    status = 422
    words = Words(
        "营销邮件必须包含退订链接：请在正文中加入 {variable}",
        "A marketing mail must offer to unsubscribe: put {variable} into its text",
    )


class ValuesMissing(CoveError):
    code = "email.values_missing"
    status = 422
    words = Words(
        "模板需要这些内容，但没有给出：{names}。请一并提供，或在模板中为它们写上默认文字",
        "The template needs these values and they were not given: {names}. Give them, or write defaults into the template",
    )


class NoSuchSender(CoveError):
    code = "email.no_such_sender"
    status = 422
    words = Words(
        "没有这个发信人，或其域名已停用，请另选一个",
        "There is no such sender, or its domain is switched off; choose another",
    )


class NoSuchTemplate(CoveError):
    code = "email.no_such_template"
    status = 422
    words = Words("没有这个邮件模板，请另选一个", "There is no such template; choose another")


class LeadsOut(CoveError):
    code = "email.bad_link"
    status = 422
    words = Words(
        "链接「{part}」不是完整的地址；请以 http:// 或 https:// 开头，不含空格、用户名和密码",
        "The link “{part}” is no whole address; begin it with http:// or https://, without spaces, user name or password",
    )


class AlreadySuppressed(CoveError):
    code = "email.already_suppressed"
    status = 409
    words = Words("该地址已在禁发名单中", "This address is on the list already")
