"""What providers' error codes mean, and what a person does about them.

Sources: Aliyun document 101346 (codes of SendSms) and 101347 (codes of receipts); Tencent Cloud document 382/59177 (error codes) and
382/9558 (codes of receipts).
"""

from __future__ import annotations

from dataclasses import dataclass

from cove.engine.channels.delivery.contracts import said_by
from cove.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Trouble:
    """`reason` is a code of `cove.facts.delivery.REASONS`, whose words say what is wrong; `remedy` says what to do."""

    reason: str
    remedy: Words

    @property
    def words(self) -> Words:
        """Return what is wrong, in words."""
        return said_of(self.reason)


said_of = said_by(
    {
        "wrong_secret": Words("访问密钥不正确", "The access keys are wrong"),
        "right_missing": Words(
            "访问密钥没有短信权限，或未开通短信服务", "The access keys have no right to send text messages"
        ),
        "address_not_allowed": Words(
            "服务器 IP 不在云平台的白名单中", "This server's IP is not on the cloud platform's list"
        ),
    }
)
"""Return a reason in words, in the platform's own names where they are others than elsewhere."""
_WAIT = Words("稍后会自动重试", "It is tried again by itself")
_KEYS = Words(
    "请在云平台重新创建访问密钥并填写到短信设置",
    "Make new access keys at the cloud platform and enter them in the settings",
)
_RIGHT = Words("请给该访问密钥授予短信权限", "Give these access keys the right to send text messages")
_SYNC = Words("请在短信设置中同步模板与签名", "Synchronise templates and signatures in the settings")
_TOP_UP = Words("请在云平台充值或购买套餐", "Top up or buy a package at the cloud platform")
_NUMBER = Words("请核对客户的手机号", "Check the contact's phone number")
_REPORT = Words("请把错误码告知技术支持", "Tell support the code")
_LIMIT = Words("同一号码发送过于频繁，请隔天再发", "The same number got too many; send another day")
_NOTHING = Words("无需处理", "Nothing to do")
_LIST = Words("请在云平台把服务器 IP 加入白名单", "Add this server's IP to the list at the cloud platform")
_CONTENT = Words(
    "请修改内容后重试，变量中不能有链接与违规词",
    "Change the text; variables may hold neither links nor forbidden words",
)

_TROUBLES: dict[Trouble, tuple[str, ...]] = {
    Trouble("wrong_secret", _KEYS): (
        "InvalidAccessKeyId.NotFound",
        "InvalidAccessKeyId",
        "InvalidAccessKeyId.Inactive",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "AuthFailure.SecretIdNotFound",
        "AuthFailure.SignatureFailure",
        "AuthFailure.InvalidSecretId",
        "AuthFailure.InvalidAuthorization",
    ),
    Trouble("clock_off", Words("请校准服务器时间", "Set this server's clock right")): (
        "InvalidTimeStamp.Expired",
        "AuthFailure.SignatureExpire",
        "SignatureNonceUsed",
    ),
    Trouble("right_missing", _RIGHT): (
        "isv.OUT_OF_SERVICE",
        "isv.PRODUCT_UN_SUBSCRIPT",
        "isp.RAM_PERMISSION_DENY",
        "NoPermission",
        "AuthFailure.UnauthorizedOperation",
        "UnauthorizedOperation",
        "UnauthorizedOperation.SmsSdkAppIdVerifyFail",
        "UnauthorizedOperation.SdkAppIdIsDisabled",
        "FailedOperation.JsonParseFail",
    ),
    Trouble("address_not_allowed", _LIST): ("isv.DENY_IP_RANGE", "UnauthorizedOperation.RequestIpNotInWhitelist"),
    Trouble("balance_empty", _TOP_UP): (
        "isv.AMOUNT_NOT_ENOUGH",
        "isv.ACCOUNT_NOT_EXISTS",
        "isv.ACCOUNT_ABNORMAL",
        "FailedOperation.InsufficientBalanceInSmsPackage",
        "UnauthorizedOperation.ServiceSuspendDueToArrears",
    ),
    Trouble("template_refused", _SYNC): (
        "isv.SMS_TEMPLATE_ILLEGAL",
        "isv.TEMPLATE_MISSING_PARAMETERS",
        "isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE",
        "FailedOperation.TemplateUnapprovedOrNotExist",
        "FailedOperation.TemplateIncorrectOrUnapproved",
        "FailedOperation.TemplateParamSetNotMatchApprovedTemplate",
        "InvalidParameterValue.TemplateParameterFormatError",
        "FailedOperation.MarketingTemplateIdNotAllowed",
    ),
    Trouble("signature_refused", _SYNC): (
        "isv.SMS_SIGNATURE_ILLEGAL",
        "isv.SMS_SIGNATURE_SCENE_ILLEGAL",
        "FailedOperation.SignatureIncorrectOrUnapproved",
    ),
    Trouble("number_invalid", _NUMBER): (
        "isv.MOBILE_NUMBER_ILLEGAL",
        "isv.MOBILE_COUNT_OVER_LIMIT",
        "InvalidParameterValue.IncorrectPhoneNumber",
        "UnsupportedOperation.UnsupportedRegion",
        "MOBILE_NOT_ON_SERVICE",
        "UNDELIVERABLE_NUMBER",
        "MK:0001",
        "MI:0001",
        "MOBILE_NUMBER_NOT_EXIST",
    ),
    Trouble("number_limit", _LIMIT): (
        "isv.BUSINESS_LIMIT_CONTROL",
        "isv.DAY_LIMIT_CONTROL",
        "isv.MONTH_LIMIT_CONTROL",
        "LimitExceeded.PhoneNumberOneHourLimit",
        "LimitExceeded.PhoneNumberDailyLimit",
        "LimitExceeded.PhoneNumberThirtySecondLimit",
        "LimitExceeded.PhoneNumberSameContentDailyLimit",
        "LimitExceeded.AppMainlandChinaDailyLimit",
    ),
    Trouble("number_refused", _NOTHING): (
        "isv.BLACK_KEY_CONTROL_LIMIT",
        "FailedOperation.PhoneNumberInBlacklist",
        "FailedOperation.PhoneNumberOnBlacklist",
        "USER_REJECT",
        "BLACK",
        "IN_BLACKLIST",
    ),
    Trouble("content_refused", _CONTENT): (
        "isv.SMS_CONTENT_ILLEGAL",
        "isv.PARAM_LENGTH_LIMIT",
        "isv.PARAM_NOT_SUPPORT_URL",
        "isv.INVALID_PARAMETERS",
        "isv.INVALID_JSON_PARAM",
        "FailedOperation.ContainSensitiveWord",
        "InvalidParameterValue.ContentLengthLimit",
        "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
    ),
    Trouble("rate_limited", _WAIT): (
        "Throttling",
        "Throttling.User",
        "Throttling.Api",
        "LimitExceeded.DeliveryFrequencyLimit",
        "RequestLimitExceeded",
        "LimitExceeded",
    ),
    Trouble("busy", _WAIT): (
        "isp.SYSTEM_ERROR",
        "ServiceUnavailable",
        "InternalError",
        "InternalError.Timeout",
        "InternalError.OtherError",
        "InternalError.SendAndRecvFail",
    ),
    Trouble("phone_off", _NOTHING): ("EXPIRED", "MOBILE_SEND_LIMIT", "PHONE_OFF", "ERR_ABSENT", "EXPIRD", "NO_REPORT"),
}
_BY_CODE = {code: trouble for trouble, codes in _TROUBLES.items() for code in codes}
_OTHER = Trouble("refused", _REPORT)
_REMEDIES = {trouble.reason: trouble.remedy for trouble in _TROUBLES}


def trouble_of(code: str) -> Trouble:
    """Return what `code` means; unknown ones are ``refused``."""
    return _BY_CODE.get(code, _OTHER)


def remedy_of(reason: str) -> Words:
    """Return what a person does about a reason."""
    return _REMEDIES.get(reason, _REPORT)
