import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { ChosenContacts, ContactChange, TagGroup } from "@cove/api/types";
import { urlNumber, type UrlState } from "@cove/kit/list/useUrlState";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
export const SORTS = ["-created_at", "created_at", "-last_seen_at", "name"] as const;
export const STATES = ["current", "lost"] as const;

/** The contacts that a URL's filters ask for. What is not a filter in the URL is passed by. */
export function useContacts(filters: UrlState) {
  const query = {
    search: filters.search,
    tag_id: urlNumber(filters.tag_id),
    owner_id: urlNumber(filters.owner_id),
    code_id: urlNumber(filters.code_id),
    source: filters.source,
    state: STATES.find((state) => state === filters.state),
    sort: SORTS.find((sort) => sort === filters.sort),
    limit: PAGE,
  };
  return useKeyset({
    queryKey: ["contacts", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/contacts", { params: { query: { ...query, cursor } } })),
  });
}

export const contactQuery = (id: number) => queryOptions({
  queryKey: ["contacts", "detail", id],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}", { params: { path: { contact_id: id } } })),
});

/** What is said of a contact is in its detail, in lists and on the timeline; all are read anew. */
function useContactChange<Input>(id: number, change: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["contacts"] }),
      queries.invalidateQueries({ queryKey: ["timeline", id] }),
    ]),
  });
}

export function useChangeContact(id: number) {
  return useContactChange<ContactChange>(id, (body) => read(api.PATCH("/api/contacts/{contact_id}", { params: { path: { contact_id: id } }, body })));
}

export function useWriteNote(id: number) {
  return useContactChange<string>(id, (text) => read(api.POST("/api/contacts/{contact_id}/notes", { params: { path: { contact_id: id } }, body: { text } })));
}

export function useDeleteNote(id: number) {
  return useContactChange<number>(id, (noteId) =>
    read(api.DELETE("/api/contacts/{contact_id}/notes/{note_id}", { params: { path: { contact_id: id, note_id: noteId } } })));
}

export function useChangeTags(id: number) {
  return useContactChange<{ add: number[]; remove: number[] }>(id, (body) =>
    read(api.PUT("/api/contacts/{contact_id}/tags", { params: { path: { contact_id: id } }, body })));
}

export const tagsQuery = queryOptions({
  queryKey: ["tags"],
  queryFn: () => read(api.GET("/api/tags")),
  staleTime: 60_000,
});

interface NewTag {
  name: string;
  /** The group it goes into, or the name of one that is to be made. */
  group: TagGroup | string;
}

export function useCreateTag() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, group }: NewTag) => {
      const { id } = typeof group === "string" ? await read(api.POST("/api/tag-groups", { body: { name: group, library: "marketing" } })) : group;
      return read(api.POST("/api/tags", { body: { group_id: id, name } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tags"] }),
  });
}

export const chosenCountsQuery = (chosen: ChosenContacts) => queryOptions({
  queryKey: ["contacts", "chosen", chosen],
  queryFn: () => read(api.POST("/api/contact-updates/preview", { body: chosen })),
});

export const exportColumnsQuery = queryOptions({
  queryKey: ["contacts", "export-columns"],
  queryFn: () => read(api.GET("/api/contact-exports/columns")),
});

interface NewExport {
  selection: ChosenContacts;
  columns: string[];
  format: "xlsx" | "csv";
}

export function useExportContacts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewExport) => read(api.POST("/api/contact-exports", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

interface NewUpdate {
  selection: ChosenContacts;
  add: number[];
  remove: number[];
  fields?: { company_name: string };
  owner_id?: number;
}

export function useUpdateContacts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUpdate) => read(api.POST("/api/contact-updates", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["jobs"] }),
  });
}

/** What the list's filters find, as a selection of contacts. */
export function chosenBy(filters: UrlState): ChosenContacts {
  return {
    search: filters.search ?? "",
    tag_id: urlNumber(filters.tag_id) ?? null,
    owner_id: urlNumber(filters.owner_id) ?? null,
    code_id: urlNumber(filters.code_id) ?? null,
    source: filters.source ?? "",
    state: STATES.find((state) => state === filters.state) ?? "",
  };
}

/** Contacts chosen one by one, as a selection. */
export function chosenOne(ids: number[]): ChosenContacts {
  return { ids, search: "", source: "", state: "" };
}

export const mergePreviewQuery = (stays: number, merged: number) => queryOptions({
  // Not among the contacts: after the merge there is nothing left to compare.
  queryKey: ["merge-preview", stays, merged],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/merge-preview", { params: { path: { contact_id: stays }, query: { merged_id: merged } } })),
  retry: false,
  gcTime: 0,
});

export const contactChoicesQuery = (search: string) => queryOptions({
  queryKey: ["contacts", "choices", search],
  queryFn: () => read(api.GET("/api/contacts", { params: { query: { search, sort: "-last_seen_at", limit: 20 } } })),
  staleTime: 10_000,
});

export function useDuplicates() {
  return useKeyset({
    queryKey: ["contacts", "duplicates"],
    fetchPage: (cursor) => read(api.GET("/api/contact-duplicates", { params: { query: { cursor, limit: PAGE } } })),
  });
}

/** Whoever is one person now is so everywhere: every list, page and timeline is read anew. */
function useMerging<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["contacts"] }),
      queries.invalidateQueries({ queryKey: ["timeline"] }),
    ]),
  });
}

export function useMergeContacts() {
  return useMerging(({ stays, merged }: { stays: number; merged: number }) =>
    read(api.POST("/api/contacts/{contact_id}/merges", { params: { path: { contact_id: stays } }, body: { merged_id: merged } })));
}

export function useUndoMerge() {
  return useMerging((mergeId: number) => read(api.POST("/api/contact-merges/{merge_id}/undo", { params: { path: { merge_id: mergeId } } })));
}

export function useTellApart() {
  return useMerging((duplicateId: number) => read(api.POST("/api/contact-duplicates/{duplicate_id}/different", { params: { path: { duplicate_id: duplicateId } } })));
}
