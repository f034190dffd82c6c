import type { WechatCode, WechatScanner } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Drawer, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useWechatScanners } from "../../api/wechat";
import styles from "./Wechat.module.css";

/** Who came by a code: who scanned it, how often, and who began to follow by it. */
export function WechatScanners({ id, code, close }: { id: number; code: WechatCode; close: () => void }) {
  const { t } = useTranslation("channels");
  const list = useWechatScanners(id, code.id);
  const name = ({ contact }: WechatScanner) => (contact
    ? <Link to={`/people/contacts/${contact.id.toString()}`}>{contact.name || t("groups.unnamed")}</Link>
    : <span className={styles.second}>{t("scanners.hidden")}</span>);
  return (
    <Drawer open size="min(640px, 100vw)" title={t("scanners.title", { name: code.name })} onClose={close}>
      {list.error ? <ErrorNotice error={list.error} retry={list.retry} /> : (
        <Table<WechatScanner & { place: number }>
          aria-label={t("scanners.open")} size="small" rowKey="place" loading={list.loading} pagination={false} scroll={{ x: "max-content" }}
          // Those whom one may not see have no number of their own.
          dataSource={list.rows.map((row, place) => ({ ...row, place }))} locale={{ emptyText: list.loading ? " " : t("scanners.nobody") }}
          columns={[
            { key: "name", title: t("scanners.who"), render: (_, row) => name(row) },
            { key: "followed", title: t("scanners.followed"), render: (_, row) => row.followed && t("scanners.yes") },
            { key: "scans", title: t("scanners.times"), align: "right", render: (_, row) => <Count value={row.scans} /> },
            { key: "last", title: t("scanners.last"), render: (_, row) => <Time at={row.last_at} /> },
          ]}
        />
      )}
      <More list={list} />
    </Drawer>
  );
}
