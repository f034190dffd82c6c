import { api, read } from "@cove/api/client";
import type { WecomFile } from "@cove/api/types";
import { useMutation } from "@tanstack/react-query";

import type { FileKind } from "../parts/content/values";

export const useUploadWecomFile = () => useMutation({
  mutationFn: ({ file, use }: { file: File; use: FileKind }): Promise<WecomFile> => {
    const form = new FormData();
    form.append("file", file);
    form.append("use", use);
    return read(api.POST("/api/wecom-files", { body: { file: "", use }, bodySerializer: () => form }));
  },
});

/** Where the bytes of a file are. */
export const fileUrl = (id: number) => `/api/files/${id.toString()}`;
