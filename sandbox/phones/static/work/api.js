// What a member's phone asks of the sandbox.
import { ApiError } from "../phones/api.js";

/** One call of the scripting API; raises ApiError with the refusal's code. */
export async function ask(method, path, body) {
  const file = body instanceof Blob;
  const response = await fetch(`/sandbox/api${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": file ? body.type : "application/json" },
    body: body === undefined || file ? body : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new ApiError(answer.error?.code ?? "failed", answer.error?.message ?? response.statusText);
  return answer;
}

export const staff = () => ask("GET", "/staff");

/** The calls of one member's phone. id: corp/userid */
export function callsOf(id) {
  const [corp, userid] = id.split("/");
  const own = `/corps/${encodeURIComponent(corp)}/members/${encodeURIComponent(userid)}`;
  const friend = (person) => `/persons/${person}/friends/${encodeURIComponent(corp)}/${encodeURIComponent(userid)}`;
  const thread = (key) => `${own}/threads/${encodeURIComponent(key)}`;
  return {
    corp,
    userid,
    phone: () => ask("GET", `${own}/phone`),
    show: (shown) => ask("PATCH", `${own}/phone`, { shown }),
    open: (url) => ask("POST", `${own}/open`, { url }),
    beside: (page, chat) => ask("POST", `${own}/toolbar`, { page_id: page, ...chat }),
    thread: (key) => ask("GET", thread(key)),
    read: (key) => ask("POST", `${thread(key)}/read`),
    say: (key, text) => ask("POST", thread(key), { text }),
    picture: (key, file) => ask("POST", `${thread(key)}/picture`, file),
    recall: (message) => ask("DELETE", `${own}/messages/${message}`),
    customer: (person) => ask("GET", `${own}/customers/${person}`),
    search: (wanted) => ask("GET", `${own}/search?q=${encodeURIComponent(wanted)}`),
    addCustomer: (person) => ask("POST", `${own}/customers/${person}`),
    edit: (person, changes) => ask("PATCH", friend(person), changes),
    accept: (person) => ask("POST", `${friend(person)}/accept`),
    forget: (person) => ask("DELETE", `${friend(person)}?by=member`),
    confirm: (task) => ask("POST", task.kind === "moment" ? `/moments/${task.key}/members/${userid}` : `/mass/${task.key}/members/${userid}`),
    skip: (key) => ask("POST", `${own}/tasks/${encodeURIComponent(key)}/skip`),
    press: (message, key, answers) => ask("POST", `${own}/cards/${message}`, { key, answers }),
    createGroup: (name, persons) => ask("POST", `${own}/groups`, { name, persons }),
    group: (chat) => ask("GET", `${own}/groups/${chat}`),
    changeGroup: (chat, changes) => ask("PATCH", `${own}/groups/${chat}`, changes),
    dismissGroup: (chat) => ask("DELETE", `${own}/groups/${chat}`),
    invite: (chat, persons) => ask("POST", `${own}/groups/${chat}/people`, { persons }),
    removeFromGroup: (chat, person) => ask("DELETE", `${own}/groups/${chat}/people/${person}`),
    end: (key) => ask("POST", `${thread(key)}/end`),
    scan: (what) => ask("POST", `${own}/scan`, what),
    settle: (key, answer) => ask("POST", `${own}/scan/${encodeURIComponent(key)}/${answer}`),
  };
}
