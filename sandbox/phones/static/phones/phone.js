// One phone: its server state, its stack of screens, and what lies above them.
import { api } from "./api.js";
import { chatScreen, preview } from "./chat.js";
import { h, svg } from "./dom.js";
import { joinScreen } from "./group.js";
import { homeScreen } from "./home.js";
import { icons } from "./icons.js";
import { banner, toast } from "./layers.js";
import { miniScreen } from "./mini.js";
import { accountScreen } from "./official.js";
import { inOrder } from "./order.js";
import { profileScreen } from "./profile.js";
import { reason, t } from "./texts.js";
import { webScreen } from "./web.js";

const LEAVE_MS = 200;
const TICK_MS = 10_000;

export class Phone {
  /** desk: what the phone may ask of the table (other phones, adding one). */
  constructor(id, desk) {
    this.id = id;
    this.desk = desk;
    this.state = null;
    this.stack = [];
    this.clock = h("span");
    this.glass = h("div", { class: "glass" },
      h("div", { class: "status" }, this.clock, h("i", { class: "island" }), svg(icons.status)),
      h("i", { class: "home-line" }));
    this.element = h("div", { class: "phone", "data-phone": id }, this.glass);
    this.ahead = 0;
    this.latest = inOrder();
    this.ticking = setInterval(() => this.tick(), TICK_MS);
    this.ready = this.refresh(true);
  }

  /** The phone is put away. */
  stop() {
    clearInterval(this.ticking);
    this.element.remove();
  }

  /** Show the platform's time. */
  tick() {
    const now = new Date(Date.now() + this.ahead);
    this.clock.textContent = `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`;
  }

  /** Take the state from the server and show it. */
  async refresh(first = false) {
    const before = this.state;
    const state = await this.latest(api.phone(this.id));
    if (!state && !first) return;
    this.state = state ?? this.state;
    if (first) this.push(homeScreen(this));
    this.ahead = this.state.now * 1000 - Date.now();
    this.tick();
    for (const screen of this.stack) screen.update?.();
    if (before) this.announce(before);
  }

  announce(before) {
    const known = new Map(before.chats.map((chat) => [chat.key, chat.messages.at(-1)?.id ?? 0]));
    for (const chat of this.state.chats) {
      const last = known.get(chat.key) ?? 0;
      const fresh = chat.messages.filter((message) => message.id > last && ["member", "other"].includes(message.sender));
      const seen = this.top.key === chat.key || this.top.name === "home";
      if (fresh.length && !seen && chat.unread) banner(this.glass, chat, preview(fresh.at(-1)), () => this.openChat(chat));
    }
  }

  get top() {
    return this.stack.at(-1);
  }

  /** Show a screen: {name, element, update?, dark?, closed?}. */
  push(screen, motion = this.stack.length ? "pushed" : "") {
    screen.element.dataset.screen = screen.name;
    if (motion) screen.element.classList.add(motion);
    this.stack.push(screen);
    this.gone();
    this.glass.append(screen.element);
    this.dim();
    // The keyboard follows into the new screen, unless it is busy elsewhere on the table.
    const active = document.activeElement;
    if (this.stack.length > 1 && (active === document.body || this.glass.contains(active))) {
      screen.element.querySelector(".nav button")?.focus({ preventScroll: true });
    }
  }

  pop() {
    if (this.stack.length < 2) return;
    const screen = this.stack.pop();
    screen.element.classList.add("leaving");
    screen.element.inert = true;
    setTimeout(() => screen.element.remove(), LEAVE_MS);
    this.dim();
  }

  /** What is still sliding out makes room at once: two screens of a kind are never there together. */
  gone() {
    for (const leaving of this.glass.querySelectorAll(":scope > .leaving")) leaving.remove();
  }

  /** Back to the tabs. */
  home() {
    while (this.stack.length > 1) this.stack.pop().element.remove();
    this.gone();
    this.dim();
  }

  dim() {
    this.glass.classList.toggle("dark", Boolean(this.top.dark));
    for (const screen of this.stack) screen.element.inert = screen !== this.top;
  }

  /** Show a chat right above the tabs, or `above` the screen that is there. */
  openChat(who, { above = false } = {}) {
    if (!above) this.home();
    this.push(chatScreen(this, who));
  }

  /** Open a mini-program at a page. */
  async openMini(appId, path = "") {
    try {
      const mini = await api.openMini(this.id, appId, path);
      if (this.top.name === "scan") this.pop();
      this.push(miniScreen(this, mini), "risen");
    } catch (error) {
      this.fail(error);
    }
  }

  /** Show what a scanned or tapped thing means: a card, a page, or a word that it is nothing. */
  async open(what) {
    try {
      this.show(await api.scan(this.id, what));
    } catch (error) {
      this.fail(error);
    }
  }

  show(found) {
    if (found.kind === "contact") {
      this.push(profileScreen(this, found.member, { slug: found.slug, stage: found.already }), "risen");
    } else if (found.kind === "web") {
      if (this.top.name === "scan") this.pop();
      if (this.top.name === "web") this.top.load(found);
      else this.push(webScreen(this, found));
    } else if (found.kind === "official") {
      this.showAccount(found).catch((error) => this.fail(error));
    } else if (found.kind === "group") {
      this.push(joinScreen(this, found.slug, found.group), "risen");
    } else if (found.kind === "service") {
      api.service(this.id, found.chat.open_kfid, { scene: found.scene }).then(() => this.openChat(found.chat), (error) => this.fail(error));
    } else if (found.kind === "mini") {
      if (this.top.name === "scan") this.pop();
      this.push(miniScreen(this, found.mini), "risen");
    } else if (found.kind === "text") {
      this.toast(found.text);
    } else {
      this.toast(t("web.nothing"));
    }
  }

  /** A scanned code of an account: who follows it already goes straight into the chat, and the account is told. */
  async showAccount({ account, ticket }) {
    if (!account.following) {
      this.push(accountScreen(this, account, ticket), "risen");
      return;
    }
    await api.act(this.id, account.app_id, "scan", { ticket });
    this.openChat(account);
  }

  toast(text) {
    toast(this.glass, text);
  }

  fail(error) {
    this.toast(reason(error));
  }
}
