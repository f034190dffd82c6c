import { company } from "./zh-CN/company";
import { entry } from "./zh-CN/entry";
import { handOver } from "./zh-CN/handOver";
import { importTexts } from "./zh-CN/import";
import { members } from "./zh-CN/members";
import { notices } from "./zh-CN/notices";
import { roles } from "./zh-CN/roles";

export const zhCN = { ...entry, ...roles, ...members, ...importTexts, ...handOver, ...notices, ...company };
