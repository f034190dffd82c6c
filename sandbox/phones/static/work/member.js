// A member's phone with WeCom on it. Frame, stack of screens and layers are those of any phone.
import { Phone } from "../phones/phone.js";
import { banner } from "../phones/layers.js";
import { webScreen } from "../phones/web.js";
import { callsOf } from "./api.js";
import { chatScreen } from "./chat.js";
import { preview } from "./content.js";
import { homeScreen } from "./home.js";
import { face } from "./parts.js";
import { reason, t } from "./texts.js";

const PAUSE_MS = 200;

export class MemberPhone extends Phone {
  /** id: corp/userid */
  constructor(id, desk) {
    super(id, desk);
    this.element.classList.add("work");
  }

  get calls() {
    this.known ??= callsOf(this.id);
    return this.known;
  }

  /** Take the state from the server and show it. */
  async refresh(first = false) {
    const before = this.state;
    const state = await this.latest(this.calls.phone());
    if (!state && !first) return;
    this.state = state ?? this.state;
    if (first) this.push(homeScreen(this));
    this.ahead = this.state.now * 1000 - Date.now();
    this.tick();
    for (const screen of this.stack) screen.update?.();
    if (before) this.announce(before);
  }

  /** Something changed somewhere: look soon, once for many changes. */
  soon() {
    this.looking ??= setTimeout(() => {
      this.looking = null;
      this.ready.then(() => this.refresh()).catch((error) => this.fail(error));
    }, PAUSE_MS);
  }

  stop() {
    clearTimeout(this.looking);
    super.stop();
  }

  announce(before) {
    const reminders = (state) => state.tasks.reduce((sum, task) => sum + task.reminders, 0);
    if (reminders(this.state) > reminders(before)) {
      const thread = this.threadOf("t");
      banner(this.glass, { name: t("tasks.title"), avatar: face(thread) }, t("tasks.remind"), () => this.openChat(thread));
    }
    const unread = new Map(before.threads.map((thread) => [thread.key, thread.unread]));
    for (const thread of this.state.threads) {
      const seen = this.top.key === thread.key || this.top.name === "home";
      if (thread.unread > (unread.get(thread.key) ?? 0) && !seen) {
        banner(this.glass, { name: thread.name || t("tasks.title"), avatar: face(thread) }, preview(thread.last, thread.name), () => this.openChat(thread));
      }
    }
  }

  /** A conversation by its key, as the state has it. */
  threadOf(key) {
    return this.state.threads.find((thread) => thread.key === key);
  }

  openChat(thread) {
    this.home();
    this.push(chatScreen(this, this.threadOf(thread.key) ?? thread));
  }

  /** Open a page in the phone's own browser; other things that can be tapped mean nothing to a member. */
  async open(what) {
    if (!what.url) return;
    try {
      const found = await this.calls.open(what.url);
      if (this.top.name === "web") this.top.load(found);
      else this.push(webScreen(this, found));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Do something, look again, and say what went wrong. Answers what it gave, undefined when it failed. */
  async act(run) {
    try {
      const answer = await run();
      await this.refresh();
      return answer ?? true;
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  fail(error) {
    this.toast(reason(error));
  }
}
