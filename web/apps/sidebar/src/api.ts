import { api, read } from "@cove/api/client";
import { listenLive } from "@cove/api/live";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

const LATEST = 30;
const SAY = 60_000;
const PAUSE = 1_500;

export const customerQuery = (externalUserid: string) => queryOptions({
  queryKey: ["customer", externalUserid],
  queryFn: () => read(api.GET("/api/channels/wecom/customer", { params: { query: { external_userid: externalUserid } } })),
});

export function useSyncNow(externalUserid: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => read(api.POST("/api/channels/wecom/customer", { body: { external_userid: externalUserid } })),
    onSuccess: (found) => { queries.setQueryData(customerQuery(externalUserid).queryKey, found); },
  });
}

export const contactQuery = (id: number) => queryOptions({
  queryKey: ["contact", id],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}", { params: { path: { contact_id: id } } })),
});

export const tagsQuery = queryOptions({
  queryKey: ["tags"],
  queryFn: () => read(api.GET("/api/tags")),
  staleTime: 5 * 60_000,
});

export function useChangeTags(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { add: number[]; remove: number[] }) => read(api.PUT("/api/contacts/{contact_id}/tags", { params: { path: { contact_id: id } }, body })),
    onSuccess: (found) => {
      queries.setQueryData(contactQuery(id).queryKey, found);
      void queries.invalidateQueries({ queryKey: ["latest", id] });
    },
  });
}

export function useWriteNote(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => read(api.POST("/api/contacts/{contact_id}/notes", { params: { path: { contact_id: id } }, body: { text } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["latest", id] }),
  });
}

export function useDeleteNote(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (noteId: number) => read(api.DELETE("/api/contacts/{contact_id}/notes/{note_id}", { params: { path: { contact_id: id, note_id: noteId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["latest", id] }),
  });
}

export const latestQuery = (id: number) => queryOptions({
  queryKey: ["latest", id],
  queryFn: () => read(api.GET("/api/contacts/{contact_id}/timeline", { params: { path: { contact_id: id }, query: { limit: LATEST } } })),
});

/** Hear of news of a contact while the page is open: he is watched, and what is shown is asked for anew. */
export function useNews(id: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    let again: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      void queries.invalidateQueries({ queryKey: ["latest", id] });
      void queries.invalidateQueries({ queryKey: ["contact", id] });
    };
    const watch = () => { void read(api.PUT("/api/contacts/{contact_id}/timeline/watch", { params: { path: { contact_id: id } } })).catch(() => undefined); };
    watch();
    const timer = setInterval(watch, SAY);
    const leave = listenLive(({ name, data }) => {
      if (name === "look") watch();
      else if (name !== "timeline" || data.contact_id !== id) return;
      look();
      // The server tells once a second; what came within that second is found a little later.
      clearTimeout(again);
      again = setTimeout(look, PAUSE);
    });
    return () => {
      clearInterval(timer);
      clearTimeout(again);
      leave();
    };
  }, [id, queries]);
}
