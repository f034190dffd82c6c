// Official accounts: the card, the list of those followed, and the folder of subscription accounts.
import { api } from "./api.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { ask } from "./layers.js";
import { preview } from "./cards.js";
import { action, empty, fact, frame } from "./parts.js";
import { searchScreen } from "./search.js";
import { askToSubscribe } from "./subscribe.js";
import { t, when } from "./texts.js";

/** The card of an account; with a ticket it came from one of the account's codes. */
export function accountScreen(phone, account, ticket = "") {
  const body = h("div", { class: "body" });
  const living = () => phone.state.chats.find((one) => one.key === account.key) ?? account;
  const followed = () => phone.state.chats.some((one) => one.key === account.key && one.following);

  const follow = async (event) => {
    event.currentTarget.disabled = true;
    try {
      await api.act(phone.id, account.app_id, ticket ? "scan" : "follow", ticket ? { ticket } : {});
      await phone.refresh();
      phone.openChat(living());
    } catch (error) {
      phone.fail(error);
      update();
    }
  };
  const leave = () => ask(phone.glass, {
    title: t("official.unfollow_title"),
    text: t("official.unfollow_text", { name: account.name }),
    yes: t("official.unfollow"),
    danger: true,
    run: async () => {
      await api.act(phone.id, account.app_id, "unfollow").catch((error) => phone.fail(error));
      phone.home();
      await phone.refresh();
    },
  });
  const receive = () => {
    const takes = !living().refuses;
    const turn = () => api.refuse(phone.id, account.app_id, takes).then(() => phone.refresh()).catch((error) => phone.fail(error));
    return h("div", { class: "cells" },
      h("button", { class: "cell", role: "switch", "aria-checked": String(takes), onclick: turn },
        h("span", { class: "label" }, t("official.receive")), h("i", { class: "switch" })),
      h("button", { class: "cell", onclick: () => askToSubscribe(phone, account) },
        h("span", { class: "label" }, t("subscribe.button")), svg(icons.chevron, "chevron")));
  };
  const update = () => {
    const mine = followed();
    body.replaceChildren(
      h("div", { class: "cells" }, h("div", { class: "card" },
        avatar(account.avatar), h("div", {}, h("h2", {}, account.name), h("p", {}, t(`official.${account.form}`))))),
      account.introduction ? h("div", { class: "cells" }, fact(t("official.introduction"), account.introduction)) : "",
      ...(mine
        ? [receive(), action(t("official.enter"), () => phone.openChat(living()), { icon: icons.chats }),
          action(t("official.unfollow"), leave, { danger: true })]
        : [action(t("official.follow"), follow)]));
  };
  update();
  return { name: "account", element: frame(phone, { kind: "profile", body, close: Boolean(ticket) }), update };
}

/** 公众号: those that are followed. */
export function accountsScreen(phone) {
  const body = h("div", { class: "body" });
  const update = () => {
    const followed = phone.state.chats.filter((one) => one.type === "official");
    body.replaceChildren(followed.length
      ? h("div", { class: "rows" }, followed.map((one) => h("button", { class: "row small", "data-account": one.app_id, onclick: () => phone.openChat(one) },
        avatar(one.avatar),
        h("span", { class: "text" }, h("span", { class: "first" }, h("span", { class: "name" }, one.name),
          h("span", { class: "form" }, t(`official.${one.form}`)))))))
      : empty(t("official.empty"), h("button", { onclick: () => phone.push(searchScreen(phone)) }, t("official.find"))));
  };
  update();
  return { name: "accounts", element: frame(phone, { title: t("official.title"), body }), update };
}

/** 订阅号消息: what subscription accounts sent, newest first. */
export function subscriptionsScreen(phone) {
  const body = h("div", { class: "body" });
  const update = () => body.replaceChildren(h("div", { class: "rows" }, subscriptions(phone).map((chat) => {
    const last = chat.messages.at(-1);
    return h("button", { class: "row", "data-chat": chat.key, onclick: () => phone.openChat(chat, { above: true }) },
      avatar(chat.avatar),
      chat.unread ? h("span", { class: "badge" }, chat.unread) : null,
      h("span", { class: "text" },
        h("span", { class: "first" }, h("span", { class: "name grow" }, chat.name), h("time", {}, when(last.at, phone.state.now))),
        h("div", { class: "last" }, preview(last))));
  })));
  update();
  return { name: "subscriptions", element: frame(phone, { title: t("official.subscriptions"), body }), update };
}

/** The subscription accounts that said something. */
export function subscriptions(phone) {
  return phone.state.chats.filter((one) => one.type === "official" && one.form === "subscription" && one.messages.length);
}
