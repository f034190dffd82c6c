import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import { sessionQuery } from "@cove/api/session";
import type { ChoicesChange, PrivacySettingsChange, PurposeChange } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 20;

export const settingsQuery = queryOptions({
  queryKey: ["privacy", "settings"],
  queryFn: () => read(api.GET("/api/privacy/settings")),
});

export const purposesQuery = queryOptions({
  queryKey: ["privacy", "purposes"],
  queryFn: async () => (await read(api.GET("/api/privacy/purposes"))).items,
});

export const retentionPreviewQuery = (key: string, days: number) => queryOptions({
  queryKey: ["privacy", "retention", key, days],
  queryFn: async () => (await read(api.GET("/api/privacy/retention/{key}/preview", { params: { path: { key }, query: { days } } }))).would_go,
});

export const contactPrivacyQuery = (id: number) => queryOptions({
  queryKey: ["privacy", "contact", id],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/privacy", { params: { path: { contact_id: id } } })),
});

export const erasurePreviewQuery = (id: number) => queryOptions({
  queryKey: ["privacy", "erasure-preview", id],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/erasure-preview", { params: { path: { contact_id: id } } })),
  staleTime: 0,
});

export function useErasures() {
  return useKeyset({
    queryKey: ["privacy", "erasures"],
    fetchPage: (cursor) => read(api.GET("/api/privacy/erasures", { params: { query: { cursor, limit: PAGE } } })),
  });
}

/** Whatever changes here, all that is shown of privacy is read anew. */
function usePrivacyChange<Input, Answer>(change: (input: Input) => Promise<Answer>, contactId?: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["privacy"] }),
      contactId !== undefined && queries.invalidateQueries({ queryKey: ["timeline", contactId] }),
    ]),
  });
}

export function useChangeSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PrivacySettingsChange) => read(api.PATCH("/api/privacy/settings", { body })),
    onSuccess: (settings) => {
      queries.setQueryData(settingsQuery.queryKey, settings);
      // The mark on every page comes with the session.
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}

export function useSavePurpose(id?: number) {
  return usePrivacyChange((body: PurposeChange) => id === undefined
    ? read(api.POST("/api/privacy/purposes", { body }))
    : read(api.PUT("/api/privacy/purposes/{purpose_id}", { params: { path: { purpose_id: id } }, body })));
}

const of = (contactId: number) => ({ params: { path: { contact_id: contactId } } });

export function useRecordChoices(id: number) {
  return usePrivacyChange((body: ChoicesChange) => read(api.PUT("/api/contacts/{contact_id}/privacy/choices", { ...of(id), body })), id);
}

export function useMakeLink(id: number) {
  return usePrivacyChange(() => read(api.POST("/api/contacts/{contact_id}/privacy/link", of(id))), id);
}

export function useRevokeLinks(id: number) {
  return usePrivacyChange(() => read(api.DELETE("/api/contacts/{contact_id}/privacy/links", of(id))), id);
}

export function useRequestDataFile(id: number) {
  return usePrivacyChange(() => read(api.POST("/api/contacts/{contact_id}/data-files", of(id))), id);
}

export function useRequestErasure(id: number) {
  return usePrivacyChange((body: { name: string; why: string }) => read(api.POST("/api/contacts/{contact_id}/erasure", { ...of(id), body })), id);
}

export function useCancelErasure(id: number) {
  return usePrivacyChange(() => read(api.DELETE("/api/contacts/{contact_id}/erasure", of(id))), id);
}
