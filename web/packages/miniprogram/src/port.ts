/** A mini-program, as far as the SDK needs it. */
import type { Answer, Port } from "@cove/sdk/core/port";

import type { Options } from "./options";
import type { Reply, ShownPage, World } from "./wx";

const TIMEOUT = 20_000;

export function miniProgramPort({ wx, getCurrentPages }: World, { host, titles }: Options): Port {
  const quietly = <Found>(attempt: () => Found, otherwise: Found): Found => {
    try {
      return attempt();
    } catch {
      return otherwise;
    }
  };
  const appId = quietly(() => wx.getAccountInfoSync().miniProgram.appId, "unknown");

  return {
    // A key that was never set reads as "".
    read: (name) => quietly(() => (wx.getStorageSync(name) as string) || null, null),
    write: (name, value) => quietly(() => {
      if (value === null) wx.removeStorageSync(name);
      else wx.setStorageSync(name, value);
      return true;
    }, false),
    names: (beginning) => quietly(() => wx.getStorageInfoSync().keys.filter((name) => name.startsWith(beginning)), []),
    post: (data) => new Promise<Answer>((success, fail) => {
      wx.request({
        url: `${host}/collect/batch`,
        method: "POST",
        data,
        header: { "content-type": "application/json" },
        timeout: TIMEOUT,
        success: (reply) => {
          success({ status: reply.statusCode, retryAfter: Number(header(reply, "retry-after")) || 0, text: JSON.stringify(reply.data ?? "") });
        },
        fail: () => {
          fail(new Error("unreachable"));
        },
      });
    }),
    context: () => {
      const { language, screenWidth, screenHeight } = quietly(() => wx.getSystemInfoSync(), {});
      return { library: "miniprogram/1.0.0", automation: false, locale: language, screen: `${screenWidth ?? 0}x${screenHeight ?? 0}` };
    },
    place: () => {
      const page = quietly(() => getCurrentPages().pop(), undefined);
      return page ? { url: addressOf(appId, page), title: titles?.[page.route] ?? page.route } : { url: `https://servicewechat.com/${appId}/`, title: appId };
    },
    // WeChat has no random bytes that come at once; the number of a message only has to be its own.
    random: (count) => Array.from({ length: count }, () => Math.floor(Math.random() * 256)),
  };
}

/** Pages of a mini-program have no web address; this is the one under which WeChat names them where it has to. */
function addressOf(appId: string, { route, options }: ShownPage): string {
  const query = Object.entries(options ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(decoded(value ?? ""))}`).join("&");
  return `https://servicewechat.com/${appId}/${route}${query && "?"}${query}`.slice(0, 2000);
}

/** WeChat gives the values of a page's query as they were sent, encoded or not. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function header({ header: all }: Reply, name: string): string | undefined {
  const key = Object.keys(all ?? {}).find((one) => one.toLowerCase() === name);
  return key && all?.[key];
}
