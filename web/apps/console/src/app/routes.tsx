import { gatherFillings } from "@cove/kit/slots/Slots";

import { audit } from "../modules/kernel/audit/routes";
import { channels } from "../modules/engine/channels/routes";
import { content } from "../modules/engine/content/routes";
import { installation } from "../modules/cockpit/installation/routes";
import { insight } from "../modules/cockpit/insight/routes";
import { liveCodes } from "../modules/business/live_codes/routes";
import { log } from "../modules/kernel/log/routes";
import { org } from "../modules/directory/org/routes";
import { people } from "../modules/directory/people/routes";
import { privacy } from "../modules/directory/privacy/routes";
import { tracking } from "../modules/engine/tracking/routes";
import { timeline } from "../modules/engine/timeline/routes";
import { workbench } from "../modules/cockpit/workbench/routes";
import type { ModuleRoutes, PageRoute } from "./route";

/** Every module of the console; the order is that of the entries within a section. */
const modules: ModuleRoutes[] = [workbench, people, liveCodes, content, insight, org, channels, tracking, timeline, privacy, log, audit, installation];

export const pageRoutes: PageRoute[] = modules.flatMap((module) => module.routes);
export const slotFillings = gatherFillings(modules.map((module) => module.slots));
