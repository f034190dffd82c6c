// The line to write in, and the menu of an official account in its place.
import { api } from "./api.js";
import { h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { sendMore } from "./sending.js";
import { talkOf } from "./talks.js";
import { t } from "./texts.js";

const PICTURES = "image/png,image/jpeg,image/gif,image/webp";

/** The foot of a chat: an element, or nothing where nobody can write. */
export function composer(phone, chat) {
  if (!talkOf(chat).say) return null;
  const foot = h("div", { class: "foot" });
  const buttons = chat.menu ?? [];
  const writing = () => foot.replaceChildren(line(phone, chat, buttons.length ? showMenu : null));
  const showMenu = () => foot.replaceChildren(menuBar(phone, chat, buttons, writing));
  if (buttons.length) showMenu();
  else writing();
  return foot;
}

function line(phone, chat, showMenu) {
  const grow = () => {
    const empty = !input.value.trim();
    send.disabled = empty;
    send.hidden = empty && canPicture;
    plus.hidden = !send.hidden;
    input.style.height = "40px";
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  };
  const onKey = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say();
  };
  const say = async () => {
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    grow();
    try {
      await talkOf(chat).say(phone, chat, text);
    } catch (error) {
      input.value = text;
      grow();
      if ((chat.type ?? "member") === "member") phone.toast(t("chat.gone"));
      else phone.fail(error);
    }
  };
  const sendPicture = async () => {
    const [file] = picker.files;
    picker.value = "";
    if (file) await api.sendPicture(phone.id, chat.key, file).catch((error) => phone.fail(error));
  };
  const canPicture = chat.type !== "mini";
  const input = h("textarea", { rows: 1, "aria-label": t("chat.input"), maxlength: 1300, oninput: grow, onkeydown: onKey });
  const send = h("button", { class: "send", disabled: true, hidden: canPicture, onclick: say }, t("chat.send"));
  const picker = h("input", { type: "file", accept: PICTURES, hidden: true, "aria-label": t("chat.picture"), onchange: sendPicture });
  const pickPicture = () => picker.click();
  const many = chat.type === "kf";
  const more = () => (many ? sendMore(phone, chat, pickPicture) : pickPicture());
  const plus = h("button", { class: "tool", hidden: !canPicture, "aria-label": t(many ? "send.more" : "chat.picture"), onclick: more }, svg(icons.plusRound));
  return h("div", { class: "composer" },
    showMenu ? h("button", { class: "tool", "aria-label": t("chat.menu"), onclick: showMenu }, svg(icons.lines)) : null,
    input, send, plus, picker);
}

function menuBar(phone, chat, buttons, write) {
  const bar = h("div", { class: "menu-bar" });
  const close = () => bar.querySelector(".submenu")?.remove();
  const press = (button) => {
    close();
    runButton(phone, chat, button);
  };
  const open = (button, place) => {
    const before = bar.querySelector(".submenu");
    close();
    if (before?.dataset.of === button.name) return;
    const list = h("div", { class: "submenu", role: "menu", "data-of": button.name },
      button.sub_button.map((one) => h("button", { role: "menuitem", onclick: () => press(one) }, one.name)));
    place.append(list);
    list.querySelector("button")?.focus({ preventScroll: true });
  };
  bar.append(h("button", { class: "tool", "aria-label": t("chat.keyboard"), onclick: write }, svg(icons.keyboard)));
  for (const button of buttons) {
    const below = button.sub_button?.length;
    const place = h("div", { class: "menu-place" });
    place.append(h("button", { "aria-haspopup": below ? "menu" : false, onclick: () => (below ? open(button, place) : press(button)) },
      below ? svg(icons.lines, "lines") : null, h("span", {}, button.name)));
    bar.append(place);
  }
  bar.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return bar;
}

const EVENTS = { click: "CLICK", view: "VIEW", miniprogram: "view_miniprogram" };

async function runButton(phone, chat, button) {
  try {
    const key = button.type === "view" ? button.url : button.type === "miniprogram" ? button.pagepath : button.key;
    if (key) await api.act(phone.id, chat.app_id, "menu", { action: EVENTS[button.type] ?? button.type, key });
    if (button.type === "view") await phone.open({ url: button.url });
    if (button.type === "miniprogram") await phone.openMini(button.appid, button.pagepath);
    if (button.article_id) await phone.open({ url: `${phone.state.base_url}/weixin/s/${button.article_id}` });
  } catch (error) {
    phone.fail(error);
  }
}
