import { en as kit } from "@cove/kit/locales/en";
import antdLocale from "antd/es/locale/en_US";
import "dayjs/locale/en";

import { en as content } from "../../modules/engine/content/locales/en";
import { en as live_codes } from "../../modules/business/live_codes/locales/en";
import { en as insight } from "../../modules/cockpit/insight/locales/en";
import { en as installation } from "../../modules/cockpit/installation/locales/en";
import { en as workbench } from "../../modules/cockpit/workbench/locales/en";
import { en as org } from "../../modules/directory/org/locales/en";
import { en as people } from "../../modules/directory/people/locales/en";
import { en as privacy } from "../../modules/directory/privacy/locales/en";
import { en as channels } from "../../modules/engine/channels/locales/en";
import { en as timeline } from "../../modules/engine/timeline/locales/en";
import { en as tracking } from "../../modules/engine/tracking/locales/en";
import { en as audit } from "../../modules/kernel/audit/locales/en";
import { en as changesets } from "../../modules/kernel/changesets/locales/en";
import { en as jobs } from "../../modules/kernel/jobs/locales/en";
import { en as log } from "../../modules/kernel/log/locales/en";
import { en as shell } from "../locales/en";

export const resources = { kit, shell, org, people, privacy, timeline, tracking, channels, content, live_codes, workbench, insight, installation, changesets, jobs, log, audit };
export const dayjsLocale = "en";
export { antdLocale };
