// 朋友圈: what members published, with likes and comments.
import { api } from "./api.js";
import { linked, linkCard, photo } from "./cards.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { inOrder } from "./order.js";
import { empty } from "./parts.js";
import { t, when } from "./texts.js";

const COVER = 190;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

export function momentsScreen(phone) {
  const feed = h("div", { class: "feed" });
  const nav = h("div", { class: "nav" },
    h("button", { "aria-label": t("back"), onclick: () => phone.pop() }, svg(icons.back)), h("h1", {}, t("moments.title")));
  const cover = h("div", { class: "cover" }, h("b", {}, phone.state.name), avatar(phone.state.avatar));
  const body = h("div", { class: "body", onscroll: () => scrolled() }, cover, feed);
  const element = h("section", { class: "screen moments" }, nav, body);
  const screen = { name: "moments", element, dark: true };
  const scrolled = () => {
    const down = body.scrollTop > COVER;
    if (screen.dark !== down) return;
    element.classList.toggle("scrolled", down);
    screen.dark = !down;
    phone.dim();
  };
  const latest = inOrder();
  let loading = false;
  let again = false;
  // Somebody who writes a comment or has the menu open is not disturbed, nor by what was asked for before he began.
  const busy = () => feed.querySelector("form, .post-menu");

  const load = async () => {
    if (loading || busy()) {
      again = true;
      return;
    }
    loading = true;
    again = false;
    try {
      const { items } = await latest(api.moments(phone.id));
      if (busy()) again = true;
      else feed.replaceChildren(...(items.length ? items.map((one) => post(phone, one, load)) : [empty(t("moments.empty"))]));
      if (phone.state.fresh_moments) await api.momentsSeen(phone.id);
    } catch (error) {
      phone.fail(error);
    } finally {
      loading = false;
    }
    if (again) await load();
  };
  new MutationObserver(() => again && !loading && !busy() && load()).observe(feed, { childList: true, subtree: true });
  screen.update = load;
  load();
  return screen;
}

function post(phone, one, reload) {
  const foot = h("div", { class: "post-foot" });
  const deeds = h("div", { class: "deeds" });
  const write = () => deeds.after(commentForm(phone, one, reload));
  const element = h("article", { class: "post" },
    avatar(one.avatar),
    h("div", { class: "post-body" },
      h("b", {}, one.name, h("i", {}, `@${one.corp_name}`)),
      one.text ? h("p", {}, linked(phone, one.text)) : null,
      attachments(phone, one.attachments), foot, deeds));
  foot.append(h("time", {}, ago(one.at, phone.state.now)), actions(phone, one, reload, write));
  if (one.likes.length) deeds.append(h("div", { class: "likes" }, svg(icons.heart), one.likes.join("，")));
  for (const said of one.comments) deeds.append(h("div", {}, h("b", {}, said.name), `：${said.words}`));
  return element;
}

function attachments(phone, list) {
  const pictures = list.filter((one) => one.kind === "image");
  if (pictures.length) {
    return h("div", { class: `pictures of-${pictures.length === 1 ? "one" : pictures.length === 4 ? "four" : "many"}` },
      pictures.map((one) => photo(phone, one.body.pic_url)));
  }
  return list.map((one) => (one.kind === "link" ? linkCard(phone, { ...one.body, desc: "" })
    : h("div", { class: "video" }, svg(icons.play))));
}

function actions(phone, one, reload, write) {
  const place = h("div", { class: "post-more" });
  const close = () => place.querySelector(".post-menu")?.remove();
  const like = async () => {
    close();
    await api.like(phone.id, one, !one.liked).then(reload, (error) => phone.fail(error));
  };
  const toggle = () => {
    if (place.querySelector(".post-menu")) return close();
    const menu = h("div", { class: "post-menu", role: "menu" },
      h("button", { role: "menuitem", onclick: like }, svg(icons.heart), t(one.liked ? "moments.unlike" : "moments.like")),
      h("button", { role: "menuitem", onclick: () => { close(); write(); } }, svg(icons.words), t("moments.comment")));
    place.append(menu);
    menu.querySelector("button").focus({ preventScroll: true });
    return undefined;
  };
  place.append(h("button", { class: "dots", "aria-label": t("moments.actions"), "aria-haspopup": "menu", onclick: toggle }, svg(icons.more2)));
  place.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return place;
}

function commentForm(phone, one, reload) {
  const input = h("input", { "aria-label": t("moments.write"), placeholder: t("moments.write"), maxlength: 500, autocomplete: "off" });
  const send = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    form.remove();
    await api.comment(phone.id, one, text).then(reload, (error) => phone.fail(error));
  };
  const form = h("form", { class: "commenting", onsubmit: send }, input, h("button", { class: "send" }, t("chat.send")));
  queueMicrotask(() => input.focus({ preventScroll: true }));
  form.addEventListener("keydown", (event) => event.key === "Escape" && form.remove());
  return form;
}

function ago(at, now) {
  const seconds = now - at;
  if (seconds < MINUTE) return t("moments.just_now");
  if (seconds < HOUR) return t("moments.minutes", { count: Math.floor(seconds / MINUTE) });
  return seconds < DAY ? t("moments.hours", { count: Math.floor(seconds / HOUR) }) : when(at, now);
}
