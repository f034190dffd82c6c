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
