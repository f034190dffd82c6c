// The scripting API of the sandbox.

export class ApiError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function call(method, path, body) {
  const response = await fetch(`/sandbox/api${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new ApiError(answer.error?.code ?? "failed", answer.error?.message ?? response.statusText);
  return answer;
}

async function upload(path, file) {
  const response = await fetch(`/sandbox/api${path}`, { method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file });
  if (response.ok) return;
  const answer = await response.json();
  throw new ApiError(answer.error?.code ?? "failed", answer.error?.message ?? response.statusText);
}

const person = (id, rest) => `/persons/${id}/${rest}`;
const account = (id, appId, act) => `/weixin/apps/${encodeURIComponent(appId)}/people/${id}${act ? `/${act}` : ""}`;
const moment = (id, post, act) => person(id, `moments/${encodeURIComponent(post.moment_id)}/${encodeURIComponent(post.userid)}/${act}`);
const friend = (id, who) => `/persons/${id}/friends/${who.corp_id}/${encodeURIComponent(who.userid)}`;

export const api = {
  persons: () => call("GET", "/persons"),
  createPerson: (name) => call("POST", "/persons", { name }),
  showPhone: (id, shown) => call("PATCH", `/persons/${id}`, { shown }),
  phone: (id) => call("GET", `/persons/${id}/phone`),
  scan: (id, what) => call("POST", `/persons/${id}/scan`, what),
  add: (id, slug, userid) => call("POST", `/persons/${id}/friends`, { slug, userid }),
  sayYes: (id, who) => call("POST", person(id, `invitations/${who.corp_id}/${encodeURIComponent(who.userid)}`)),
  remove: (id, who) => call("DELETE", friend(id, who)),
  say: (id, who, text) => call("POST", `${friend(id, who)}/messages`, { text }),
  read: (id, who) => call("POST", `/persons/${id}/chats/${who.corp_id}/${encodeURIComponent(who.userid)}/read`),
  readOther: (id, key) => call("POST", person(id, "read"), { chat: key }),
  sendPicture: (id, key, file) => upload(person(id, `pictures?chat=${encodeURIComponent(key)}`), file),
  search: (id, text) => call("GET", person(id, `search?q=${encodeURIComponent(text)}`)),
  act: (id, appId, act, what = {}) => call("POST", account(id, appId, act), what),
  refuse: (id, appId, refuses) => call("PATCH", account(id, appId, ""), { refuses }),
  sayInGroup: (id, chatId, text) => call("POST", person(id, `groups/${encodeURIComponent(chatId)}/messages`), { text }),
  joinGroup: (id, slug) => call("POST", person(id, "groups"), { slug }),
  leaveGroup: (id, chat) => call("DELETE", `/corps/${chat.corp_id}/groups/${encodeURIComponent(chat.chat_id)}/members/${id}`),
  moments: (id) => call("GET", person(id, "moments")),
  momentsSeen: (id) => call("POST", person(id, "moments/seen")),
  like: (id, post, liked) => call(liked ? "PUT" : "DELETE", moment(id, post, "like")),
  comment: (id, post, text) => call("POST", moment(id, post, "comments"), { text }),
  openMini: (id, appId, path = "", query = "") => call("POST", person(id, `minis/${encodeURIComponent(appId)}`), { path, query }),
  miniCode: (id, appId, what) => call("POST", person(id, `minis/${encodeURIComponent(appId)}/${what}`)),
  subscriptions: (id, appId) => call("GET", person(id, `subscriptions/${encodeURIComponent(appId)}`)),
  service: (id, kfId, what) => call("POST", person(id, `services/${encodeURIComponent(kfId)}`), what),
  serviceFile: (id, kfId, file) => upload(person(id, `services/${encodeURIComponent(kfId)}/files?name=${encodeURIComponent(file.name)}`), file),
  codes: () => call("GET", "/codes"),
};
