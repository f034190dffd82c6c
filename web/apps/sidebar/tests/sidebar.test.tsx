import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const AGENT = "Mozilla/5.0 (Linux; Android 14) wxwork/4.1.30 MicroMessenger/7.0.1";
const SESSION = { member: { id: 1, name: "王芳", email: null, locale: "zh-CN" }, tenant: { id: 1, name: "云岫", timezone: "Asia/Shanghai", watermark: false }, operations: [], csrf_token: "t" };
const SIGNATURE = { corp_id: "ww1", agent_id: "1000002", timestamp: 1, nonce: "n", signature: "s", agent_signature: "a" };

// Modules are read anew for each test, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 40_000 });
vi.setConfig({ testTimeout: 60_000 });

type Answer = [status: number, body: unknown];
let answers: Record<string, Answer>;
let client: Record<string, Record<string, unknown>>;

/** WeCom's client: what it answers to a call of a page. */
function bridge() {
  return { invoke: (name: string, _given: unknown, done: (said: unknown) => void) => { done(client[name] ?? { err_msg: `${name}:fail function not exist` }); }, on: vi.fn() };
}

async function shown() {
  const { Sidebar } = await import("../src/Sidebar");
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(<QueryClientProvider client={queries}><Sidebar /></QueryClientProvider>);
}

function inBrowser(userAgent: string, language: string) {
  Object.defineProperty(navigator, "userAgent", { value: userAgent, configurable: true });
  Object.defineProperty(navigator, "language", { value: language, configurable: true });
}

beforeEach(() => {
  vi.resetModules();
  inBrowser(AGENT, "zh-CN");
  vi.stubGlobal("WeixinJSBridge", bridge());
  answers = { "GET /api/session": [200, SESSION], "GET /api/channels/wecom/page-signature": [200, SIGNATURE] };
  client = {
    agentConfig: { err_msg: "agentConfig:ok" },
    getContext: { err_msg: "getContext:ok", entry: "single_chat_tools" },
    getCurExternalContact: { err_msg: "getCurExternalContact:ok", userId: "wm1" },
    getCurExternalChat: { err_msg: "getCurExternalChat:ok", chatId: "wr1" },
  };
  vi.stubGlobal("fetch", (request: Request) => {
    const asked = `${request.method} ${new URL(request.url).pathname}`;
    const [status, body] = answers[asked] ?? [404, { error: { code: "cove.not_found", message: `no ${asked}` } }];
    return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } }));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

it("says in another browser where it is to be opened", async () => {
  inBrowser("Mozilla/5.0 Chrome/116", "en-GB");
  await shown();
  expect(await screen.findByText("Open this in WeCom")).toBeTruthy();
});

it("tells what WeCom said when it does not accept the page", async () => {
  client.agentConfig = { err_msg: "agentConfig:fail invalid signature", err_code: 40093 };
  await shown();
  expect(await screen.findByText("企业微信没有认可此页面")).toBeTruthy();
  expect(screen.getByText(/40093/)).toBeTruthy();
});

it.each([
  ["group_chat_tools", "这是一个群聊"],
  ["normal", "没有正在聊天的客户"],
])("says what there is beside %s", async (entry, title) => {
  client.getContext = { err_msg: "getContext:ok", entry };
  await shown();
  expect(await screen.findByText(title)).toBeTruthy();
});

it("offers to take an unknown customer over, and says why that failed", async () => {
  answers["GET /api/channels/wecom/customer"] = [200, { contact_id: null }];
  answers["POST /api/channels/wecom/customer"] = [403, { error: { code: "wecom.not_your_customer", message: "您没有添加这位客户" } }];
  await shown();
  fireEvent.click(await screen.findByText("立即同步"));
  expect(await screen.findByText("您没有添加这位客户")).toBeTruthy();
});

function item(id: number, member: { id: number; name: string }, text: string) {
  return {
    id, kind: "people.note_written", label: "跟进记录", caption: text, at: "2026-11-22T01:00:00Z", recorded_at: "2026-11-22T01:00:00Z", source: { kind: "console", label: "后台" },
    cause: null, member, properties: {}, anonymous: false, visit: null, way: null, suspicion: 0, doubts: [],
  };
}

it("deletes an own note after asking, and offers it for no other's", async () => {
  const mine = item(8, { id: 1, name: "王芳" }, "我写的"), others = item(7, { id: 2, name: "李明轩" }, "同事写的");
  const contact = {
    id: 7, name: "林晓雨", avatar_url: null, gender: "female", company_name: "", source: { kind: "wecom", label: "企业微信", detail: "" }, owners: [], tags: [],
    created_at: "2026-11-20T02:00:00Z", last_seen_at: "2026-11-22T02:00:00Z", lost: false, position: "", phone: null, email: null, identities: [], ownerships: [],
    may: ["people.write_note"], merged: [], duplicates: 0, previous_id: null, next_id: null,
  };
  answers["GET /api/channels/wecom/customer"] = [200, { contact_id: 7 }];
  answers["GET /api/contacts/7"] = [200, contact];
  answers["GET /api/contacts/7/timeline"] = [200, { items: [mine, others], next_cursor: null, newer_cursor: null }];
  answers["PUT /api/contacts/7/timeline/watch"] = [200, {}];
  await shown();
  expect(await screen.findByText("我写的")).toBeTruthy();
  expect(screen.getAllByText("删除")).toHaveLength(1);
  fireEvent.click(screen.getByText("删除"));
  answers["DELETE /api/contacts/7/notes/8"] = [403, { error: { code: "people.not_your_note", message: "只能删除自己写的" } }];
  fireEvent.click(screen.getByText("删除"));
  expect(await screen.findByText("只能删除自己写的")).toBeTruthy();
  answers["DELETE /api/contacts/7/notes/8"] = [200, {}];
  answers["GET /api/contacts/7/timeline"] = [200, { items: [others], next_cursor: null, newer_cursor: null }];
  fireEvent.click(screen.getByText("删除"));
  await waitFor(() => { expect(screen.queryByText("我写的")).toBeNull(); });
  expect(screen.getByText("同事写的")).toBeTruthy();
});

it("shows the missing right in the server's words", async () => {
  answers["GET /api/channels/wecom/customer"] = [403, { error: { code: "cove.forbidden", message: "您没有权限：查看客户" } }];
  await shown();
  expect(await screen.findByText("您没有权限：查看客户")).toBeTruthy();
});
