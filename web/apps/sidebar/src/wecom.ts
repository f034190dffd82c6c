import { getContext, getCurExternalChat, getCurExternalContact, invoke, register } from "@wecom/jssdk";
import { api, read } from "@cove/api/client";

/** What the page was opened beside. */
export type Beside =
  | { kind: "customer"; userId: string }
  | { kind: "group"; chatId: string }
  | { kind: "nothing" };

/** WeCom said no to this page; `words` are its own. */
export class WecomRefusal extends Error {
  constructor(readonly words: string, readonly code: number) {
    super(words);
    this.name = "WecomRefusal";
  }
}

const PATIENCE = 12_000;
const CUSTOMER_ENTRIES = new Set(["single_chat_tools", "contact_profile", "single_kf_tools"]);
const CALLS = ["getContext", "getCurExternalContact", "getCurExternalChat"] as const;

export const inWecom = /\bwxwork\//i.test(navigator.userAgent);

let registered: Promise<void> | undefined;

/** Introduce the page to WeCom, once; a failure may be tried again. */
async function introduce(): Promise<void> {
  const { pathname, search } = location;
  const signature = await read(api.GET("/api/channels/wecom/page-signature", { params: { query: { path: pathname + search } } }));
  const { nonce: nonceStr, timestamp, corp_id: corpId, agent_id: agentId } = signature;
  const jsApiList = [...CALLS];
  try {
    // Asked first by ourselves: the SDK drops the promise of its own asking, and nobody could catch a refusal.
    await invoke("agentConfig", { corpid: corpId, agentid: agentId, timestamp: timestamp.toString(), nonceStr, signature: signature.agent_signature, jsApiList });
  } catch (said) {
    throw refusalOf(said);
  }
  register({
    corpId, agentId, jsApiList,
    getConfigSignature: () => ({ timestamp, nonceStr, signature: signature.signature }),
    getAgentConfigSignature: () => ({ timestamp, nonceStr, signature: signature.agent_signature }),
  });
}

function refusalOf(said: unknown): Error {
  if (said instanceof Error) return said;
  const { errMsg = "", errCode = -1 } = (typeof said === "object" && said ? said : {}) as { errMsg?: string; errCode?: number };
  return new WecomRefusal(errMsg, errCode);
}

/** Tell what this page stands beside. Throws ApiError, or WecomRefusal with WeCom's own words. */
export async function besideWhat(): Promise<Beside> {
  registered ??= introduce();
  try {
    return await inTime(registered.then(ask));
  } catch (error) {
    registered = undefined;
    throw error;
  }
}

async function ask(): Promise<Beside> {
  try {
    const entry: string = (await getContext()).entry;
    if (CUSTOMER_ENTRIES.has(entry)) return { kind: "customer", userId: (await getCurExternalContact()).userId };
    if (entry === "group_chat_tools") return { kind: "group", chatId: (await getCurExternalChat()).chatId };
    return { kind: "nothing" };
  } catch (said) {
    throw refusalOf(said);
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_done, fail) => {
    timer = setTimeout(() => { fail(new WecomRefusal("timeout", -1)); }, PATIENCE);
  });
  return Promise.race([work, late]).finally(() => { clearTimeout(timer); });
}
