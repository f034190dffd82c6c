import type { Named, WecomTool, WecomToolBody } from "@cove/api/types";

export type ToolKind = WecomToolBody["kind"];

export interface ToolValues {
  kind: ToolKind;
  name: string;
  members: Named[];
  skip_verify: boolean;
  words: string[];
  block: boolean;
  semantics: (1 | 2 | 3)[];
  text: string;
  link_title: string;
  link_url: string;
  tell_owners: boolean;
}

const FRESH: ToolValues = {
  kind: "link", name: "", members: [], skip_verify: true, words: [], block: true, semantics: [], text: "", link_title: "", link_url: "", tell_owners: true,
};

/** What the form begins with: a tool as it stands, or a new one. */
export function valuesOf(row: WecomTool | undefined): ToolValues {
  return row ? { ...FRESH, ...row.tool, members: row.members } : FRESH;
}

/** What is asked of the server. */
export function bodyOf(values: ToolValues): WecomToolBody {
  const { kind, name } = values;
  const member_ids = values.members.map((one) => one.id);
  if (kind === "link") return { kind, name, member_ids, skip_verify: values.skip_verify };
  if (kind === "words") return { kind, name, member_ids, words: values.words, block: values.block, semantics: values.semantics };
  return { kind, name, text: values.text, link_title: values.link_title, link_url: values.link_url, tell_owners: values.tell_owners };
}
