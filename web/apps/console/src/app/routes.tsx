import type { SlotFillings } from "@cove/kit/slots/Slots";

import { channels } from "../modules/engine/channels/routes";
import { insight } from "../modules/cockpit/insight/routes";
import { liveCodes } from "../modules/business/live_codes/routes";
import { log } from "../modules/kernel/log/routes";
import { org } from "../modules/directory/org/routes";
import { people } from "../modules/directory/people/routes";
import { tracking } from "../modules/engine/tracking/routes";
import { timeline } from "../modules/engine/timeline/routes";
import { workbench } from "../modules/cockpit/workbench/routes";
import type { ModuleRoutes, PageRoute } from "./route";

/** Every module of the console; the order is that of the entries within a section. */
const modules: ModuleRoutes[] = [workbench, people, liveCodes, insight, channels, tracking, timeline, log, org];

export const pageRoutes: PageRoute[] = modules.flatMap((module) => module.routes);
export const slotFillings: SlotFillings = modules.reduce<SlotFillings>((all, module) => ({ ...all, ...module.slots }), {});
