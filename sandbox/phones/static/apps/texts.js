// The texts of a phone's first screen, of its mail and of its text messages: Chinese, English.
import { language } from "../phones/texts.js";

const TEXTS = {
  "home": ["手机桌面", "Home screen"],
  "app.wechat": ["微信", "WeChat"],
  "app.wecom": ["企业微信", "WeCom"],
  "app.mail": ["邮件", "Mail"],
  "app.texts": ["短信", "Messages"],
  "back": ["返回", "Back"],
  "settings": ["账号设置", "Account"],
  "save": ["保存", "Save"],
  "mail.inbox": ["收件箱", "Inbox"],
  "mail.none": ["没有邮件", "No mail"],
  "mail.none_why": ["发给 {email} 的邮件会出现在这里", "Mail to {email} will be here"],
  "mail.to": ["收件人", "To"],
  "mail.page": ["邮件正文", "The mail"],
  "mail.leave": ["退订", "Unsubscribe"],
  "mail.left": ["已退订", "Unsubscribed"],
  "mail.leave_why": ["将向发件人发出一键退订请求", "The sender is asked to send you no more"],
  "mail.spam": ["标为垃圾邮件", "Mark as spam"],
  "mail.spam_sure": ["举报", "Report"],
  "mail.spam_why": ["邮件服务商会把投诉转给发件人", "Your provider tells the sender about it"],
  "mail.is_spam": ["垃圾邮件", "Spam"],
  "mail.source": ["查看原文", "View source"],
  "mail.more": ["更多", "More"],
  "mail.pass": ["发件人已验证 · {domain}", "Sender verified · {domain}"],
  "mail.fail": ["签名无效，请留意", "Bad signature, be careful"],
  "mail.address": ["这部手机的邮箱", "The mailbox of this phone"],
  "mail.known": ["收到过邮件的邮箱", "Mailboxes that got mail"],
  "texts.none": ["没有短信", "No messages"],
  "texts.none_why": ["发给 {mobile} 的短信会出现在这里", "Messages to {mobile} will be here"],
  "texts.answer": ["短信", "Text message"],
  "texts.send": ["发送", "Send"],
  "texts.mobile": ["这部手机的号码", "The number of this phone"],
  "texts.known": ["收到过短信的号码", "Numbers that got messages"],
  "texts.today": ["今天", "Today"],
  "error.no_way_out": ["这封邮件没有一键退订", "This mail offers no unsubscribing with one click"],
  "error.not_taken": ["发件人没有接受退订，请稍后再试", "The sender did not take it; try again later"],
  "error.not_local": ["沙箱里的手机只能打开本机上的网页", "These phones reach only pages on this machine"],
  "error.bad_mobile": ["手机号为 11 位数字", "A mobile number has 11 digits"],
  "error.bad_email": ["邮箱地址不正确", "This is no e-mail address"],
  "error.failed": ["操作失败，请重试", "That did not work; try again"],
};

/** The reader's text for a key, with {placeholders} filled in. */
export function t(key, values = {}) {
  const found = TEXTS[key]?.[language === "en" ? 1 : 0] ?? key;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** What went wrong, in the reader's language. */
export function reason(error) {
  return t(TEXTS[`error.${error.code}`] ? `error.${error.code}` : "error.failed");
}
