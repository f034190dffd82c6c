import type { Named, NewMoment, ShownAttachment, WecomFile } from "@cove/api/types";

import { partOf } from "../content/values";

export const CARRIES = ["image", "video", "link"] as const;

export interface MomentValues {
  name: string;
  text: string;
  carries: typeof CARRIES[number];
  images: ShownAttachment[];
  videos: ShownAttachment[];
  link_title: string;
  link_url: string;
  link_file?: WecomFile;
  members: Named[];
  tag_ids: number[];
}

export const NEW_MOMENT: MomentValues = {
  name: "", text: "", carries: "image", images: [], videos: [], link_title: "", link_url: "", members: [], tag_ids: [],
};

/** What a moment of these values carries beside its text. */
export function carried({ carries, images, videos, link_title, link_url, link_file }: MomentValues): ShownAttachment[] {
  if (carries === "image") return images;
  if (carries === "video") return videos;
  if (!link_url && !link_title) return [];
  return [{ kind: "link", title: link_title, url: link_url, description: "", picture_url: "", app_id: "", page: "", file: link_file ?? null }];
}

/** Everything the form says. */
export const bodyOf = (values: MomentValues): NewMoment => ({
  name: values.name,
  text: values.text,
  attachments: carried(values).map(partOf),
  member_ids: values.members.map((one) => one.id),
  tag_ids: values.tag_ids,
});
