from __future__ import annotations

from cove.kernel.words import Words

REASONS: dict[str, Words] = {
    "not_set_up": Words("尚未配置邮件服务器（COVE_SMTP_URL）", "There is no mail server (COVE_SMTP_URL)"),
    "too_late": Words("已超过有效时间，不再发送", "Its time was over before it could be sent"),
    "bad_address": Words("收件地址不正确", "The address is not right"),
    "sign_in_refused": Words("邮件服务器拒绝了账号或密码", "The mail server refused the user or password"),
    "unreachable": Words("无法连接到邮件服务器", "The mail server could not be reached"),
    "refused": Words("邮件服务器拒收", "The mail server refused it"),
    "put_off": Words("邮件服务器要求稍后再试", "The mail server asked to come again later"),
    "claim_lost": Words("发送途中被中断", "Sending was interrupted"),
    "no_answer": Words(
        "邮件服务器没有应答，是否送达未知，不再重发",
        "No answer to the body; it may have arrived and is not repeated",
    ),
    "crashed": Words(
        "发送途中程序中断，是否送达未知，不再重发",
        "The program stopped midway; it may have arrived and is not repeated",
    ),
    "unreadable": Words(
        "内容无法解密（安装密钥已更换）", "Its body cannot be decrypted (the installation's key is another)"
    ),
}
"""Why a mail was not sent, or why nobody knows: code to words."""
