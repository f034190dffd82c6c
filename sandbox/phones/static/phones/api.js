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

const friend = (id, who) => `/persons/${id}/friends/${who.corp_id}/${encodeURIComponent(who.userid)}`;

export const api = {
  persons: () => call("GET", "/persons"),
  createPerson: (name) => call("POST", "/persons", { name }),
  showPhone: (id, shown) => call("PATCH", `/persons/${id}`, { shown }),
  phone: (id) => call("GET", `/persons/${id}/phone`),
  scan: (id, what) => call("POST", `/persons/${id}/scan`, what),
  add: (id, slug, userid) => call("POST", `/persons/${id}/friends`, { slug, userid }),
  remove: (id, who) => call("DELETE", friend(id, who)),
  say: (id, who, text) => call("POST", `${friend(id, who)}/messages`, { text }),
  read: (id, who) => call("POST", `/persons/${id}/chats/${who.corp_id}/${encodeURIComponent(who.userid)}/read`),
  codes: () => call("GET", "/codes"),
};
