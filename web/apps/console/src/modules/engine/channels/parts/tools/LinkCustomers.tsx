import type { WecomTool } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useQuery } from "@tanstack/react-query";
import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { linkCustomersQuery } from "../../api/tools";
import styles from "./Tools.module.css";

/** Who came by a link, as WeCom says at this moment. */
export function LinkCustomers({ row, onClose }: { row: WecomTool; onClose: () => void }) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(linkCustomersQuery(row.id));
  const said = (wrote: boolean | null) => (wrote === null ? "" : wrote ? t("tools.wrote") : t("tools.silent"));
  return (
    <Modal open title={t("tools.came", { name: row.name })} footer={null} onCancel={onClose}>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && <p className={styles.second}>{data.total === 0 ? t("tools.cameNone") : t("tools.cameTotal", { count: data.total, seen: data.items.length })}</p>}
      <ul className={styles.came}>
        {data?.items.map((one) => (
          <li key={one.contact.id}>
            <Link to={`/people/contacts/${one.contact.id.toString()}`}>{one.contact.name}</Link>
            <span className={styles.second}>{said(one.wrote)}</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
