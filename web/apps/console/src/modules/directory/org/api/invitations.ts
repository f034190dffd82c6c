import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { Invitation, NewInvitation } from "@cove/api/types";
import { useMutation, useQueryClient } from "@tanstack/react-query";

export const useInvitations = () => useKeyset<Invitation>({
  queryKey: ["invitations"],
  fetchPage: (cursor) => read(api.GET("/api/invitations", { params: { query: { cursor } } })),
});

function useInvitationChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ["invitations"] }) });
}

export const useInvite = () => useInvitationChange((body: NewInvitation) => read(api.POST("/api/invitations", { body })));

export const useResend = () => useInvitationChange((id: number) => read(api.POST("/api/invitations/{invitation_id}/resend", { params: { path: { invitation_id: id } } })));

export const useRevoke = () => useInvitationChange((id: number) => read(api.DELETE("/api/invitations/{invitation_id}", { params: { path: { invitation_id: id } } })));
