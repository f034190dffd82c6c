// A mini-program's shell: what WeChat hands to it, and the codes that it asks for.
import { api } from "./api.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { ask, sheet } from "./layers.js";
import { askToSubscribe } from "./subscribe.js";
import { t } from "./texts.js";

/** mini: {app_id, name, avatar, path, query, parameters, introduction}. */
export function miniScreen(phone, mini) {
  const codes = h("div", { class: "mini-codes", "aria-live": "polite" });
  const give = async (what) => {
    try {
      const { code } = await api.miniCode(phone.id, mini.app_id, what);
      codes.prepend(codeCard(phone, t(`mini.${what}`), code));
    } catch (error) {
      phone.fail(error);
    }
  };
  const askForPhone = () => ask(phone.glass, {
    title: t("mini.ask_title", mini),
    text: t("mini.ask_text", phone.state),
    yes: t("mini.allow"),
    run: () => give("phone"),
  });
  const body = h("div", { class: "body" },
    h("div", { class: "mini-top" }, avatar(mini.avatar), h("h2", {}, mini.name), mini.introduction ? h("p", {}, mini.introduction) : null),
    h("dl", { class: "mini-page" },
      h("dt", {}, t("mini.page")), h("dd", {}, mini.path || t("mini.home")),
      h("dt", {}, t("mini.query")), h("dd", {}, parameters(mini))),
    h("div", { class: "mini-acts" },
      act(t("mini.login"), t("mini.login_why"), () => give("login"), "primary"),
      act(t("mini.phone"), t("mini.phone_why"), askForPhone, "quiet"),
      act(t("subscribe.button"), t("subscribe.why"), () => askToSubscribe(phone, mini), "quiet")),
    codes,
    h("p", { class: "mini-why" }, t("mini.server")));
  const element = h("section", { class: "screen mini-shell" },
    h("div", { class: "nav" },
      h("button", { "aria-label": t("back"), onclick: () => phone.pop() }, svg(icons.back)),
      h("h1", {}, mini.name),
      h("div", { class: "capsule right" },
        h("button", { "aria-label": t("more"), onclick: () => more(phone, mini) }, svg(icons.more)),
        h("button", { "aria-label": t("mini.close"), onclick: () => phone.pop() }, svg(icons.target)))),
    body);
  return { name: "mini", element };
}

function parameters(mini) {
  if (!mini.parameters.length) return t("mini.no_query");
  return h("table", {}, h("tbody", {}, mini.parameters.map((one) => h("tr", {}, h("th", {}, one.name), h("td", {}, one.value)))));
}

function act(label, why, run, kind) {
  return h("div", {}, h("button", { class: kind, onclick: run }, label), h("small", {}, why));
}

function codeCard(phone, name, code) {
  const copy = () => navigator.clipboard?.writeText(code).then(() => phone.toast(t("web.copied")), () => phone.toast(code));
  return h("div", { class: "mini-code" },
    h("b", {}, name), h("code", {}, code), h("small", {}, t("mini.code_ends")),
    h("button", { onclick: copy }, t("mini.copy")));
}

function more(phone, mini) {
  const contact = () => phone.openChat(phone.state.chats.find((one) => one.key === mini.key) ?? { ...mini, messages: [] });
  sheet(phone.glass, [{ label: t("mini.contact"), run: contact }, { label: t("mini.back"), run: () => phone.pop() }],
    h("div", { class: "address" }, mini.path ? `${mini.path}${mini.query ? `?${mini.query}` : ""}` : mini.name));
}
