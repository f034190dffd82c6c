from __future__ import annotations

from cove.kernel.errors import CoveError
from cove.kernel.words import Words


class WrongCredentials(CoveError):
    code = "org.wrong_credentials"
    status = 401
    words = Words("邮箱或密码不正确，请重新输入", "The e-mail or password is not right; try again")


class TicketExpired(CoveError):
    """The first step of signing in is too long ago, or the password has changed since."""

    code = "org.ticket_expired"
    status = 401
    words = Words("登录已超时，请重新输入密码", "Signing in took too long; enter your password again")


class WrongCode(CoveError):
    code = "org.wrong_code"
    status = 422
    words = Words(
        "验证码不正确或已使用，请输入最新的验证码",
        "The code is not right or was used already; enter the newest one",
    )


class WrongPassword(CoveError):
    code = "org.wrong_password"
    status = 422
    words = Words("当前密码不正确，请重新输入", "The current password is not right; try again")


class WeakPassword(CoveError):
    code = "org.weak_password"
    status = 422
    words = Words(
        "密码太容易被猜到，请换一个更长、更少见的密码",
        "The password is too easy to guess; choose a longer, less usual one",
    )


class LinkExpired(CoveError):
    code = "org.link_expired"
    status = 410
    words = Words(
        "链接已失效或已使用，请重新获取",
        "This link has expired or was used already; ask for a new one",
    )


class SecondFactorOn(CoveError):
    code = "org.second_factor_on"
    status = 409
    words = Words(
        "两步验证已开启，请先关闭再重新绑定", "The second factor is on; turn it off before setting it up anew"
    )


class SecondFactorOff(CoveError):
    code = "org.second_factor_off"
    status = 409
    words = Words("尚未开启两步验证，请先开启", "The second factor is off; turn it on first")


class SecondFactorDemanded(CoveError):
    code = "org.second_factor_demanded"
    status = 409
    words = Words("企业要求使用两步验证，不能关闭", "Your company asks for a second factor; it cannot be turned off")


class NothingToInvite(CoveError):
    code = "org.nothing_to_invite"
    status = 409
    words = Words("该邮箱的成员已经加入，无需邀请", "A member with this e-mail has joined already")


class InvitationClosed(CoveError):
    code = "org.invitation_closed"
    status = 409
    words = Words("该邀请已被接受或撤销，请重新邀请", "The invitation was accepted or revoked; invite again")


class RoleNameTaken(CoveError):
    code = "org.role_name_taken"
    status = 409
    words = Words(
        "已有名为「{name}」的角色，请换一个名称", "There is already a role named “{name}”; choose another name"
    )


class RoleInUse(CoveError):
    """A role that members hold is deleted only when it is said which role they get in its place."""

    code = "org.role_in_use"
    status = 409
    words = Words(
        "「{name}」正被 {count} 名成员使用，请先选择由哪个角色接替",
        "{count} members hold “{name}”; say first which role they get in its place",
    )


class AdministratorRole(CoveError):
    code = "org.administrator_role"
    status = 409
    words = Words(
        "「{name}」拥有全部权限，不能删除或缩小；如需较小的权限，请复制为新角色后修改",
        "“{name}” holds every right and cannot be deleted or narrowed; duplicate it and change the copy",
    )


class LastAdministrator(CoveError):
    code = "org.last_administrator"
    status = 409
    words = Words(
        "这是最后一位在职的管理员，请先把管理员角色授予另一位成员",
        "This is the last active administrator; give the administrator's role to another member first",
    )


class BeyondOwnRights(CoveError):
    """Nobody gives, or takes from others, what he does not hold himself."""

    code = "org.beyond_own_rights"
    status = 403
    words = Words(
        "您自己没有这些权限或数据范围，不能授予或更改含有它们的角色：{names}。请联系管理员处理",
        "You do not hold these rights as widely yourself, so you cannot give or change a role with them: {names}. Ask an administrator",
    )


class UnknownMember(CoveError):
    code = "org.unknown_member"
    status = 422
    words = Words("所选成员不存在，请刷新后重选", "A chosen member does not exist; reload and choose again")


class KeptByWecom(CoveError):
    """It came from the WeCom directory, which would overwrite a change made here."""

    code = "org.kept_by_wecom"
    status = 409
    words = Words(
        "「{name}」由企业微信通讯录维护，请在企业微信管理后台修改，然后同步",
        "“{name}” is kept by the WeCom directory; change it in WeCom's console, then synchronise",
    )


class MovedIntoItself(CoveError):
    code = "org.moved_into_itself"
    status = 409
    words = Words(
        "不能把「{name}」移到它自己或它的下级部门中，请选择其他上级部门",
        "“{name}” cannot go into itself or what is below it; choose another parent",
    )


class TooDeep(CoveError):
    code = "org.too_deep"
    status = 409
    words = Words(
        "部门最多 {levels} 级，请选择更靠上的上级部门", "There are at most {levels} levels; choose a parent further up"
    )


class DepartmentNameTaken(CoveError):
    code = "org.department_name_taken"
    status = 409
    words = Words(
        "同一上级下已有部门「{name}」，请换一个名称", "There is a “{name}” beside it already; choose another name"
    )


class DepartmentNotEmpty(CoveError):
    code = "org.department_not_empty"
    status = 409
    words = Words(
        "「{name}」中还有 {members} 名成员、{departments} 个下级部门，请先调整，或选择并入上级部门",
        "“{name}” still has {members} members and {departments} departments below; move them, or let them join the parent",
    )


class EmailTaken(CoveError):
    code = "org.email_taken"
    status = 409
    words = Words(
        "邮箱 {email} 已属于成员「{name}」，请换一个邮箱", "{email} belongs to the member “{name}”; use another"
    )


class MemberAbove(CoveError):
    """Whoever could change the e-mail of somebody with more rights could sign in as he."""

    code = "org.member_above"
    status = 403
    words = Words(
        "「{name}」拥有您没有的权限，请由权限更高的管理员操作",
        "“{name}” has rights that you lack; ask an administrator who has them",
    )


class OwnersAccount(CoveError):
    """Whoever could change the e-mail of an owner of the installation would become owner himself."""

    code = "org.owners_account"
    status = 403
    words = Words(
        "「{name}」是本系统的所有者，其账号只能由本人修改；如需他人修改，请先在服务器上执行 cove revoke-owner",
        "“{name}” owns this installation and alone changes his account; for others to do so, run cove revoke-owner on the server first",
    )


class NotYourself(CoveError):
    code = "org.not_yourself"
    status = 409
    words = Words("不能停用自己的账号，请由其他管理员操作", "You cannot deactivate yourself; ask another administrator")


class AlreadyJoined(CoveError):
    code = "org.already_joined"
    status = 409
    words = Words(
        "这两名成员的邮箱与手机号都不一致，或其中一名已绑定企业微信，无法合并",
        "Neither e-mail nor phone of the two agree, or one is bound to WeCom already; they cannot be joined",
    )


class TwoSecondFactors(CoveError):
    """Two members who are one person both have a second factor; which of the two he still has in hand, only he knows."""

    code = "org.two_second_factors"
    status = 409
    words = Words(
        "这两名成员都开启了两步验证，请先重置其中一名的两步验证，再合并",
        "Both have a second factor; take it off one of them, then join them",
    )


class ImportOver(CoveError):
    code = "org.import_over"
    status = 409
    words = Words(
        "这次导入已执行或已过期，请重新上传文件", "This import was carried out or has expired; upload the file again"
    )


class ImportFaulty(CoveError):
    code = "org.import_faulty"
    status = 409
    words = Words(
        "还有 {faults} 行有错误，请修正文件后重新上传，或选择跳过这些行",
        "{faults} rows still have faults; mend the file and upload it again, or choose to skip them",
    )


class ImportHeadUnknown(CoveError):
    code = "org.import_head_unknown"
    status = 422
    words = Words(
        "文件「{name}」的首行缺少列：{columns}，请下载模板并保留首行",
        "The first line of “{name}” lacks the columns {columns}; download the template and keep its first line",
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
