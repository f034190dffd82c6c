import type { Texts } from "@cove/kit/locales/texts";

import { company } from "./en/company";
import { entry } from "./en/entry";
import { handOver } from "./en/handOver";
import { importTexts } from "./en/import";
import { members } from "./en/members";
import { notices } from "./en/notices";
import { roles } from "./en/roles";
import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = { ...entry, ...roles, ...members, ...importTexts, ...handOver, ...notices, ...company };
