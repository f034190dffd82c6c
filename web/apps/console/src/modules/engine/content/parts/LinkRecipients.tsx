import type { Link, LinkRecipient } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Table, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Link as To } from "react-router";

import { useRecipients } from "../api";

/** Who followed the link that was sent to him. */
export function LinkRecipients({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const list = useRecipients(link.id);
  if (list.error) return <ErrorNotice error={list.error} retry={list.retry} />;
  const browsers = (row: LinkRecipient) => (
    row.browsers > 1 ? <Tooltip title={t("recipients.passedOn")}><span><Count value={row.browsers} /> {t("recipients.passedOnMark")}</span></Tooltip> : <Count value={row.browsers} />
  );
  return (
    <Panel title={t("recipients.title")} flush>
      <Table<LinkRecipient>
        aria-label={t("recipients.title")} size="small" rowKey={(row) => row.contact.id} dataSource={list.rows} loading={list.loading}
        pagination={false} scroll={{ x: "max-content" }} locale={{ emptyText: t("recipients.empty") }}
        columns={[
          { key: "contact", title: t("recipients.contact"), render: (_, row) => <To to={`/people/contacts/${row.contact.id.toString()}`}>{row.contact.name || t("personal.unnamed")}</To> },
          { key: "clicks", title: t("figure.clicks"), align: "right", render: (_, row) => <Count value={row.clicks} /> },
          { key: "browsers", title: t("recipients.browsers"), align: "right", render: (_, row) => browsers(row) },
          { key: "first", title: t("recipients.first"), align: "right", render: (_, row) => <Time at={row.first_at} /> },
          { key: "last", title: t("recipients.last"), align: "right", render: (_, row) => <Time at={row.last_at} /> },
        ]}
      />
      <More list={list} />
    </Panel>
  );
}
