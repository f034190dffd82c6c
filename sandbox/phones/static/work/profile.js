// A customer as his member sees him: remark, tags, where he came from.
import { h } from "../phones/dom.js";
import { ask } from "../phones/layers.js";
import { inOrder } from "../phones/order.js";
import { language } from "../phones/texts.js";
import { bar, cell, cells } from "./parts.js";
import { known, t } from "./texts.js";

export function profileScreen(phone, person) {
  const body = h("div", { class: "body" });
  const latest = inOrder();
  const look = async () => {
    const found = await latest(phone.calls.customer(person));
    if (found) body.replaceChildren(...parts(phone, found));
  };
  const update = () => look().catch((error) => phone.fail(error));
  const element = h("section", { class: "screen profile" }, bar(phone, t("profile.title")), body);
  update();
  return { name: "profile", element, update };
}

function parts(phone, one) {
  const since = new Date(one.since * 1000).toLocaleString(language === "en" ? "en" : "zh-CN", { dateStyle: "medium", timeStyle: "short" });
  const tags = one.tag_groups.flatMap((group) => group.tags).filter((tag) => tag.given);
  const plain = (label, value) => (value ? cell(t(label), value) : null);
  return [
    h("div", { class: "cells" }, h("div", { class: "card" },
      h("img", { class: "avatar", src: one.avatar, alt: "" }),
      h("div", {}, h("h2", {}, one.remark || one.name), h("p", { class: "corp" }, t("at_wechat")),
        one.remark ? h("p", {}, one.name) : null))),
    cells(
      cell(t("profile.remark"), one.remark || t("profile.remark_none"), () => phone.push(remarkScreen(phone, one))),
      h("button", { class: "cell tagged", onclick: () => phone.push(tagsScreen(phone, one)) },
        h("span", { class: "label" }, t("profile.tags")),
        h("span", { class: "tags" }, tags.length ? tags.map((tag) => h("i", {}, tag.name)) : t("profile.tags_none")))),
    cells(
      plain("profile.description", one.description),
      plain("profile.company", one.company),
      plain("profile.mobiles", one.mobiles.join("、")),
      plain("profile.since", since),
      plain("profile.source", t(known(`way.${one.add_way}`) ? `way.${one.add_way}` : "way.0")),
      plain("profile.state", one.state),
      plain("profile.from", one.from_member)),
    cells(h("button", { class: "cell center", onclick: () => phone.openChat({ key: one.thread, kind: "customer", ...one, name: one.remark || one.name }) }, t("profile.message"))),
    cells(h("button", { class: "cell center danger", onclick: () => remove(phone, one) }, t("profile.delete"))),
  ];
}

function remove(phone, one) {
  ask(phone.glass, {
    title: t("profile.delete"),
    text: t("profile.delete_text", { name: one.remark || one.name }),
    yes: t("profile.delete_sure"),
    danger: true,
    run: async () => {
      phone.home();
      await phone.act(() => phone.calls.forget(one.person_id));
    },
  });
}

function remarkScreen(phone, one) {
  const input = h("input", { value: one.remark, maxlength: 20, "aria-label": t("profile.remark"), placeholder: one.name });
  const save = async (event) => {
    event.preventDefault();
    if (await phone.act(() => phone.calls.edit(one.person_id, { remark: input.value.trim() }))) phone.pop();
  };
  const element = h("section", { class: "screen" }, bar(phone, t("remark.title")),
    h("form", { class: "body form", onsubmit: save }, input, h("button", { class: "main-button" }, t("save"))));
  setTimeout(() => input.focus({ preventScroll: true }), 300);
  return { name: "remark", element };
}

function tagsScreen(phone, one) {
  const chosen = new Set(one.tag_groups.flatMap((group) => group.tags).filter((tag) => tag.given).map((tag) => tag.tag_id));
  const choose = (event, tag) => {
    if (!chosen.delete(tag.tag_id)) chosen.add(tag.tag_id);
    event.currentTarget.setAttribute("aria-pressed", String(chosen.has(tag.tag_id)));
  };
  const save = async () => {
    if (await phone.act(() => phone.calls.edit(one.person_id, { tag_ids: [...chosen] }))) phone.pop();
  };
  const groups = one.tag_groups.map((group) => [
    h("div", { class: "section" }, group.name),
    h("div", { class: "choices" }, group.tags.map((tag) =>
      h("button", { "aria-pressed": String(chosen.has(tag.tag_id)), onclick: (event) => choose(event, tag) }, tag.name))),
  ]);
  const element = h("section", { class: "screen" }, bar(phone, t("tags.title")),
    h("div", { class: "body" }, groups.length ? groups : h("div", { class: "empty" }, t("tags.none"))),
    groups.length ? h("div", { class: "bottom" }, h("button", { class: "main-button", onclick: save }, t("save"))) : "");
  return { name: "tags", element };
}
