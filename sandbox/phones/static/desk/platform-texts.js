// The settings page's texts: Chinese, English.
import { WECHAT_TEXTS } from "./platform-wechat-texts.js";

const TEXTS = {
  ...WECHAT_TEXTS,
  corp_id: ["企业 ID", "Corp ID"],
  base_url: ["接口地址", "API address"],
  agent: ["AgentId", "AgentId"],
  secret: ["Secret", "Secret"],
  directory: ["通讯录同步", "Directory secret"],
  callback: ["接收事件服务器", "Event server"],
  callback_hint: ["保存时平台会向该地址发送一次验证请求，1 秒内须返回解密后的明文。", "On saving, the platform asks the address once; it has one second to answer with the decrypted text."],
  url: ["URL", "URL"],
  token: ["Token", "Token"],
  aes_key: ["EncodingAESKey", "EncodingAESKey"],
  random: ["随机获取", "Random"],
  save: ["保存", "Save"],
  saved: ["已验证并保存", "Verified and saved"],
  off: ["已关闭回调", "Callbacks are off"],
  members: ["成员", "Members"],
  name: ["名称", "Name"],
  id: ["编号", "ID"],
  parent: ["上级部门", "Parent"],
  leads: ["负责的部门", "Leads"],
  remove: ["删除", "Delete"],
  resign: ["离职", "Resign"],
  add_department: ["新建部门", "Add a department"],
  add_member: ["新建成员", "Add a member"],
  told: ["已修改，事件已发出", "Changed; the event was sent"],
  userid: ["账号", "User ID"],
  title: ["职务", "Title"],
  departments: ["部门", "Departments"],
  status: ["状态", "Status"],
  status_1: ["已激活", "Active"],
  status_2: ["已禁用", "Disabled"],
  status_4: ["未激活", "Not activated"],
  status_5: ["已退出", "Left"],
  serves: ["客户联系", "Serves customers"],
  yes: ["是", "Yes"],
  no: ["否", "No"],
  trouble: ["故障与时钟", "Misbehaviour and clock"],
  trouble_hint: ["让接下来的调用或回调按指定方式出错；平台时间可以拨快。", "Make the next calls or callbacks go wrong, and move the platform's clock ahead."],
  of_calls: ["接口调用", "Calls"],
  of_callbacks: ["回调", "Callbacks"],
  pattern: ["路径或类型", "Path or type"],
  times: ["次数", "Times"],
  kind_errcode: ["返回错误码", "Answer an errcode"],
  kind_delay: ["延迟（秒）", "Delay (seconds)"],
  kind_http: ["HTTP 状态码", "HTTP status"],
  kind_drop: ["断开连接", "Drop the connection"],
  kind_duplicate: ["同时重复（份数）", "Duplicates at once (count)"],
  kind_late: ["迟到（秒）", "Late (seconds)"],
  kind_reorder: ["乱序", "Out of order"],
  kind_forge: ["伪造签名", "Forged signature"],
  kind_truncate: ["截断", "Truncated"],
  kind_wrong_corp: ["企业不符", "Wrong corp"],
  kind_oversize: ["超大", "Oversized"],
  kind_lose: ["丢失", "Lost"],
  order: ["安排", "Arrange"],
  arranged: ["待发生：{n} 项", "Arranged: {n}"],
  clear: ["全部取消", "Clear"],
  expire: ["令所有 token 失效", "Expire all tokens"],
  expired: ["已失效 {n} 个 token", "{n} tokens expired"],
  clock: ["平台时间", "Platform time"],
  ahead: ["拨快（秒）", "Ahead by (seconds)"],
  calls: ["接口调用记录", "Calls"],
  callbacks: ["回调记录", "Callbacks"],
  time: ["时间", "Time"],
  path: ["接口", "Endpoint"],
  errcode: ["errcode", "errcode"],
  took: ["耗时", "Took"],
  event: ["事件", "Event"],
  attempts: ["尝试", "Attempts"],
  state_waiting: ["等待", "Waiting"],
  state_delivered: ["已送达", "Delivered"],
  state_failed: ["失败", "Failed"],
  refresh: ["刷新", "Refresh"],
  none: ["暂无记录", "Nothing yet"],
};

const REFUSALS = {
  not_empty: "部门中还有成员或下级部门，不能删除",
  bad_department: "部门不存在，或上级部门不可用",
  bad_userid: "账号须为 1–64 位字母、数字或 _-@.，并以字母或数字开头",
  taken: "该账号已被使用",
  not_answered: "地址没有在 1 秒内应答",
  not_reached: "无法连接该地址",
  bad_status: "地址没有以 HTTP 200 应答",
  bad_echo: "应答不是解密后的 echostr 明文",
  bad_url: "URL 须以 http:// 或 https:// 开头",
  bad_token: "Token 须为 3–32 位字母或数字",
  bad_aes_key: "EncodingAESKey 须为 43 位字母或数字",
};

const english = document.documentElement.lang === "en";

/** Why the server refused, in the reader's language; the server's own words are English. */
export function refusal(error) {
  return english || !REFUSALS[error.code] ? error.message : REFUSALS[error.code];
}

export const locale = english ? "en" : "zh-CN";

export function t(key, values = {}) {
  return (TEXTS[key]?.[english ? 1 : 0] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
