import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type {
  EmailDomainChange, EmailDomainCreate, EmailSenderChange, EmailTemplateChange, EmailTemplateDraft, EmailTest, SuppressionCreate,
} from "@cove/api/types";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

const PAGE = 50;
export const EMAIL = "/settings/email";
export const TEMPLATES = "/reach/email-templates";
export const SUPPRESSIONS = "/reach/email-suppressions";
export const REASONS = ["hard_bounce", "complaint", "manual"] as const;

export const domainsQuery = queryOptions({
  queryKey: ["email", "domains"],
  queryFn: () => read(api.GET("/api/email/domains")),
});

export const variablesQuery = queryOptions({
  queryKey: ["email", "variables"],
  queryFn: () => read(api.GET("/api/email/variables")),
});

export const emailTemplateQuery = (id: number) => queryOptions({
  queryKey: ["email", "templates", "detail", id],
  queryFn: () => read(api.GET("/api/email/templates/{email_template_id}", { params: { path: { email_template_id: id } } })),
});

export const emailPreviewQuery = (draft: EmailTemplateDraft) => queryOptions({
  queryKey: ["email", "preview", draft],
  queryFn: () => read(api.POST("/api/email/templates/preview", { body: draft })),
  enabled: Boolean(draft.subject && draft.html),
  placeholderData: keepPreviousData,
  retry: false,
});

export const emailResultsQuery = (days: number) => queryOptions({
  queryKey: ["email", "results", days],
  queryFn: () => read(api.GET("/api/email/results", { params: { query: { days } } })),
  placeholderData: keepPreviousData,
});

export function useEmailTemplates(filters: UrlState) {
  const query = { search: filters.search, limit: PAGE } as const;
  return useKeyset({
    queryKey: ["email", "templates", "list", query],
    fetchPage: (cursor) => read(api.GET("/api/email/templates", { params: { query: { ...query, cursor } } })),
  });
}

export function useSuppressions(filters: UrlState) {
  const reason = REASONS.find((one) => one === filters.reason);
  const query = { search: filters.search, reason, limit: PAGE } as const;
  return useKeyset({
    queryKey: ["email", "suppressions", query],
    fetchPage: (cursor) => read(api.GET("/api/email/suppressions", { params: { query: { ...query, cursor } } })),
  });
}

function useEmailChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ["email"] }) });
}

export const useAddDomain = () => useEmailChange((body: EmailDomainCreate) => read(api.POST("/api/email/domains", { body })));

export const useChangeDomain = (id: number) => useEmailChange((body: EmailDomainChange) =>
  read(api.PUT("/api/email/domains/{domain_id}", { params: { path: { domain_id: id } }, body })));

export const useRemoveDomain = () => useEmailChange((id: number) =>
  read(api.DELETE("/api/email/domains/{domain_id}", { params: { path: { domain_id: id } } })));

export const useCheckDomain = () => useEmailChange((id: number) =>
  read(api.POST("/api/email/domains/{domain_id}/check", { params: { path: { domain_id: id } } })));

export const useRenewKey = () => useEmailChange((id: number) =>
  read(api.POST("/api/email/domains/{domain_id}/renew-key", { params: { path: { domain_id: id } } })));

export const useDropNewKey = () => useEmailChange((id: number) =>
  read(api.DELETE("/api/email/domains/{domain_id}/new-key", { params: { path: { domain_id: id } } })));

export const useTryRelay = () => useMutation({
  mutationFn: (id: number) => read(api.POST("/api/email/domains/{domain_id}/try", { params: { path: { domain_id: id } } })),
});

export const useAddSender = (domain: number) => useEmailChange((body: EmailSenderChange) =>
  read(api.POST("/api/email/domains/{domain_id}/senders", { params: { path: { domain_id: domain } }, body })));

export const useRemoveSender = () => useEmailChange((id: number) =>
  read(api.DELETE("/api/email/senders/{sender_id}", { params: { path: { sender_id: id } } })));

export const useAddTemplate = () => useEmailChange((body: EmailTemplateChange) => read(api.POST("/api/email/templates", { body })));

export const useChangeTemplate = (id: number) => useEmailChange((body: EmailTemplateChange) =>
  read(api.PUT("/api/email/templates/{email_template_id}", { params: { path: { email_template_id: id } }, body })));

export const useDeleteTemplate = () => useEmailChange((id: number) =>
  read(api.DELETE("/api/email/templates/{email_template_id}", { params: { path: { email_template_id: id } } })));

export const useSendTest = () => useMutation({ mutationFn: (body: EmailTest) => read(api.POST("/api/email/templates/test", { body })) });

export const useSuppress = () => useEmailChange((body: SuppressionCreate) => read(api.POST("/api/email/suppressions", { body })));

export const useLift = () => useEmailChange((id: number) =>
  read(api.DELETE("/api/email/suppressions/{suppression_id}", { params: { path: { suppression_id: id } } })));
