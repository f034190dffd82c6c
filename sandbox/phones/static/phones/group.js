// Customer groups: who is in one, joining by a code, leaving, and the list of those joined.
import { api } from "./api.js";
import { avatar, h } from "./dom.js";
import { face, faces } from "./faces.js";
import { ask } from "./layers.js";
import { action, empty, fact, frame } from "./parts.js";
import { t } from "./texts.js";

/** 聊天信息 of a group. */
export function groupScreen(phone, chat) {
  const body = h("div", { class: "body" });
  const title = h("span");
  const leave = () => ask(phone.glass, {
    title: t("group.leave_title"),
    text: t("group.leave_text"),
    yes: t("group.leave"),
    danger: true,
    run: async () => {
      await api.leaveGroup(phone.id, chat).catch((error) => phone.fail(error));
      phone.home();
      await phone.refresh();
    },
  });
  const update = () => {
    const living = phone.state.chats.find((one) => one.key === chat.key) ?? chat;
    title.textContent = t("group.count", { name: t("group.info"), count: living.members.length });
    body.replaceChildren(
      h("div", { class: "attendees" }, living.members.map((one) => h("div", {}, avatar(one.avatar), h("span", {}, one.name),
        one.member ? h("i", {}, `@${living.corp_name}`) : null))),
      h("div", { class: "cells" },
        fact(t("group.name"), living.name),
        fact(t("group.notice"), living.notice || t("group.none")),
        fact(t("group.corp"), living.corp_name),
        fact(t("group.owner"), living.members.find((one) => one.owner)?.name ?? "")),
      action(t("group.leave"), leave, { danger: true }));
  };
  update();
  return { name: "group", element: frame(phone, { title, body }), update };
}

/** What a group's code shows before somebody joins. */
export function joinScreen(phone, slug, group) {
  const enter = async (event) => {
    event.currentTarget.disabled = true;
    try {
      const key = group.joined ? group.key : (await api.joinGroup(phone.id, slug)).key;
      await phone.refresh();
      phone.openChat(phone.state.chats.find((one) => one.key === key));
    } catch (error) {
      phone.pop();
      phone.fail(error);
    }
  };
  const body = h("div", { class: "body joining" },
    faces(group.faces),
    h("h2", {}, group.name),
    h("p", {}, t("group.people", group)),
    h("p", { class: "corp" }, t("group.by", { corp: group.corp_name })),
    h("button", { class: "primary", onclick: enter }, t(group.joined ? "group.open" : "group.join")));
  return { name: "join", element: frame(phone, { kind: "profile plain", body, close: true }) };
}

/** 群聊: the groups somebody is in. */
export function groupsScreen(phone) {
  const body = h("div", { class: "body" });
  const update = () => {
    const groups = phone.state.chats.filter((one) => one.type === "group");
    body.replaceChildren(groups.length
      ? h("div", { class: "rows" }, groups.map((one) => h("button", { class: "row small", onclick: () => phone.openChat(one) },
        face(one), h("span", { class: "text" }, h("span", { class: "name" }, one.name)))))
      : empty(t("groups.empty")));
  };
  update();
  return { name: "groups", element: frame(phone, { title: t("groups.title"), body }), update };
}
