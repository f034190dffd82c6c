import type { Named, ShownAttachment, WecomTool, WecomToolBody } from "@cove/api/types";

import { partOf } from "../content/values";

export type ToolKind = WecomToolBody["kind"];

export interface ToolValues {
  kind: ToolKind;
  name: string;
  members: Named[];
  groups: Named[];
  new_groups: string;
  skip_verify: boolean;
  words: string[];
  block: boolean;
  semantics: (1 | 2 | 3)[];
  text: string;
  attachments: ShownAttachment[];
  tell_owners: boolean;
}

const FRESH: ToolValues = {
  kind: "link", name: "", members: [], groups: [], new_groups: "", skip_verify: true, words: [], block: true, semantics: [], text: "", attachments: [], tell_owners: true,
};

/** What the form begins with: a tool as it stands, or a new one. */
export function valuesOf(row: WecomTool | undefined): ToolValues {
  return row ? { ...FRESH, ...row.tool, members: row.members, groups: row.groups, attachments: row.attachments } : FRESH;
}

/** What is asked of the server. */
export function bodyOf(values: ToolValues): WecomToolBody {
  const { kind, name } = values;
  const member_ids = values.members.map((one) => one.id);
  if (kind === "link") return { kind, name, member_ids, skip_verify: values.skip_verify };
  if (kind === "words") return { kind, name, member_ids, words: values.words, block: values.block, semantics: values.semantics };
  if (kind === "join") return { kind, name, group_ids: values.groups.map((one) => one.id), new_groups: values.new_groups };
  return { kind, name, text: values.text, attachments: values.attachments.map(partOf), tell_owners: values.tell_owners };
}
