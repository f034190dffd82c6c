import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createClient } from "../src/core/client";
import type { CommonOptions } from "../src/core/types";
import { Device, pass } from "./device";

describe("a visitor who has not agreed", () => {
  let device: Device;
  const start = (options: Partial<CommonOptions> = {}) => createClient(device, { writeKey: "k", host: "https://cove.test", ...options }, false);
  const types = () => device.sent.map((event) => event.event ?? event.type);

  beforeEach(() => {
    vi.useFakeTimers();
    device = new Device();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("leaves no trace after a refusal, whatever the page says of him, and is told when he changes his mind", async () => {
    const { cove } = start();
    cove.consent("denied");
    cove.identify("u-1", { plan: "pro" });
    cove.group("acme");
    cove.alias("u-1", "old-1");
    await pass(60_000);
    expect([...device.stored]).toEqual([["cove_consent", "denied"]]);
    expect(device.bodies).toEqual([]);
    cove.consent("granted");
    cove.track("later");
    cove.identify("u-1", { plan: "pro" });
    await pass(1000);
    expect(types()).toEqual(["later", "identify"]);
    expect(device.sent[0]).toMatchObject({ user_id: "u-1", account: "acme" });
  });

  it("begins anew for the next one when he signs out before he was asked", async () => {
    start().cove.identify("u-1");
    await pass(1000);
    const { cove } = start({ consent: "ask" });
    cove.reset();
    cove.consent("granted");
    cove.track("next");
    await pass(1000);
    expect(device.sent[1]?.anonymous_id).not.toBe(device.sent[0]?.anonymous_id);
    expect(device.sent[1]?.user_id).toBeUndefined();
  });
});
