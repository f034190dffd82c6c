import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { browserPort, isOpposed } from "../src/web/port";

const OPTIONS = { writeKey: "wk_1", host: "https://cove.test" };

describe("a browser", () => {
  beforeEach(() => {
    for (const pair of document.cookie.split("; ")) document.cookie = `${pair.split("=")[0] ?? ""}=;max-age=0;path=/`;
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  const block = () => {
    for (const name of ["getItem", "setItem", "removeItem"] as const) {
      vi.spyOn(Storage.prototype, name).mockImplementation(() => {
        throw new DOMException("blocked", "SecurityError");
      });
    }
  };

  it("keeps small things in its storage, and no cookie", () => {
    const port = browserPort(OPTIONS);
    expect(port.write("cove_session", "a,1,2")).toBe(true);
    expect([port.read("cove_session"), port.read("cove_user"), document.cookie]).toEqual(["a,1,2", null, ""]);
    expect(port.names("cove_s")).toEqual(["cove_session"]);
    port.write("cove_session", null);
    expect(port.read("cove_session")).toBeNull();
  });

  it("keeps them in cookies where storage is blocked, as far as they are small", () => {
    block();
    const port = browserPort(OPTIONS);
    expect(port.write("cove_user", '{"user_id":"张三; path=/"}')).toBe(true);
    expect(port.read("cove_user")).toBe('{"user_id":"张三; path=/"}');
    expect(port.write("cove_session", "x".repeat(3000))).toBe(false);
    port.write("cove_user", null);
    expect(port.read("cove_user")).toBeNull();
  });

  it("makes no cookie of what waits to be sent, however little it is: each page would leave one more, and nobody finds it again", () => {
    block();
    const port = browserPort(OPTIONS);
    expect(port.write("cove_q_1", "[]")).toBe(false);
    expect([port.read("cove_q_1"), port.names("cove_q"), document.cookie]).toEqual([null, [], ""]);
  });

  it("forgets where cookies are blocked, too", () => {
    block();
    vi.spyOn(document, "cookie", "get").mockImplementation(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    const port = browserPort(OPTIONS);
    expect(port.write("cove_user", "{}")).toBe(false);
    expect(port.read("cove_user")).toBeNull();
  });

  it("shares what says who he is with the other hosts of a domain, and not what waits to be sent", () => {
    const port = browserPort({ ...OPTIONS, domain: location.hostname });
    port.write("cove_anonymous_id", "from here");
    port.write("cove_q_1", "[]");
    expect(document.cookie).toBe("cove_anonymous_id=from%20here");
    vi.spyOn(document, "cookie", "get").mockReturnValue("a=1; cove_anonymous_id=from%20there");
    expect([port.read("cove_anonymous_id"), port.read("cove_q_1")]).toEqual(["from there", "[]"]);
  });

  it.each([
    [{ globalPrivacyControl: true }, true],
    [{ doNotTrack: "1" }, true],
    [{ doNotTrack: "0", globalPrivacyControl: false }, false],
    [{}, false],
  ])("that says %o is taken at its word", (said, opposed) => {
    vi.stubGlobal("navigator", { doNotTrack: null, ...said });
    expect(isOpposed()).toBe(opposed);
  });
});
