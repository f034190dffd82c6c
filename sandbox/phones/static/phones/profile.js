// A member's card: before adding him (from a code), and as a friend.
import { api } from "./api.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { ask } from "./layers.js";
import { t } from "./texts.js";

/** code: {slug, stage} when the card comes from a contact code; stage is full for a friend. */
export function profileScreen(phone, who, code = null) {
  const isFriend = () => phone.state.friends.some((friend) => friend.key === who.key);
  const body = h("div", { class: "body" });

  const add = async (event) => {
    event.currentTarget.disabled = true;
    try {
      const made = await api.add(phone.id, code.slug, who.userid);
      await phone.refresh();
      if (made.stage === "full") phone.openChat(who);
      else {
        phone.pop();
        phone.toast(t("profile.requested"));
      }
    } catch (error) {
      phone.pop();
      phone.fail(error);
    }
  };
  const remove = () => ask(phone.glass, {
    title: t("profile.delete_title"),
    text: t("profile.delete_text", { name: who.name }),
    yes: t("profile.delete_sure"),
    danger: true,
    run: async () => {
      try {
        await api.remove(phone.id, who);
      } catch (error) {
        phone.fail(error);
      }
      phone.home();
      await phone.refresh();
    },
  });
  const update = () => {
    const friend = isFriend();
    body.replaceChildren(...card(who, code || who.add_way !== 2), ...(friend
      ? [h("div", { class: "cells" }, h("button", { class: "cell center", onclick: () => phone.openChat(who) }, svg(icons.chats), t("profile.message"))),
        h("div", { class: "cells" }, h("button", { class: "cell center danger", onclick: remove }, t("profile.delete")))]
      : [h("div", { class: "cells" }, code ? h("button", { class: "cell center", onclick: add }, t("profile.add")) : null)]));
  };
  update();
  const element = h("section", { class: "screen profile" },
    h("div", { class: "nav" },
      h("button", { "aria-label": t("back"), onclick: () => phone.pop() }, svg(code ? icons.close : icons.back))),
    body);
  return { name: "profile", element, update };
}

function card(who, byCode) {
  const fact = (label, value, ...more) => h("div", { class: "cell" },
    h("span", { class: "label fixed" }, label), h("span", { class: "value near" }, value, ...more));
  return [
    h("div", { class: "cells" },
      h("div", { class: "card" },
        avatar(who.avatar),
        h("div", {}, h("h2", {}, who.name), h("p", { class: "corp" }, `@${who.corp_name}`)))),
    h("div", { class: "cells" },
      fact(t("profile.corp"), who.corp_full_name, h("i", { class: "verified", style: "color:#fff" }, svg(icons.tick))),
      who.title ? fact(t("profile.title"), who.title) : null,
      fact(t("profile.source"), t(byCode ? "profile.by_code" : "profile.by_search"))),
  ];
}
