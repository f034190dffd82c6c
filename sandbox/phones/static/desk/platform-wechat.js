// Official accounts and mini-programs: their ids and secrets, what phones show of them, where their events go.
import { h } from "../phones/dom.js";
import { facts, letters } from "./platform-corp.js";
import { refusal, t } from "./platform-texts.js";

const FORMS = ["service", "subscription", "mini"];
const MODES = ["safe", "compatible", "plain"];

export async function wechatPanel(ask) {
  const list = h("div", {});
  const fill = async () => {
    const { items } = await ask("GET", "/weixin/apps");
    list.replaceChildren(...(items.length ? items.map((one) => accountPart(one, ask)) : [h("p", { class: "hint" }, t("wechat_none"))]));
  };
  await fill();
  return h("section", { class: "panel", id: "wechat" }, h("h2", {}, t("wechat")), h("p", { class: "hint" }, t("wechat_hint")),
    list, newAccount(ask, fill));
}

function accountPart(account, ask) {
  const form = account.kind === "mini" ? "mini" : account.form;
  const values = { app_id: account.app_id, app_secret: account.secret, original_id: account.original_id, base_url: account.base_url };
  const followers = account.users.filter((one) => one.subscribed).length;
  return h("details", { class: "account" },
    h("summary", {}, h("img", { src: `/avatars/accounts/${account.app_id}.svg`, alt: "" }), h("b", {}, account.name), h("span", {}, t(`form_${form}`))),
    facts(account.kind === "mini" ? values : { ...values, followers }),
    h("h3", {}, t("wechat_page")),
    saved(account, ["web_domain", "introduction"], (body) => ask("PATCH", `/weixin/apps/${account.app_id}`, body), () => t("kept")),
    h("h3", {}, t("callback")),
    saved(account, ["url", "token", "aes_key"], (body) => ask("PUT", `/weixin/apps/${account.app_id}/callback`, body),
      (body) => t(body.url ? "saved" : "off"), { random: true }));
}

/** A form that sends its fields; the mode of encryption goes with an address for events. */
function saved(account, names, send, done, { random = false } = {}) {
  const now = { ...account, url: account.callback_url, token: account.callback_token, aes_key: account.callback_aes_key };
  const said = h("span", { role: "status" });
  const fields = Object.fromEntries(names.map((name) =>
    [name, h("input", { name, value: now[name] ?? "", autocomplete: "off", "aria-label": `${account.name} ${t(name)}` })]));
  if (random) fields.mode = choice(MODES, account.mode, "mode", account.name);
  const submit = async (event) => {
    event.preventDefault();
    const body = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value.trim()]));
    said.className = "";
    said.textContent = "…";
    try {
      await send(body);
      said.className = "good";
      said.textContent = done(body);
    } catch (error) {
      said.className = "bad";
      said.textContent = refusal(error);
    }
  };
  const roll = () => {
    fields.token.value = letters(24);
    fields.aes_key.value = letters(43);
  };
  return h("form", { class: "callback", onsubmit: submit },
    Object.entries(fields).map(([name, field]) => [h("label", {}, t(name)), field]),
    h("div", { class: "foot" }, h("button", { class: "main" }, t("save")),
      random ? h("button", { type: "button", onclick: roll }, t("random")) : null, said));
}

function choice(options, value, kind, name = "") {
  return h("select", { "aria-label": `${name} ${t(kind)}`.trim() },
    options.map((one) => h("option", one === value ? { value: one, selected: "" } : { value: one }, t(`${kind}_${one}`))));
}

function newAccount(ask, fill) {
  const said = h("span", { role: "status", class: "bad" });
  const name = h("input", { "aria-label": t("name"), placeholder: t("name"), required: "" });
  const form = choice(FORMS, "service", "form");
  form.setAttribute("aria-label", t("kind"));
  const submit = async (event) => {
    event.preventDefault();
    const mini = form.value === "mini";
    said.textContent = "";
    try {
      await ask("POST", "/weixin/apps", { name: name.value.trim(), kind: mini ? "mini" : "official", ...(mini ? {} : { form: form.value }) });
      name.value = "";
      await fill();
    } catch (error) {
      said.textContent = refusal(error);
    }
  };
  return h("form", { class: "tools adding", onsubmit: submit }, name, form, h("button", {}, t("add_account")), said);
}
