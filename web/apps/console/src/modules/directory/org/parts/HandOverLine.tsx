import { PrinterOutlined } from "@ant-design/icons";
import type { HandOver } from "@cove/api/types";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { ChangeState } from "../../../kernel/changesets/embed/ChangeState";
import styles from "./HandOverLine.module.css";

/** One transfer of the history: from whom to whom, how far, and the way back. */
export function HandOverLine({ row }: { row: HandOver }) {
  const { t } = useTranslation("org");
  const to = row.successors.map((one) => one.member.name).join(t("handOver.and"));
  return (
    <article className={styles.line}>
      <header className={styles.head}>
        <b>{row.member.name} → {to}</b>
        <span className={styles.small}><Time at={row.change.made_at} /></span>
      </header>
      <p className={styles.small}>
        {[row.kinds.join(t("handOver.and")), row.why, row.made_by && t("handOver.by", { name: row.made_by.name })].filter(Boolean).join(" · ")}
      </p>
      <ChangeState change={row.change} />
      {row.change.changed > 0 && row.change.state === "done" && (
        <Link to={`/people/handed-to-me/${row.id.toString()}`} className={styles.brief}><PrinterOutlined /> {t("handOver.brief")}</Link>
      )}
      {row.undone_by && row.undone_at && <p className={styles.small}>{t("handOver.undoneBy", { name: row.undone_by.name })} <Time at={row.undone_at} /></p>}
    </article>
  );
}
