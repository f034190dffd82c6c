// 工作台: what the platform itself offers, and the company's applications.
import { h, svg } from "../phones/dom.js";
import { chooseScreen } from "./groups.js";
import { icons } from "./icons.js";
import { taskTiles } from "./tasks.js";
import { t } from "./texts.js";

/** The tab. */
export function workbench(phone) {
  const open = (app) => () => (app.home_url ? phone.open({ url: app.home_url }) : phone.toast(t("workbench.no_home")));
  return [
    h("div", { class: "section" }, t("workbench.tools")),
    h("div", { class: "tiles" }, taskTiles(phone),
      h("button", { class: "tile", onclick: () => phone.push(chooseScreen(phone)) }, h("i", { class: "sign tool" }, svg(icons.group)), t("group.new"))),
    h("div", { class: "section" }, t("workbench.apps")),
    h("div", { class: "tiles" }, phone.state.apps.map((app) =>
      h("button", { class: app.home_url ? "tile" : "tile off", "data-app": app.agent_id, onclick: open(app) },
        h("i", { class: "sign" }, app.name.slice(0, 1)), app.name))),
  ];
}
