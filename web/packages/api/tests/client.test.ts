import { api, read, rememberCsrf } from "@cove/api/client";
import { ApiError, UNREACHABLE } from "@cove/api/errors";
import { afterEach, expect, it, vi } from "vitest";

function answer(status: number, body: unknown): ReturnType<typeof vi.fn> {
  const fetch = vi.fn(() => Promise.resolve(new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "content-type": "application/json" } })));
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

afterEach(() => { vi.unstubAllGlobals(); });

it("sends the reader's language, and the token with whatever changes something", async () => {
  document.documentElement.lang = "en";
  rememberCsrf("token-1");
  const fetch = answer(204, null);
  await read(api.POST("/api/contacts/{contact_id}/notes", { params: { path: { contact_id: 5 } }, body: { text: "x" } }));
  const request = fetch.mock.calls[0]?.[0] as Request;
  expect(new URL(request.url).pathname).toBe("/api/contacts/5/notes");
  expect(request.headers.get("accept-language")).toBe("en");
  expect(request.headers.get("x-csrftoken")).toBe("token-1");
});

it("tells why something was refused", async () => {
  answer(409, { error: { code: "live_codes.name_taken", message: "名称已被使用", fields: { name: "换一个" } }, request_id: "r1" });
  const refused = await read(api.GET("/api/facts")).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect(refused).toMatchObject({ status: 409, code: "live_codes.name_taken", message: "名称已被使用", fields: { name: "换一个" }, requestId: "r1" });
});

it("keeps its footing when somebody else answers, or nobody", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>Bad gateway", { status: 502 })));
  await expect(read(api.GET("/api/facts"))).rejects.toMatchObject({ status: 502, code: "http_502" });
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(read(api.GET("/api/facts"))).rejects.toMatchObject({ status: 0, code: UNREACHABLE });
});
