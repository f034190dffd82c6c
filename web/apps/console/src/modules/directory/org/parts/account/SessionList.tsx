import type { SessionRow } from "@cove/api/types";
import { Time } from "@cove/kit/region/Time";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./account.module.css";

interface SessionListProps {
  rows: SessionRow[];
  ending: boolean;
  end: (id: number) => void;
}

/** Where somebody is signed in, each to be ended. */
export function SessionList({ rows, ending, end }: SessionListProps) {
  const { t } = useTranslation("org");
  if (!rows.length) return <span className={styles.text}>{t("sessions.none")}</span>;
  return (
    <ul className={styles.sessions}>
      {rows.map((row) => (
        <li key={row.id} className={styles.session}>
          <div>
            <b>{row.device}</b> {row.current && <Tag color="success">{t("sessions.current")}</Tag>}
            <div className={styles.where}>
              <span>{row.address}</span>
              <span>{t("sessions.used")} <Time at={row.last_used_at} /></span>
              <span>{t("sessions.since")} <Time at={row.created_at} /></span>
            </div>
          </div>
          {!row.current && (
            <Button size="small" disabled={ending} aria-label={t("sessions.endOne", { device: row.device })} onClick={() => { end(row.id); }}>{t("sessions.end")}</Button>
          )}
        </li>
      ))}
    </ul>
  );
}
