// 客户: who waits for a yes, and whom the member knows.
import { h, svg } from "../phones/dom.js";
import { icons as shared } from "../phones/icons.js";
import { icons } from "./icons.js";
import { bar } from "./parts.js";
import { profileScreen } from "./profile.js";
import { t } from "./texts.js";

/** The tab. */
export function customers(phone) {
  const waiting = phone.state.requests.length;
  const list = h("div", { class: "rows" });
  const count = h("div", { class: "section" });
  const fill = (wanted) => {
    const found = phone.state.customers.filter((one) => `${one.remark}${one.name}${one.tags.join()}`.toLowerCase().includes(wanted));
    count.textContent = `${t("customers.all")} · ${t("customers.count", { count: found.length })}`;
    list.replaceChildren(...(found.length ? found.map((one) => row(phone, one)) : [h("p", { class: "nothing" }, t("customers.none"))]));
  };
  const find = h("input", { type: "search", placeholder: t("customers.search"), "aria-label": t("customers.search"), value: phone.wanted ?? "",
    oninput: () => { phone.wanted = find.value; fill(find.value.trim().toLowerCase()); } });
  const parts = [
    h("div", { class: "cells" },
      h("button", { class: "cell iconed", onclick: () => phone.push(requestsScreen(phone)) },
        h("span", { class: "square", style: "background:#fa9d3b" }, svg(shared.addPerson)),
        h("span", { class: "label" }, t("customers.new")),
        waiting ? h("span", { class: "badge" }, waiting) : null, svg(shared.chevron, "chevron")),
      h("button", { class: "cell iconed", onclick: () => phone.push(addScreen(phone)) },
        h("span", { class: "square", style: "background:#2b7ce9" }, svg(icons.search)),
        h("span", { class: "label" }, t("customers.add")), svg(shared.chevron, "chevron"))),
  ];
  if (phone.state.coming.length) {
    parts.push(h("div", { class: "section" }, t("customers.coming")), h("div", { class: "rows" }, phone.state.coming.map((one) =>
      h("div", { class: "row small" }, h("img", { class: "avatar", src: one.avatar, alt: "" }),
        h("span", { class: "text" }, h("span", { class: "first" }, h("span", { class: "name" }, one.name)),
          h("div", { class: "last" }, t("customers.coming_from", one)))))));
  }
  if (!phone.state.customers.length) return [...parts, h("div", { class: "empty" }, t("customers.empty"))];
  fill((phone.wanted ?? "").trim().toLowerCase());
  return [h("label", { class: "find" }, svg(icons.search), find), ...parts, count, list];
}

function row(phone, one) {
  return h("button", { class: "row small", "data-customer": one.person_id, onclick: () => phone.push(profileScreen(phone, one.person_id)) },
    h("img", { class: "avatar", src: one.avatar, alt: "", draggable: "false" }),
    h("span", { class: "text" },
      h("span", { class: "first" },
        h("span", { class: "name" }, one.remark || one.name),
        h("span", { class: "corp" }, t("at_wechat"))),
      one.tags.length ? h("span", { class: "tags" }, one.tags.slice(0, 4).map((tag) => h("i", {}, tag))) : null));
}

function requestsScreen(phone) {
  const body = h("div", { class: "body" });
  const accept = async (who) => {
    if (await phone.act(() => phone.calls.accept(who.person_id))) phone.openChat({ key: who.thread, kind: "customer", ...who });
  };
  const update = () => {
    const rows = phone.state.requests.map((who) => h("div", { class: "row" },
      h("img", { class: "avatar", src: who.avatar, alt: "" }),
      h("span", { class: "text" },
        h("span", { class: "first" }, h("span", { class: "name" }, who.name), h("span", { class: "corp" }, t("at_wechat"))),
        h("div", { class: "last" }, t("requests.hello"))),
      h("button", { class: "small-button", onclick: () => accept(who) }, t("requests.accept"))));
    body.replaceChildren(rows.length ? h("div", { class: "rows" }, rows) : h("div", { class: "empty" }, t("requests.empty")));
  };
  update();
  const element = h("section", { class: "screen" }, bar(phone, t("requests.title")), body);
  return { name: "requests", element, update };
}

/** 添加客户: by the whole number or a part of the name. */
function addScreen(phone) {
  const list = h("div", { class: "rows" });
  const input = h("input", { type: "search", placeholder: t("add.hint"), "aria-label": t("add.hint"), maxlength: 40, autocomplete: "off" });
  const add = async (one) => {
    if (!(await phone.act(() => phone.calls.addCustomer(one.person_id)))) return;
    phone.toast(t("add.asked"));
    await look();
  };
  const look = async () => {
    const { items } = input.value.trim() ? await phone.calls.search(input.value) : { items: null };
    list.replaceChildren(...(items ?? []).map((one) => h("div", { class: "row small" },
      h("img", { class: "avatar", src: one.avatar, alt: "" }),
      h("span", { class: "text" }, h("span", { class: "first" }, h("span", { class: "name" }, one.name))),
      one.stage ? h("span", { class: "stage" }, t(`add.stage.${one.stage}`))
        : h("button", { class: "small-button", onclick: () => add(one) }, t("add.ask")))),
      items?.length === 0 ? h("p", { class: "nothing" }, t("add.none")) : "");
  };
  const submit = (event) => {
    event.preventDefault();
    look().catch((error) => phone.fail(error));
  };
  const element = h("section", { class: "screen" }, bar(phone, t("customers.add")),
    h("div", { class: "body" }, h("form", { class: "find", onsubmit: submit, oninput: submit }, svg(icons.search), input), list));
  return { name: "add", element };
}
