import type { WebhookWish } from "@cove/api/types";
import { ShownOnce } from "@cove/kit/feedback/ShownOnce";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { App } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useCreateWebhook, WEBHOOKS } from "../api/webhooks";
import { WebhookFields } from "../parts/WebhookFields";

const NOTHING: WebhookWish = { name: "", url: "", kinds: [], whole: false };

export default function WebhookCreate() {
  const { t } = useTranslation("channels");
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const create = useCreateWebhook();
  const made = useRef<{ id: number; secret: string }>(undefined);
  const kept = useKeptForm<WebhookWish>({
    name: "webhooks.new",
    initial: NOTHING,
    submit: async (values) => {
      const answer = await create.mutateAsync(values);
      made.current = { id: answer.webhook.id, secret: answer.secret };
    },
  });
  const done = () => {
    const { id, secret } = made.current ?? { id: 0, secret: "" };
    modal.success({
      title: t("webhooks.made"),
      content: <ShownOnce title={t("webhooks.secretTitle")} text={t("webhooks.secretText")} secret={secret} copyLabel={t("webhooks.copySecret")} />,
      width: 560,
    });
    void navigate(`${WEBHOOKS}/${id.toString()}`);
  };
  return (
    <FormDrawer<WebhookWish> title={t("webhooks.create")} parent={WEBHOOKS} kept={kept} submitLabel={t("webhooks.create")} onDone={done}>
      <WebhookFields />
    </FormDrawer>
  );
}
