import { zhCN as kit } from "@cove/kit/locales/zh-CN";
import antdLocale from "antd/es/locale/zh_CN";
import "dayjs/locale/zh-cn";

import { zhCN as content } from "../../modules/engine/content/locales/zh-CN";
import { zhCN as live_codes } from "../../modules/business/live_codes/locales/zh-CN";
import { zhCN as insight } from "../../modules/cockpit/insight/locales/zh-CN";
import { zhCN as installation } from "../../modules/cockpit/installation/locales/zh-CN";
import { zhCN as workbench } from "../../modules/cockpit/workbench/locales/zh-CN";
import { zhCN as org } from "../../modules/directory/org/locales/zh-CN";
import { zhCN as people } from "../../modules/directory/people/locales/zh-CN";
import { zhCN as privacy } from "../../modules/directory/privacy/locales/zh-CN";
import { zhCN as channels } from "../../modules/engine/channels/locales/zh-CN";
import { zhCN as timeline } from "../../modules/engine/timeline/locales/zh-CN";
import { zhCN as tracking } from "../../modules/engine/tracking/locales/zh-CN";
import { zhCN as audit } from "../../modules/kernel/audit/locales/zh-CN";
import { zhCN as changesets } from "../../modules/kernel/changesets/locales/zh-CN";
import { zhCN as jobs } from "../../modules/kernel/jobs/locales/zh-CN";
import { zhCN as log } from "../../modules/kernel/log/locales/zh-CN";
import { zhCN as shell } from "../locales/zh-CN";

export const resources = { kit, shell, org, people, privacy, timeline, tracking, channels, content, live_codes, workbench, insight, installation, changesets, jobs, log, audit };
export const dayjsLocale = "zh-cn";
export { antdLocale };
