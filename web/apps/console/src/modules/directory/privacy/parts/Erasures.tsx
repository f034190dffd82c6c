import type { Erasure } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useErasures } from "../api";
import styles from "./privacy.module.css";

const COLOURS = { waiting: "warning", running: "processing", done: "success", cancelled: "default" } as const;

/** What a certificate says: how much of what went, and nothing of whom. */
export function Counts({ counts }: { counts: Erasure["counts"] }) {
  const { language } = useRegion();
  return (
    <ul className={styles.counts}>
      {counts.filter((one) => one.count > 0).map((one) => (
        <li key={one.key}><span>{one.label}</span><b>{exactNumber(one.count, language)}</b></li>
      ))}
    </ul>
  );
}

function One({ erasure }: { erasure: Erasure }) {
  const { t } = useTranslation("privacy");
  const whom = erasure.contact_id !== null && erasure.contact_name
    ? <Link to={`/people/contacts/${erasure.contact_id.toString()}`}>{erasure.contact_name}</Link>
    : t("erasures.somebody");
  return (
    <li className={styles.line}>
      <div className={styles.grow}>
        <div className={styles.head}>
          <b>{t("erasures.number", { number: erasure.id })}</b>
          <Tag color={COLOURS[erasure.state]}>{t(`erasures.state.${erasure.state}`)}</Tag>
          <span className={styles.aside}>{whom}</span>
        </div>
        <p className={styles.aside}>
          {erasure.asked_by && `${t("erasures.by", { name: erasure.asked_by })} · `}<Time at={erasure.asked_at} />
          {erasure.state === "waiting" && <> · {t("erasures.due")} <Time at={erasure.due_at} /></>}
          {erasure.finished_at && <> · {t("erasures.finished")} <Time at={erasure.finished_at} /></>}
        </p>
        {erasure.counts.length > 0 && (
          <details className={styles.more}><summary>{t("erasures.certificate")}</summary><Counts counts={erasure.counts} /></details>
        )}
      </div>
    </li>
  );
}

export function Erasures() {
  const { t } = useTranslation("privacy");
  const list = useErasures();
  return (
    <Panel title={t("erasures.title")}>
      <p className={styles.text}>{t("erasures.text")}</p>
      {list.error ? <ErrorNotice error={list.error} retry={list.retry} /> : null}
      {!list.loading && list.rows.length === 0 && !list.error && <p className={styles.aside}>{t("erasures.none")}</p>}
      <ul className={styles.lines}>{list.rows.map((erasure) => <One key={erasure.id} erasure={erasure} />)}</ul>
      <More list={list} />
    </Panel>
  );
}
