import type { CreditMovement } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { More } from "@cove/kit/list/More";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import { useMovements } from "../api/credits";
import styles from "./Credits.module.css";

function Line({ row }: { row: CreditMovement }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const what = row.what === "granted" && row.amount < 0 ? "taken" : row.what;
  const beside = row.note || (row.messages > 0 && t("credits.messages", { count: row.messages }));
  return (
    <li className={styles.line}>
      <div>
        <div>{t(`credits.what.${what}`)}{beside && <span className={styles.quiet}> · {beside}</span>}</div>
        <div className={styles.quiet}><Time at={row.at} /></div>
      </div>
      <b className={row.amount < 0 ? styles.out : styles.in}>{row.amount > 0 ? "+" : ""}{exactNumber(row.amount, language)}</b>
    </li>
  );
}

/** What went in and out of one account, the newest first. */
export function CreditMovements({ tariff }: { tariff: string }) {
  const { t } = useTranslation("channels");
  const list = useMovements(tariff);
  return (
    <section aria-label={t("credits.movements")}>
      <h3 className={styles.heading}>{t("credits.movements")}</h3>
      {list.error ? <ErrorNotice error={list.error} retry={list.retry} /> : list.loading && <Waiting />}
      {!list.loading && !list.error && list.rows.length === 0 && <p className={styles.text}>{t("credits.none")}</p>}
      <ul className={styles.lines}>{list.rows.map((row) => <Line key={row.id} row={row} />)}</ul>
      <More list={list} />
    </section>
  );
}
