// 搜一搜: official accounts and mini-programs by name.
import { api } from "./api.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { accountScreen } from "./official.js";
import { empty, frame } from "./parts.js";
import { t } from "./texts.js";

export function searchScreen(phone) {
  const found = h("div", { class: "found" });
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    try {
      const { items } = await api.search(phone.id, input.value);
      if (mine === asked) found.replaceChildren(...rows(phone, items, input.value));
    } catch (error) {
      phone.fail(error);
    }
  };
  const input = h("input", { type: "search", placeholder: t("search.hint"), "aria-label": t("search.hint"), autocomplete: "off", oninput: look });
  const body = h("div", { class: "body" }, h("label", { class: "searching" }, svg(icons.search), input), found);
  look();
  return { name: "search", element: frame(phone, { title: t("search.title"), body }) };
}

function rows(phone, items, text) {
  if (!items.length) return [empty(t(text.trim() ? "search.none" : "search.none_yet"))];
  const open = (one) => () => (one.type === "mini" ? phone.openMini(one.app_id) : phone.push(accountScreen(phone, one)));
  return [h("div", { class: "rows" }, items.map((one) => h("button", { class: "row", onclick: open(one) },
    avatar(one.avatar),
    h("span", { class: "text" },
      h("span", { class: "first" }, h("span", { class: "name grow" }, one.name),
        h("span", { class: "form" }, one.following ? t("search.following") : t(one.type === "mini" ? "mini.mark" : `official.${one.form}`))),
      one.introduction ? h("div", { class: "last" }, one.introduction) : null))))];
}
