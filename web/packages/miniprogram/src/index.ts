import { createClient } from "@cove/sdk/core/client";
import type { Cove } from "@cove/sdk/core/types";

import type { Options } from "./options";
import { miniProgramPort } from "./port";
import { watchApp } from "./watch";
import type { World } from "./wx";

export type { BeforeSend, Consent, Cove, CoveEvent, PlanNote, Proof, Properties } from "@cove/sdk/core/types";
export type { Options } from "./options";

declare const wx: World["wx"];
declare const getCurrentPages: World["getCurrentPages"];
declare let App: World["App"];
declare let Page: World["Page"];

/** Starts measuring. To be called at the top of app.js, before `App(…)`: pages that were defined earlier are not seen. */
export function init(options: Options): Cove {
  const world: World = { wx, getCurrentPages, App, Page };
  const given = { ...options, host: options.host.replace(/\/+$/, "") };
  const port = miniProgramPort(world, given);
  const client = createClient(port, given, false);
  if (given.autocapture !== false) {
    client.whenOn(() => {
      watchApp(world, client, port);
      ({ App, Page } = world);
    });
  }
  return client.cove;
}
