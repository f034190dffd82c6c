// The settings page of the platform: companies, misbehaviour, clock, logs.
import { h } from "../phones/dom.js";
import { corpPanel } from "./platform-corp.js";
import { logPanels } from "./platform-logs.js";
import { troublePanel } from "./platform-trouble.js";
import { wechatPanel } from "./platform-wechat.js";

/** A call of the scripting API; throws an Error with the server's message. */
export async function ask(method, path, body) {
  const response = await fetch(`/sandbox/api${path}`, { method, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error?.message ?? response.statusText), { code: answer.error?.code });
  return answer;
}

const settings = document.querySelector(".settings");
const { items } = await ask("GET", "/corps");
settings.append(...items.map((corp) => corpPanel(corp, ask)), await wechatPanel(ask), await troublePanel(ask), ...(await logPanels(ask)));
if (!items.length) settings.prepend(h("p", {}, "—"));
