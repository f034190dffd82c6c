import type { Webhook, WebhookWish } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { useChangeWebhook, webhookQuery, WEBHOOKS } from "../api/webhooks";
import { WebhookFields } from "../parts/WebhookFields";

function Form({ hook }: { hook: Webhook }) {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const change = useChangeWebhook(hook.id);
  const back = `${WEBHOOKS}/${hook.id.toString()}`;
  const kept = useKeptForm<WebhookWish>({
    name: `webhooks.${hook.id.toString()}`,
    initial: { name: hook.name, url: hook.url, kinds: hook.kinds, whole: hook.whole },
    submit: (values) => change.mutateAsync(values),
  });
  const done = () => {
    toast.done(t("webhooks.saved"));
    void navigate(back);
  };
  return (
    <FormDrawer<WebhookWish> title={hook.name} parent={back} kept={kept} submitLabel={t("webhooks.save")} onDone={done}>
      <WebhookFields />
    </FormDrawer>
  );
}

export default function WebhookEdit() {
  const { data } = useQuery(webhookQuery(Number(useParams().id)));
  return data ? <Form key={data.id} hook={data} /> : null;
}
