import type { ContactBrief, FactLine } from "@cove/api/types";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import styles from "./BriefText.module.css";

function Lines({ title, lines }: { title: string; lines: FactLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3 className={styles.head}>{title}</h3>
      <ul className={styles.list}>
        {lines.map((line) => <li key={line.at + line.caption}><span className={styles.small}><Time at={line.at} /></span> {line.caption || line.label}</li>)}
      </ul>
    </section>
  );
}

/** A contact in a few lines, all of them facts: who, from where, since when, what happened last, what is open. */
export function BriefText({ brief }: { brief: ContactBrief }) {
  const { t } = useTranslation("workbench");
  const who = [brief.company_name, brief.position, brief.source, brief.source_detail].filter(Boolean).join(" · ");
  return (
    <div className={styles.brief}>
      <p>
        {brief.from_name ? t("brief.from", { from: brief.from_name, to: brief.to_name }) : t("brief.given", { to: brief.to_name })}
        {brief.why && ` · ${brief.why}`} <span className={styles.small}><Time at={brief.at} /></span>
      </p>
      <p className={styles.small}>
        {who} · {t("brief.since")} <Time at={brief.since} /> · {t("brief.seen")} <Time at={brief.last_seen_at} />
      </p>
      {brief.tags.length > 0 && <p className={styles.small}>{t("brief.tags")}{brief.tags.join(t("brief.and"))}</p>}
      {brief.open_matters.length > 0 && (
        <section>
          <h3 className={styles.head}>{t("brief.open")}</h3>
          <ul className={styles.list}>{brief.open_matters.map((words) => <li key={words} className={styles.waits}>{words}</li>)}</ul>
        </section>
      )}
      <Lines title={t("brief.notes")} lines={brief.notes} />
      <Lines title={t("brief.facts")} lines={brief.facts} />
    </div>
  );
}
