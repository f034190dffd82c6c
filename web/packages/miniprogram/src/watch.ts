/**
 * What the app and its pages do, seen by standing before the functions that define them.
 *
 * A tap or a sent form is told when its element has `data-cove="…"` and the page handles it.
 */
import type { Client } from "@cove/sdk/core/client";
import type { Port } from "@cove/sdk/core/port";
import type { Properties } from "@cove/sdk/core/types";

import type { Launch, Methods, World } from "./wx";

/** Seconds; the collector believes no more. */
const A_DAY = 86_400;

type Method = (this: unknown, ...given: unknown[]) => unknown;

export function watchApp(world: World, { emit, sign, queue }: Client, port: Port): void {
  let launch: Launch = {};
  let where: Properties = {};
  let from = "";
  let visibleSince: number | undefined;
  let isHidden = false;

  const show = () => {
    const isBack = isHidden && port.place().url === where.url;
    isHidden = false;
    visibleSince = Date.now();
    // He looked at something else and comes back to the page that he left open.
    if (isBack) return;
    where = port.place();
    const { scene, referrerInfo } = launch;
    emit("page", { ...where, referrer: from, properties: { scene, from_app: referrerInfo?.appId || undefined } });
    from = String(where.url);
  };

  const leave = () => {
    if (visibleSince === undefined) return;
    sign("$leave", { seconds: Math.min(Math.round((Date.now() - visibleSince) / 1000), A_DAY), depth: 100 }, where);
    visibleSince = undefined;
  };

  const notice = (given: unknown) => {
    const { type, currentTarget } = (given ?? {}) as { type?: string; currentTarget?: { dataset?: { cove?: string }; id?: string } };
    const name = currentTarget?.dataset?.cove;
    if (!name) return;
    if (type === "tap") sign("$click", { text: name, element: currentTarget.id || name });
    if (type === "submit") sign("$form_submit", { form: name });
  };

  const app = world.App;
  world.App = (definition) => app(standingBefore(definition, {
    onShow: (given) => {
      launch = given as Launch;
    },
    onHide: () => {
      leave();
      isHidden = true;
      void queue.flush();
    },
  }));
  const page = world.Page;
  world.Page = (definition) => page(standingBefore(handled(definition, notice), { onShow: show, onHide: leave, onUnload: leave }));
  world.wx.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) queue.wake();
  });
}

/** The definition with `first` called before each of these methods, whether or not it has them. */
function standingBefore(definition: Methods, first: Record<string, (given: unknown) => void>): Methods {
  const changed = { ...definition };
  for (const [name, call] of Object.entries(first)) {
    const real = definition[name] as Method | undefined;
    changed[name] = function (this: unknown, ...given: unknown[]) {
      call(given[0]);
      return real?.apply(this, given);
    };
  }
  return changed;
}

/** The definition with each of its own methods showing what it was called with. */
function handled(definition: Methods, notice: (given: unknown) => void): Methods {
  const changed = { ...definition };
  for (const [name, real] of Object.entries(definition)) {
    if (typeof real !== "function") continue;
    changed[name] = function (this: unknown, ...given: unknown[]) {
      notice(given[0]);
      return (real as Method).apply(this, given);
    };
  }
  return changed;
}
