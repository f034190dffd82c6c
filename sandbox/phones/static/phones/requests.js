// 新的朋友: requests that wait for the member, and members who ask.
import { api } from "./api.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { t } from "./texts.js";

export function requestsScreen(phone) {
  const body = h("div", { class: "body" });
  const accept = async (who) => {
    try {
      await api.sayYes(phone.id, who);
      await phone.refresh();
      phone.openChat(who);
    } catch (error) {
      phone.fail(error);
    }
  };
  const update = () => {
    const rows = phone.state.requests.map((who) =>
      h("div", { class: "row small" },
        avatar(who.avatar),
        h("span", { class: "text" },
          h("span", { class: "first" },
            h("span", { class: "name" }, who.name),
            h("span", { class: "corp" }, `@${who.corp_name}`),
            who.invited ? null : h("time", {}, t("requests.waiting")))),
        who.invited ? h("button", { class: "accept", onclick: () => accept(who) }, t("requests.accept")) : null));
    body.replaceChildren(rows.length ? h("div", { class: "rows" }, rows) : h("div", { class: "empty" }, t("requests.empty")));
  };
  update();
  const element = h("section", { class: "screen" },
    h("div", { class: "nav" },
      h("button", { "aria-label": t("back"), onclick: () => phone.pop() }, svg(icons.back)),
      h("h1", {}, t("requests.title"))),
    body);
  return { name: "requests", element, update };
}
