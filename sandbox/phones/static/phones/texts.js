// The phones' texts: Chinese, English.
import { WECHAT_TEXTS } from "./texts-wechat.js";

const TEXTS = {
  ...WECHAT_TEXTS,
  "tab.chats": ["微信", "Chats"],
  "tab.contacts": ["通讯录", "Contacts"],
  "tab.discover": ["发现", "Discover"],
  "tab.me": ["我", "Me"],
  "back": ["返回", "Back"],
  "close": ["关闭", "Close"],
  "cancel": ["取消", "Cancel"],
  "more": ["更多", "More"],
  "scan": ["扫一扫", "Scan"],
  "scan.hint": ["对准二维码，或从相册选取", "Point at a QR code, or choose one below"],
  "scan.paste": ["粘贴链接", "Paste a link"],
  "scan.open": ["打开", "Open"],
  "scan.album": ["相册中的二维码", "QR codes in the album"],
  "scan.album_empty": ["还没有「联系我」二维码", "No contact codes yet"],
  "scan.text": ["已识别文字", "Text found"],
  "recent": ["最近打开", "Recently opened"],
  "chats.empty": ["还没有聊天", "No chats yet"],
  "contacts.new": ["新的朋友", "New Friends"],
  "contacts.wecom": ["企业微信联系人", "WeCom Contacts"],
  "contacts.empty": ["还没有联系人", "No contacts yet"],
  "requests.title": ["新的朋友", "New Friends"],
  "requests.empty": ["没有等待验证的申请", "No requests waiting"],
  "requests.accept": ["接受", "Accept"],
  "requests.waiting": ["等待验证", "Waiting"],
  "me.id": ["微信号：", "WeChat ID: "],
  "me.phones": ["切换手机", "Switch phone"],
  "me.add": ["添加手机", "Add a phone"],
  "me.language": ["语言", "Language"],
  "me.platform": ["平台设置", "Platform settings"],
  "chat.send": ["发送", "Send"],
  "chat.input": ["输入消息", "Message"],
  "chat.added": ["你已添加了{name}，现在可以开始聊天了。", "You have added {name} as your WeChat contact. Start chatting!"],
  "chat.gone": ["对方还不是你的联系人", "This is no longer your contact"],
  "chat.image": ["[图片]", "[Photo]"],
  "chat.link": ["[链接] ", "[Link] "],
  "profile.corp": ["企业", "Company"],
  "profile.title": ["职务", "Title"],
  "profile.source": ["来源", "From"],
  "profile.by_code": ["通过扫描二维码添加", "Added via QR code"],
  "profile.by_search": ["通过搜索添加", "Added via search"],
  "profile.add": ["添加到通讯录", "Add to Contacts"],
  "profile.message": ["发消息", "Messages"],
  "profile.delete": ["删除联系人", "Delete Contact"],
  "profile.delete_title": ["删除联系人", "Delete contact"],
  "profile.delete_text": ["将联系人“{name}”删除，同时删除与该联系人的聊天记录", "“{name}” will be deleted, and the chat history with them too"],
  "profile.delete_sure": ["删除", "Delete"],
  "profile.requested": ["已发送申请，等待对方验证", "Request sent, waiting for approval"],
  "web.recognise": ["识别图中的二维码", "Extract QR Code"],
  "web.nothing": ["未发现二维码", "No QR code found"],
  "web.provided": ["网页由 {host} 提供", "This page is provided by {host}"],
  "web.reload": ["刷新", "Refresh"],
  "web.copy": ["复制链接", "Copy Link"],
  "web.copied": ["已复制", "Copied"],
  "error.code_gone": ["该二维码已失效", "This QR code is no longer valid"],
  "error.not_local": ["沙箱里的手机只能打开本机上的网页", "These phones reach only pages on this machine"],
  "error.bad_url": ["网址不正确", "This is not a web address"],
  "error.name_too_long": ["名字太长了", "The name is too long"],
  "error.failed": ["操作失败", "That did not work"],
  "desk.add": ["添加手机", "Add a phone"],
  "desk.name": ["访客名字（可不填）", "Visitor's name (optional)"],
  "desk.new": ["新建", "Create"],
  "desk.away": ["收起的手机", "Phones put away"],
  "desk.find": ["查找访客", "Find a visitor"],
  "desk.put_away": ["收起", "Put away"],
  "desk.phone_of": ["{name}的手机", "Phone of {name}"],
  "desk.empty": ["桌上没有手机", "There is no phone on the table"],
  "yesterday": ["昨天", "Yesterday"],
};

export const language = document.documentElement.lang === "en" ? "en" : "zh";

/** The reader's text for a key, with {placeholders} filled in. */
export function t(key, values = {}) {
  const found = TEXTS[key]?.[language === "en" ? 1 : 0] ?? key;
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** What went wrong, in the reader's language. */
export function reason(error) {
  return TEXTS[`error.${error.code}`] ? t(`error.${error.code}`) : t("error.failed");
}

/** A time as WeChat writes it: today by the clock, else with its day. Both are Unix seconds. */
export function when(at, now) {
  const then = new Date(at * 1000);
  const today = new Date(now * 1000);
  const clock = `${then.getHours()}:${String(then.getMinutes()).padStart(2, "0")}`;
  const days = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(then).setHours(0, 0, 0, 0)) / 86400000);
  if (days <= 0) return clock;
  if (days === 1) return `${t("yesterday")} ${clock}`;
  const day = then.toLocaleDateString(language === "en" ? "en" : "zh-CN", { month: "short", day: "numeric" });
  return `${day} ${clock}`;
}
