// A company: its ids and secrets, where its callbacks go, its members.
import { h } from "../phones/dom.js";
import { directoryParts } from "./platform-directory.js";
import { refusal, t } from "./platform-texts.js";
import { webForm } from "./platform-web.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function corpPanel(corp, ask) {
  return h("section", { class: "panel" },
    h("h2", {}, corp.name),
    h("p", { class: "hint" }, corp.full_name),
    facts({ corp_id: corp.corp_id, base_url: corp.base_url }),
    corp.apps.map((app) => appPart(corp, app, ask)),
    directoryParts(corp, ask));
}

/** Names and values below each other. */
export function facts(values) {
  return h("dl", { class: "facts" }, Object.entries(values).map(([key, value]) =>
    [h("dt", {}, t(key)), h("dd", { class: "mono" }, String(value))]));
}

function appPart(corp, app, ask) {
  const head = [h("h3", {}, app.kind === "directory" ? t("directory") : app.name), facts({ agent: app.agent_id, secret: app.secret })];
  return app.kind === "directory" ? head : [...head, h("h3", {}, t("callback")), h("p", { class: "hint" }, t("callback_hint")), callbackForm(corp, app, ask), ...webForm(corp, app, ask)];
}

function callbackForm(corp, app, ask) {
  const fields = {};
  const said = h("span", { role: "status" });
  const input = (name) => {
    fields[name] = h("input", { name, class: "mono", value: app.callback[name], autocomplete: "off", "aria-label": t(name) });
    return [h("label", {}, t(name)), fields[name]];
  };
  const save = async (event) => {
    event.preventDefault();
    said.className = "";
    said.textContent = "…";
    const body = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value.trim()]));
    try {
      await ask("PUT", `/corps/${corp.corp_id}/apps/${app.agent_id}/callback`, body);
      said.className = "good";
      said.textContent = t(body.url ? "saved" : "off");
    } catch (error) {
      said.className = "bad";
      said.textContent = refusal(error);
    }
  };
  const random = () => {
    fields.token.value = letters(24);
    fields.aes_key.value = letters(43);
  };
  return h("form", { class: "callback", onsubmit: save },
    ["url", "token", "aes_key"].map(input),
    h("div", { class: "foot" },
      h("button", { class: "main" }, t("save")),
      h("button", { type: "button", onclick: random }, t("random")),
      said));
}

/** So many random letters and digits. */
export function letters(count) {
  return Array.from(crypto.getRandomValues(new Uint32Array(count)), (number) => LETTERS[number % LETTERS.length]).join("");
}
