import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createQueue, type Queue } from "../src/core/queue";
import type { CoveEvent } from "../src/core/types";
import { Device, pass } from "./device";

const event = (id: string, more = {}): CoveEvent => ({
  type: "track", message_id: id, timestamp: new Date().toISOString(), session_id: "s", event: "e", ...more,
});

describe("events on their way", () => {
  let device: Device;
  let queue: Queue;
  const start = () => {
    const made = createQueue(device, "cove_q_k_", { frame: (batch) => JSON.stringify({ batch }), answered: () => undefined });
    made.open(() => undefined);
    return made;
  };
  const ids = () => device.bodies.map(({ batch }) => batch.map(({ message_id }) => message_id).join(""));

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(1);
    device = new Device();
    queue = start();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("go together a second later and leave storage when they were taken", async () => {
    queue.add(event("a"));
    await pass(600);
    queue.add(event("b"));
    expect(device.queued.map(({ message_id }) => message_id)).toEqual(["a", "b"]);
    expect(device.bodies).toEqual([]);
    await pass(400);
    expect(ids()).toEqual(["ab"]);
    expect(device.stored.size).toBe(0);
  });

  it("do not wait when there are many", async () => {
    for (let count = 0; count < 20; count++) queue.add(event(String.fromCharCode(97 + count)));
    await pass(0);
    expect(ids().join("")).toBe("abcdefghijklmnopqrst");
  });

  it("are kept and sent again with the same ids, less and less often, while nobody answers", async () => {
    device.answers = ["away", { status: 500 }, { status: 503 }];
    queue.add(event("a"));
    await pass(1000);
    expect(ids()).toEqual(["a"]);
    await pass(999);
    expect(device.bodies.length).toBe(1);
    await pass(1);
    expect(device.bodies.length).toBe(2);
    await pass(1999);
    expect(device.bodies.length).toBe(2);
    await pass(1);
    expect(device.bodies.length).toBe(3);
    await pass(4000);
    expect(ids()).toEqual(["a", "a", "a", "a"]);
    expect(device.queued).toEqual([]);
  });

  it("wait as long as the collector says, whatever else happens", async () => {
    device.answers = [{ status: 429, retryAfter: 30 }];
    queue.add(event("a"));
    await pass(1000);
    queue.add(event("b"));
    queue.wake();
    await queue.flush();
    queue.leave(() => true);
    await pass(29_999);
    expect(ids()).toEqual(["a"]);
    await pass(1);
    expect(ids()).toEqual(["a", "ab"]);
  });

  it("go at once when the network is back", async () => {
    device.answers = ["away", "away", "away", "away"];
    queue.add(event("a"));
    await pass(8000);
    expect(device.bodies.length).toBe(4);
    queue.wake();
    await pass(0);
    expect(device.bodies.length).toBe(5);
    expect(device.queued).toEqual([]);
  });

  it("go in halves when they are too large together, and one that is too large alone is given up", async () => {
    device.answers = [{ status: 413 }, { status: 413 }, { status: 413 }, { status: 413 }];
    for (const id of "abcde") queue.add(event(id));
    await pass(1000);
    // Five, then three, then two, then one by one; the last 413 is about "a" alone.
    expect(ids()).toEqual(["abcde", "abc", "ab", "a", "b", "c", "d", "e"]);
    expect(device.queued).toEqual([]);
  });

  it("are given up when the collector refuses the whole", async () => {
    for (const status of [400, 401, 403]) {
      device.answers = [{ status }];
      queue.add(event("a"));
      await pass(1000);
    }
    expect(device.bodies.length).toBe(3);
    expect(device.queued).toEqual([]);
  });

  it("that come while others are on their way follow them", async () => {
    let answer: () => void = () => undefined;
    vi.spyOn(device, "post").mockImplementationOnce((body) => new Promise((resolve) => {
      device.bodies.push(JSON.parse(body) as (typeof device.bodies)[0]);
      answer = () => {
        resolve({ status: 200, retryAfter: 0, text: "" });
      };
    }));
    queue.add(event("a"));
    await pass(1000);
    queue.add(event("b"));
    await pass(5000);
    expect(ids()).toEqual(["a"]);
    answer();
    await pass(0);
    expect(ids()).toEqual(["a", "b"]);
  });

  it("are taken over by the next page, once", async () => {
    device.answers = ["away"];
    queue.add(event("a"));
    await pass(1000);
    const next = start();
    next.add(event("b"));
    expect(device.names("cove_q_k_").length).toBe(1);
    await next.flush();
    expect(ids()).toEqual(["a", "ab"]);
    expect(device.queued).toEqual([]);
  });

  it("of another tab are sent twice at worst, never lost", async () => {
    queue.add(event("a"));
    const other = start();
    queue.add(event("b"));
    await queue.flush();
    await other.flush();
    expect(ids()).toEqual(["ab", "a"]);
    expect(device.queued).toEqual([]);
  });

  it("that are older than the collector takes, or cannot be read, are left out", async () => {
    const old = new Date(Date.now() - 31 * 86_400_000).toISOString();
    device.stored.set("cove_q_k_1", JSON.stringify([event("a", { timestamp: old }), event("b")]));
    device.stored.set("cove_q_k_2", "{broken");
    device.stored.set("cove_q_other_3", JSON.stringify([event("c")]));
    const next = start();
    await next.flush();
    expect(ids()).toEqual(["b"]);
    expect([...device.stored.keys()]).toEqual(["cove_q_other_3"]);
  });

  it("are a thousand at most: the oldest go first", async () => {
    device.answers = Array.from({ length: 99 }, () => "away" as const);
    for (let count = 0; count < 1003; count++) queue.add(event(`${count}.`));
    expect(device.queued.length).toBe(1000);
    expect(device.queued[0]?.message_id).toBe("3.");
    await pass(0);
  });

  it("fit together into what a page may send while it is left", async () => {
    const large = "字".repeat(9000);
    for (const id of "abcde") queue.add(event(id, { properties: { large } }));
    const bodies: string[] = [];
    queue.leave((body) => bodies.push(body) < 3);
    expect(bodies.map((body) => new Blob([body]).size < 64 * 1024)).toEqual([true, true, true]);
    expect(device.queued.length).toBe(5);
    await queue.flush();
    expect(ids()).toEqual(["ab", "cd", "e"]);
  });

  it("that lie in storage larger than a body go alone, and are asked about once", async () => {
    device.answers = [{ status: 413 }];
    device.stored.set("cove_q_k_old", JSON.stringify([event("a", { properties: { large: "x".repeat(70_000) } }), event("b")]));
    queue = start();
    await pass(1000);
    expect(ids()).toEqual(["a", "b"]);
    expect(device.queued).toEqual([]);
  });

  it("larger than the collector takes are not even kept", () => {
    queue.add(event("a", { properties: { large: "字".repeat(11_000) } }));
    expect(device.queued).toEqual([]);
  });

  it("stay in memory when storage is blocked", async () => {
    device.isFull = true;
    device.answers = ["away"];
    queue.add(event("a"));
    await pass(1000);
    expect(device.stored.size).toBe(0);
    await pass(1000);
    expect(ids()).toEqual(["a", "a"]);
  });
});
