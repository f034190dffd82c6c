import type { NewMass, ShownAttachment, WecomFile } from "@cove/api/types";

export type Part = NonNullable<NewMass["attachments"]>[number];
export type PartKind = Part["kind"];

export const MOST_PARTS = 9;
export const FILE_KINDS = ["image", "video", "file"] as const;
export type FileKind = typeof FILE_KINDS[number];
export const CARD_KINDS = ["link", "miniprogram"] as const;
export type CardKind = typeof CARD_KINDS[number];

/** What the file chooser of the browser offers; the server looks at the content. */
export const ACCEPTED: Record<FileKind, string> = {
  image: ".png,.jpg,.jpeg,.gif,.webp",
  video: ".mp4",
  file: ".pdf,.docx,.xlsx,.pptx,.csv,.txt",
};

export const isFileKind = (kind: PartKind): kind is FileKind => kind !== "link" && kind !== "miniprogram";

/** Something a message carries that is nothing but a file. */
export const fileShown = (kind: FileKind, file: WecomFile): ShownAttachment => ({ kind, file, title: "", url: "", description: "", picture_url: "", app_id: "", page: "" });

/** What is sent to the server for what the form shows. */
export function partOf(shown: ShownAttachment): Part {
  const file_id = shown.file?.id ?? 0;
  const { title, url, description, picture_url, app_id, page } = shown;
  if (shown.kind === "link") return { kind: "link", title, url, description, picture_url, file_id: shown.file?.id ?? null };
  if (shown.kind === "miniprogram") return { kind: "miniprogram", title, app_id, page, file_id };
  return { kind: shown.kind, file_id };
}
