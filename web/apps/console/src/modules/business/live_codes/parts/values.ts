import type { LiveCode, LiveCodeCreate, Named, ShownAttachment, Utm } from "@cove/api/types";

import { partsOf } from "../../../engine/channels/embed/partsToSend";

/** The form as it is filled; `member` is missing in a row that was just added. */
export interface CodeValues {
  name: string;
  members: { member?: Named; weight: number }[];
  tag_ids: number[];
  welcome_text: string;
  welcome_attachments: ShownAttachment[];
  utm: Utm;
}

/** Most bytes that the platform takes as welcome text (WeCom, send_welcome_msg). */
export const WELCOME_BYTES = 4000;
export const MOST_WEIGHT = 100;
export const UTM = ["source", "medium", "campaign", "content", "term"] as const;

export const emptyValues: CodeValues = {
  name: "",
  members: [{ weight: 1 }],
  tag_ids: [],
  welcome_text: "",
  welcome_attachments: [],
  utm: { source: "", medium: "", campaign: "", content: "", term: "" },
};

export function valuesOf(code: LiveCode): CodeValues {
  return {
    name: code.name,
    members: code.members.map(({ id, name, weight }) => ({ member: { id, name }, weight })),
    tag_ids: code.tags.map((tag) => tag.id),
    welcome_text: code.welcome_text,
    welcome_attachments: code.welcome_attachments,
    utm: code.utm,
  };
}

export function bodyOf(values: CodeValues): LiveCodeCreate {
  return {
    name: values.name.trim(),
    members: values.members.flatMap(({ member, weight }) => (member ? [{ member_id: member.id, weight }] : [])),
    tag_ids: values.tag_ids,
    welcome_text: values.welcome_text.trim(),
    welcome_attachments: partsOf(values.welcome_attachments),
    utm: values.utm,
  };
}

/** Bytes of the text as the platform counts them (UTF-8): an emoji is four, a Chinese character three. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Each row's share of all weights, 0..1. */
export function shares(weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum > 0 ? weight / sum : 0));
}
