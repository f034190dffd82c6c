import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { Webhook } from "@cove/api/types";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useWebhooks, WEBHOOKS } from "../api/webhooks";
import delivery from "../parts/Delivery.module.css";
import { WebhookState } from "../parts/WebhookState";

export default function WebhookList() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const columns: Column<Webhook>[] = [
    { key: "name", title: t("webhooks.name"), width: 180, render: (hook) => hook.name },
    { key: "url", title: t("webhooks.url"), width: 340, render: (hook) => <span title={hook.url}>{hook.url}</span> },
    { key: "kinds", title: t("webhooks.kinds"), width: 130, render: (hook) => t("webhooks.kindsCount", { count: hook.kinds.length }) },
    { key: "state", title: t("webhooks.state"), width: 180, render: (hook) => <WebhookState hook={hook} /> },
    { key: "created_at", title: t("webhooks.createdAt"), width: 130, render: (hook) => <Time at={hook.created_at} /> },
  ];
  const create = useMay()("webhooks.manage") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${WEBHOOKS}/new`)}>{t("webhooks.create")}</Button>
  );
  return (
    <ListPage<Webhook>
      name="webhooks"
      title={t("webhooks.title")}
      list={useWebhooks()}
      columns={columns}
      href={(id) => `${WEBHOOKS}/${id.toString()}`}
      actions={create}
      card={(hook) => <span className={delivery.card}><span className={delivery.head}><b>{hook.name}</b><WebhookState hook={hook} /></span><span className={delivery.text}>{hook.url}</span></span>}
      empty={{ title: t("webhooks.empty"), text: t("webhooks.emptyText"), action: create }}
    />
  );
}
