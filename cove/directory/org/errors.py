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
