// What an application is trusted with in web views, and the page it has in the toolbar of chats.
import { h } from "../phones/dom.js";
import { refusal, t } from "./platform-texts.js";

const FIELDS = ["trusted_domain", "login_domain", "home_url", "toolbar_name", "toolbar_url"];

export function webForm(corp, app, ask) {
  const path = `/corps/${corp.corp_id}/apps/${app.agent_id}`;
  const fields = Object.fromEntries(FIELDS.map((name) => [name, h("input", { name, class: "mono", autocomplete: "off", "aria-label": t(name) })]));
  const said = h("span", { role: "status" });
  const tell = (kind, words) => {
    said.className = kind;
    said.textContent = words;
  };
  const fill = (web, toolbar) => {
    const [page] = toolbar.pages;
    const values = { ...web, toolbar_name: page?.name ?? "", toolbar_url: page?.url ?? "" };
    for (const name of FIELDS) fields[name].value = values[name];
  };
  const save = async (event) => {
    event.preventDefault();
    tell("", "…");
    const values = Object.fromEntries(FIELDS.map((name) => [name, fields[name].value.trim()]));
    const { toolbar_name: name, toolbar_url: url, ...web } = values;
    try {
      const toolbar = await ask("PUT", `${path}/toolbar`, { pages: name || url ? [{ name, url }] : [] });
      fill(await ask("PUT", `${path}/web`, web), toolbar);
      tell("good", t("web_saved"));
    } catch (error) {
      tell("bad", refusal(error));
    }
  };
  Promise.all([ask("GET", `${path}/web`), ask("GET", `${path}/toolbar`)]).then(([web, toolbar]) => fill(web, toolbar), (error) => tell("bad", refusal(error)));
  return [
    h("h3", {}, t("web")),
    h("p", { class: "hint" }, t("web_hint")),
    h("form", { class: "callback", onsubmit: save },
      FIELDS.map((name) => [h("label", {}, t(name)), fields[name]]),
      h("div", { class: "foot" }, h("button", { class: "main" }, t("save")), said)),
  ];
}
