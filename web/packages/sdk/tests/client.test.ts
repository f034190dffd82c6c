import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createClient, type Client } from "../src/core/client";
import { Device, pass } from "./device";

const MINUTE = 60_000;

describe("what is told of a visitor", () => {
  let device: Device;
  const start = (options = {}, opposed = false): Client =>
    createClient(device, { writeKey: "wk_1", host: "https://cove.test", ...options }, opposed);
  const types = () => device.sent.map(({ type, event }) => event ?? type);

  beforeEach(() => {
    vi.useFakeTimers({ now: new Date("2026-01-31T08:00:00Z") });
    device = new Device();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("is an event with all that the collector asks for", async () => {
    start().cove.track("Added to cart", { sku: "A-1", price: 9.5 });
    await pass(1000);
    const [body] = device.bodies;
    expect(body).toMatchObject({ write_key: "wk_1", sent_at: "2026-01-31T08:00:01.000Z", context: { library: "test/1", consent: "unknown" } });
    expect(body?.batch[0]).toMatchObject({
      type: "track", event: "Added to cart", properties: { sku: "A-1", price: 9.5 },
      timestamp: "2026-01-31T08:00:00.000Z", url: "https://www.shop.test/", title: "Shop",
    });
    for (const name of ["message_id", "anonymous_id", "session_id"]) {
      expect(body?.batch[0]?.[name]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it("comes under one name for ever, and an earlier tracker's name goes on", async () => {
    device.stored.set("cove_anonymous_id", "6f1c3f1e-4d53-4d0b-9a6e-1f0e5ad0c111");
    start().cove.track("a");
    start().cove.track("b");
    await pass(1000);
    expect(new Set(device.sent.map(({ anonymous_id }) => anonymous_id))).toEqual(new Set(["6f1c3f1e-4d53-4d0b-9a6e-1f0e5ad0c111"]));
  });

  it("belongs to a visit that ends after half an hour of silence and after a day", async () => {
    const { cove } = start();
    const at = async (minutes: number) => {
      await pass(minutes * MINUTE);
      cove.track("x");
      await pass(1000);
      return device.sent.at(-1)?.session_id;
    };
    const first = await at(0);
    expect(await at(29)).toBe(first);
    expect(await at(29)).toBe(first);
    const second = await at(30);
    expect(second).not.toBe(first);
    let last = second;
    let count = 0;
    while (last === second) {
      last = await at(20);
      count++;
    }
    expect(count * 20).toBeGreaterThanOrEqual(24 * 60);
    expect(count * 20).toBeLessThan(25 * 60);
  });

  it("is told of a user and an account once in a visit, and stands on each later event", async () => {
    const { cove } = start();
    for (let count = 0; count < 3; count++) {
      cove.identify("u-1", { plan: "pro" }, { signature: "ab" });
      cove.group("acme", { seats: 5 });
    }
    cove.track("Opened report");
    cove.identify("u-1", { plan: "team" }, { signature: "ab" });
    await pass(1000);
    expect(types()).toEqual(["identify", "group", "Opened report", "identify"]);
    const [identified, grouped, tracked] = device.sent;
    expect(identified).toMatchObject({ user_id: "u-1", signature: "ab", traits: { plan: "pro" } });
    expect(grouped).toMatchObject({ user_id: "u-1", group_id: "acme", traits: { seats: 5 } });
    expect(tracked).toMatchObject({ user_id: "u-1", signature: "ab", account: "acme" });
    await pass(31 * MINUTE);
    cove.identify("u-1", { plan: "team" }, { signature: "ab" });
    await pass(1000);
    expect(types().length).toBe(5);
  });

  it("takes nothing from the user before", async () => {
    const { cove } = start();
    cove.identify("u-1", {}, { signature: "ab" });
    cove.group("acme");
    cove.identify("u-2");
    cove.track("x");
    await pass(1000);
    expect(device.sent.at(-1)).toMatchObject({ user_id: "u-2" });
    expect(device.sent.at(-1)).not.toHaveProperty("account");
    expect(device.sent.at(-1)).not.toHaveProperty("signature");
    const before = cove.anonymousId();
    cove.reset();
    cove.track("y");
    await pass(1000);
    expect(device.sent.at(-1)).not.toHaveProperty("user_id");
    expect(device.sent.at(-1)?.anonymous_id).not.toBe(before);
    expect(device.sent.at(-1)?.session_id).not.toBe(device.sent[0]?.session_id);
  });

  it("joins two names of a user and leaves him the one he came by", async () => {
    const { cove } = start();
    cove.identify("u-1", {}, { signature: "ab" });
    cove.alias("account-7", undefined, { signature: "cd" });
    cove.alias("account-7", "old-3");
    cove.track("x");
    await pass(1000);
    expect(device.sent[1]).toMatchObject({ type: "alias", user_id: "account-7", previous_id: "u-1", signature: "cd" });
    expect(device.sent[2]).toMatchObject({ previous_id: "old-3" });
    expect(device.sent[2]).not.toHaveProperty("signature");
    expect(device.sent[3]).toMatchObject({ user_id: "u-1", signature: "ab" });
  });

  it("carries the plan's version beside what the device says", async () => {
    const { cove } = start();
    cove.track("a", {}, { plan: "7" });
    cove.track("b");
    await pass(1000);
    expect(device.sent[0]?.context).toEqual({ library: "test/1", consent: "unknown", plan: "7" });
    expect(device.sent[1]).not.toHaveProperty("context");
  });

  it("may be changed or left out before it is kept", async () => {
    const { cove } = start({ before: (event: { event?: string }) => (event.event === "secret" ? null : event) });
    cove.track("secret");
    cove.track("open");
    cove.before(() => {
      throw new Error("a slip");
    });
    cove.track("lost");
    cove.before((event) => ({ ...event, url: "https://www.shop.test/masked" }));
    cove.track("masked");
    await pass(1000);
    expect(types()).toEqual(["open", "masked"]);
    expect(device.sent[1]?.url).toBe("https://www.shop.test/masked");
  });

  it("does not break the page when it cannot be written", async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const { cove } = start();
    cove.track("circle", circle);
    cove.track("after");
    await pass(1000);
    expect(types()).toEqual(["after"]);
  });

  describe("when he is asked first", () => {
    it("waits in memory, without a trace, and goes when he agrees", async () => {
      const { cove } = start({ consent: "ask" });
      cove.track("before");
      cove.identify("u-1");
      await pass(60_000);
      expect(device.bodies).toEqual([]);
      expect(device.stored.size).toBe(0);
      expect(cove.anonymousId()).toBe("");
      cove.consent("granted");
      await pass(1000);
      expect(types()).toEqual(["before", "identify"]);
      expect(device.sent.map(({ anonymous_id }) => anonymous_id)).toEqual([cove.anonymousId(), cove.anonymousId()]);
      expect(device.bodies[0]?.context.consent).toBe("granted");
      expect(device.sent[1]?.session_id).toBe(device.sent[0]?.session_id);
    });

    it("is forgotten when he refuses, and he is not asked again", async () => {
      const { cove } = start({ consent: "ask" });
      cove.track("before");
      cove.consent("denied");
      cove.track("after");
      await pass(60_000);
      start({ consent: "ask" }).cove.track("next page");
      await pass(60_000);
      expect(device.bodies).toEqual([]);
      expect([...device.stored]).toEqual([["cove_consent", "denied"]]);
    });

    it("goes at once on the next page after he agreed", async () => {
      start({ consent: "ask" }).cove.consent("granted");
      start({ consent: "ask" }).cove.track("next page");
      await pass(1000);
      expect(types()).toEqual(["next page"]);
    });

    it("keeps the name that a returning visitor had before he was asked", async () => {
      start().cove.track("long ago");
      await pass(1000);
      const { cove } = start({ consent: "ask" });
      cove.track("now");
      cove.consent("granted");
      await pass(1000);
      expect(device.sent[1]?.anonymous_id).toBe(device.sent[0]?.anonymous_id);
    });
  });

  it("ends with a refusal that wipes what was stored, until he changes his mind", async () => {
    device.answers = ["away"];
    const client = start();
    client.cove.track("kept");
    await pass(1000);
    expect(device.queued.length).toBe(1);
    client.cove.consent("denied");
    client.cove.track("not told");
    await pass(60_000);
    expect([...device.stored]).toEqual([["cove_consent", "denied"]]);
    client.cove.consent("granted");
    client.cove.track("told");
    await pass(1000);
    expect(types()).toEqual(["kept", "told"]);
    expect(device.sent[1]?.anonymous_id).not.toBe(device.sent[0]?.anonymous_id);
  });

  it("is nothing while the browser asks not to track him, unless he agreed himself", async () => {
    const client = start({}, true);
    const begin = vi.fn();
    client.whenOn(begin);
    client.cove.track("x");
    await pass(60_000);
    expect(device.bodies).toEqual([]);
    expect(device.stored.size).toBe(0);
    expect(begin).not.toHaveBeenCalled();
    client.cove.consent("granted");
    expect(begin).toHaveBeenCalledTimes(1);
    start({}, true).cove.track("y");
    await pass(1000);
    expect(types()).toEqual(["y"]);
  });

  it("lasts as long as the page where storage is blocked", async () => {
    device.isFull = true;
    const { cove } = start();
    cove.identify("u-1");
    cove.track("x");
    await pass(1000);
    const [first, second] = device.sent;
    expect(second).toMatchObject({ anonymous_id: first?.anonymous_id, session_id: first?.session_id, user_id: "u-1" });
    expect(device.stored.size).toBe(0);
  });
});
