import type { MergePreview, MergeSide } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { Time } from "@cove/kit/region/Time";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { LostMark } from "../embed/LostMark";
import styles from "./MergeSides.module.css";

const FIELDS = ["company_name", "position", "phone", "email"] as const;

interface Line {
  key: string;
  label: string;
  stays: ReactNode;
  merged: ReactNode;
}

/** Two contacts beside each other; what the one that stays would get stands out on his side. */
export function MergeSides({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation("people");
  return (
    <div className={styles.sides} role="table" aria-label={t("merge.title")}>
      <div className={styles.head} role="row">
        <span role="columnheader" className={styles.corner} />
        <Head side={preview.stays} words={t("merge.stays")} strong />
        <Head side={preview.merged} words={t("merge.goes")} />
      </div>
      {useLines(preview).map((line) => (
        <div key={line.key} className={styles.line} role="row">
          <span role="rowheader" className={styles.label}>{line.label}</span>
          <span role="cell" className={styles.cell}>{line.stays}</span>
          <span role="cell" className={styles.cell}>{line.merged}</span>
        </div>
      ))}
    </div>
  );
}

function Head({ side, words, strong = false }: { side: MergeSide; words: string; strong?: boolean }) {
  return (
    <span role="columnheader" className={styles.person}>
      <span className={strong ? styles.stays : styles.goes}>{words}</span>
      <span className={styles.who}>
        <PersonMark name={side.name} picture={side.avatar_url} size={28} />
        <b className={styles.name}>{side.name}</b>
        {side.lost && <LostMark />}
      </span>
    </span>
  );
}

function useLines({ stays, merged, adds }: MergePreview): Line[] {
  const { t } = useTranslation("people");
  const empty = <span className={styles.empty}>—</span>;
  const addition = (words: string) => <span key={words} className={styles.added}>{words} · {t("merge.added")}</span>;
  const added = new Map(adds.fields.map((field) => [field.key, field]));
  const names = (list: { name: string }[]) => list.map((each) => <span key={each.name} className={styles.word}>{each.name}</span>);
  const several = (key: "tags" | "owners", label: string): Line => ({
    key,
    label,
    stays: stays[key].length + adds[key].length > 0 ? [...names(stays[key]), ...adds[key].map((each) => addition(each.name))] : empty,
    merged: merged[key].length > 0 ? names(merged[key]) : empty,
  });
  const field = (key: string, label: string, mine: string, other: string): Line => {
    const gets = added.get(key);
    return { key, label, stays: mine || (gets ? addition(gets.value) : empty), merged: other || empty };
  };
  const source = (side: MergeSide) => [side.source.label, side.source.detail].filter(Boolean).join(" · ");
  const gender = (side: MergeSide) => side.gender === "unknown" ? "" : t(`gender.${side.gender}`);
  return [
    field("name", t("field.name"), stays.name, merged.name),
    ...FIELDS.map((key) => field(key, t(`field.${key}`), stays[key] ?? "", merged[key] ?? "")),
    field("gender", t("column.gender"), gender(stays), gender(merged)),
    several("owners", t("column.owners")),
    several("tags", t("column.tags")),
    field("source", t("column.source"), source(stays), source(merged)),
    { key: "created", label: t("column.created"), stays: <Time at={stays.created_at} />, merged: <Time at={merged.created_at} /> },
    { key: "seen", label: t("column.lastSeen"), stays: <Time at={stays.last_seen_at} />, merged: <Time at={merged.last_seen_at} /> },
  ];
}
