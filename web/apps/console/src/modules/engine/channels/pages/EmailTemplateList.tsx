import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { EmailTemplateLine } from "@cove/api/types";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { TEMPLATES, useEmailTemplates } from "../api/email";

export default function EmailTemplateList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const navigate = useNavigate();
  const create = useMay()("email.write_templates") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${TEMPLATES}/new`)}>{t("email.templates.create")}</Button>
  );
  const purpose = (row: EmailTemplateLine) => t(row.purpose === "service" ? "email.templates.service" : "email.templates.marketing");
  const columns: Column<EmailTemplateLine>[] = [
    { key: "name", title: t("email.templates.name"), width: 220, render: (row) => <b>{row.name}</b> },
    { key: "subject", title: t("email.templates.subject"), width: 320, render: (row) => row.subject },
    { key: "purpose", title: t("email.templates.purpose"), width: 120, render: purpose },
    { key: "changed_at", title: t("email.templates.changedAt"), width: 140, render: (row) => <Time at={row.changed_at} /> },
    { key: "created_by", title: t("email.templates.createdBy"), width: 120, optional: true, render: (row) => row.created_by ?? "" },
  ];
  return (
    <ListPage<EmailTemplateLine>
      name="email-templates"
      title={t("email.templates.title")}
      list={useEmailTemplates(filters)}
      columns={columns}
      search={t("email.templates.search")}
      href={(id) => `${TEMPLATES}/${id.toString()}`}
      card={(row) => <><b>{row.name}</b><div>{row.subject}</div></>}
      actions={create}
      empty={{ title: t("email.templates.empty"), text: t("email.templates.emptyText"), action: create }}
    />
  );
}
