import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { init } from "../src/index";
import type { World } from "../src/wx";
import { Phone } from "./shim";

declare const App: World["App"];
declare const Page: World["Page"];

const HOME = "https://servicewechat.com/wx123/pages/home/home";

describe("a mini-program", () => {
  let phone: Phone;
  const start = (options = {}) => {
    for (const name of ["wx", "App", "Page", "getCurrentPages"] as const) vi.stubGlobal(name, phone[name]);
    return init({ writeKey: "wk_1", host: "https://cove.test/", titles: { "pages/home/home": "首页" }, ...options });
  };
  const define = () => {
    const heard: unknown[] = [];
    App({ onLaunch: () => heard.push("launch") });
    Page({
      onShow(this: { data?: unknown }) {
        heard.push(["show", this.data]);
      },
      data: { kept: 1 },
      book: (event: unknown) => {
        heard.push(event);
        return "booked";
      },
    });
    Page({});
    return heard;
  };
  const pass = async (milliseconds: number) => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    phone = new Phone();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("tells its pages, how long each was seen, and from where it was opened", async () => {
    start();
    const heard = define();
    phone.launch({ scene: 1047, referrerInfo: { appId: "" } });
    phone.open(0, "pages/home/home", { utm_source: encodeURIComponent("展会"), q: "50%" });
    await pass(3000);
    phone.open(1, "pages/detail/detail");
    await pass(2000);
    phone.back();
    await pass(1100);
    const address = `${HOME}?utm_source=%E5%B1%95%E4%BC%9A&q=50%25`;
    expect(phone.told).toEqual([
      ["page", { scene: 1047 }, address],
      ["$leave", { seconds: 3, depth: 100 }, address],
      ["page", { scene: 1047 }, "https://servicewechat.com/wx123/pages/detail/detail"],
      ["$leave", { seconds: 2, depth: 100 }, "https://servicewechat.com/wx123/pages/detail/detail"],
      ["page", { scene: 1047 }, address],
    ]);
    expect(heard).toEqual(["launch", ["show", { kept: 1 }], ["show", { kept: 1 }]]);
    const [first] = phone.sent;
    expect(first?.url).toBe("https://cove.test/collect/batch");
    expect(first?.header).toEqual({ "content-type": "application/json" });
    expect(first?.body).toMatchObject({ write_key: "wk_1", context: { library: "miniprogram/1.0.0", locale: "zh_CN", screen: "390x844" } });
    const events = phone.sent.flatMap(({ body }) => body.batch);
    expect(events.map(({ title, referrer }) => [title, referrer])[0]).toEqual(["首页", ""]);
    expect(events[2]?.referrer).toBe(address);
  });

  it("says what it knows when it goes to the background, and counts no page twice when it comes back", async () => {
    start();
    define();
    phone.launch({ scene: 1001, referrerInfo: { appId: "wxother" } });
    phone.open(0, "pages/home/home");
    await pass(5000);
    phone.toBackground();
    await pass(50);
    expect(phone.told).toEqual([["page", { scene: 1001, from_app: "wxother" }, HOME], ["$leave", { seconds: 5, depth: 100 }, HOME]]);
    await pass(60_000);
    phone.toForeground({ scene: 1001 });
    await pass(2000);
    phone.toBackground();
    await pass(50);
    expect(phone.told.slice(2)).toEqual([["$leave", { seconds: 2, depth: 100 }, HOME]]);
  });

  it("tells taps and forms of elements that are named, and lets the page go on", async () => {
    start();
    const heard = define();
    phone.launch({});
    const home = phone.open(0, "pages/home/home");
    const tap = { type: "tap", currentTarget: { id: "go", dataset: { cove: "预约" } } };
    expect(phone.call(home, "book", tap)).toBe("booked");
    phone.call(home, "book", { type: "tap", currentTarget: { id: "go", dataset: {} } });
    phone.call(home, "book", { type: "submit", currentTarget: { dataset: { cove: "报名" } }, detail: { value: { phone: "13800000000" } } });
    phone.call(home, "book");
    await pass(1100);
    expect(phone.told.slice(1)).toEqual([
      ["$click", { text: "预约", element: "go" }, HOME],
      ["$form_submit", { form: "报名" }, HOME],
    ]);
    expect(heard[2]).toBe(tap);
    expect(JSON.stringify(phone.sent)).not.toContain("13800000000");
  });

  it("keeps what happened while it was offline, over a restart, and tells it once", async () => {
    start().track("Paid", { amount: 9 });
    phone.network(false);
    await pass(1100);
    expect(phone.sent.length).toBe(1);
    // Closed by the user and opened again.
    const stored = phone.stored;
    phone = new Phone();
    phone.stored = stored;
    start();
    await pass(1100);
    phone.network(true);
    await pass(60_000);
    expect(phone.sent.length).toBe(1);
    expect(phone.told).toEqual([["Paid", { amount: 9 }, "https://servicewechat.com/wx123/"]]);
  });

  it("tries again at once when the network is back", async () => {
    const cove = start();
    phone.network(false);
    cove.track("Paid");
    await pass(60_000);
    const tries = phone.sent.length;
    phone.network(true);
    await pass(50);
    expect(phone.sent.length).toBe(tries + 1);
    const ids = phone.sent.map(({ body }) => body.batch[0]?.message_id);
    expect(new Set(ids).size).toBe(1);
    await pass(600_000);
    expect(phone.sent.length).toBe(tries + 1);
  });

  it("waits as the header Retry-After says, however it is spelled", async () => {
    phone.replies = [{ statusCode: 429, header: { "Retry-After": "7" } }];
    start().track("x");
    await pass(1020);
    await pass(6900);
    expect(phone.sent.length).toBe(1);
    await pass(200);
    expect(phone.sent.length).toBe(2);
  });

  it("stores and tells nothing before he agreed to the privacy terms", async () => {
    const cove = start({ consent: "ask" });
    define();
    phone.launch({});
    phone.open(0, "pages/home/home");
    await pass(60_000);
    expect([phone.sent.length, phone.stored.size]).toEqual([0, 0]);
    cove.consent("granted");
    await pass(1100);
    expect(phone.told.map(([name]) => name)).toEqual(["page"]);
  });

  it("goes on where storage fails", async () => {
    phone.wx.setStorageSync = () => {
      throw new Error("exceed storage max size 10Mb");
    };
    const cove = start();
    cove.identify("u-1");
    cove.track("x");
    await pass(1100);
    expect(phone.told.map(([name]) => name)).toEqual(["identify", "x"]);
  });

  it("tells only what it is told to when it watches nothing", async () => {
    const cove = start({ autocapture: false });
    define();
    phone.launch({});
    phone.open(0, "pages/home/home");
    cove.page({ tab: 2 });
    await pass(1100);
    expect(phone.told).toEqual([["page", { tab: 2 }, HOME]]);
  });
});
