from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class WrongCredentials(CoveError):
    code = "org.wrong_credentials"
    status = 401
    words = Words("邮箱或密码不正确，请重新输入", "The e-mail or password is not right; try again")


class TooManyTries(CoveError):
    code = "org.too_many_tries"
    status = 429
    words = Words("尝试次数过多，请 {minutes} 分钟后再试", "Too many tries; wait {minutes} minutes")


class NotYourself(CoveError):
    code = "org.not_yourself"
    status = 409
    words = Words("不能停用自己的账号，请由其他管理员操作", "You cannot deactivate yourself; ask another administrator")


class LastAdministrator(CoveError):
    code = "org.last_administrator"
    status = 409
    words = Words(
        "这是最后一位可用的管理员，请先授予其他员工管理员角色",
        "This is the last active administrator; give the role to another member first",
    )


class UnknownSuccessor(CoveError):
    code = "org.unknown_successor"
    status = 422
    words = Words(
        "所选接手人不存在、已停用或就是交出人本人，请重新选择",
        "A chosen successor does not exist, has left, or is the member himself; choose again",
    )


class UnknownBelonging(CoveError):
    code = "org.unknown_belonging"
    status = 422
    words = Words(
        "没有可交接的「{kind}」类型，请刷新后重选", "There is no kind “{kind}” to hand over; reload and choose again"
    )


class NothingOwned(CoveError):
    code = "org.nothing_owned"
    status = 409
    words = Words("该员工名下没有所选类型的内容", "The member owns nothing of the chosen kinds")


class HandOverRunning(CoveError):
    code = "org.hand_over_running"
    status = 409
    words = Words(
        "该员工已有一次交接正在进行，请等待完成", "A hand-over of this member is under way; wait until it ends"
    )


class Suspended(CoveError):
    code = "org.suspended"
    status = 403
    words = Words(
        "该企业已被暂停使用，请联系系统管理员", "This company is suspended; ask whoever runs this installation"
    )


class NotAMember(CoveError):
    """The platform vouched for somebody whom the company does not have here, or who left it."""

    code = "org.not_a_member"
    status = 403
    words = Words(
        "您的企业微信账号还不能登录这里，请联系管理员同步通讯录或启用您的账号",
        "Your WeCom account cannot sign in here yet; ask an administrator to sync the directory or to activate you",
    )


class SlugTaken(CoveError):
    code = "org.slug_taken"
    status = 409
    words = Words("这个企业标识已被使用，请换一个", "This sign-in address is taken; choose another")


class CompanyExists(CoveError):
    code = "org.company_exists"
    status = 409
    words = Words("已有同名企业「{name}」，请换一个名称", "There is a company called “{name}”; choose another name")


class BadKeyScopes(CoveError):
    """A key was asked for with more than its maker may do himself."""

    code = "org.bad_key_scopes"
    status = 422
    words = Words("密钥的权限不能超出您自己的权限", "A key cannot do more than you may do yourself")


class OwnCompany(CoveError):
    code = "org.own_company"
    status = 409
    words = Words("不能暂停您自己所在的企业", "You cannot suspend the company you belong to")
