// Asking for subscription notices: each yes allows the account one of them.
import { api } from "./api.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { lay } from "./layers.js";
import { t } from "./texts.js";

/** Ask for the notices of an official account or mini-program. */
export async function askToSubscribe(phone, account) {
  try {
    const { items } = await api.subscriptions(phone.id, account.app_id);
    if (items.length) show(phone, account, items);
    else phone.toast(t("subscribe.none"));
  } catch (error) {
    phone.fail(error);
  }
}

function show(phone, account, items) {
  const veil = h("div", { class: "veil", onclick: (event) => event.target === veil && answer("reject") });
  const chosen = new Set(items.map((one) => one.template_id));
  const answer = async (choice) => {
    veil.remove();
    try {
      for (const one of items) {
        const said = choice === "accept" && chosen.has(one.template_id) ? "accept" : "reject";
        await api.act(phone.id, account.app_id, "choose", { template_id: one.template_id, choice: said });
      }
      if (choice === "accept" && chosen.size) phone.toast(t("subscribe.done"));
    } catch (error) {
      phone.fail(error);
    }
  };
  veil.append(h("div", { class: "sheet asking", role: "dialog", "aria-label": t("subscribe.title") },
    h("header", {}, avatar(account.avatar), h("b", {}, account.name), h("span", {}, t("subscribe.title"))),
    items.map((one) => choice(one, chosen)),
    h("footer", {},
      h("button", { class: "quiet", onclick: () => answer("reject") }, t("subscribe.refuse")),
      h("button", { class: "primary", onclick: () => answer("accept") }, t("mini.allow")))));
  lay(phone.glass, veil);
}

function choice(one, chosen) {
  const turn = (event) => {
    const on = !chosen.delete(one.template_id);
    if (on) chosen.add(one.template_id);
    event.currentTarget.setAttribute("aria-checked", String(on));
  };
  return h("button", { class: "choice", role: "checkbox", "aria-checked": "true", onclick: turn },
    h("i", {}, svg(icons.tick)), h("span", {}, one.title), h("small", {}, one.remaining ? t("subscribe.left", { count: one.remaining }) : ""));
}
