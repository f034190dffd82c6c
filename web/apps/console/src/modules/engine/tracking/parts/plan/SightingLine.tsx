import type { Sighting } from "@cove/api/types";
import { useRegion } from "@cove/kit/region/Region";
import { Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { BreachKind } from "../../api/plan";
import { shownValue } from "./BreachSamples";
import styles from "./Samples.module.css";

const COLOURS = { accepted: "success", noted: "warning", refused: "error" } as const;

function useFindingWords() {
  const { t } = useTranslation("tracking");
  return ({ kind, property, expected }: Sighting["findings"][number]) => {
    const words = t(`plan.breach.kinds.${kind as BreachKind}`);
    if (!property) return words;
    const wanted = kind === "type" || kind === "missing" ? t(`plan.types.${expected as "text"}`, { defaultValue: expected }) : expected;
    return expected ? t("plan.live.findingExpected", { kind: words, property, expected: wanted }) : t("plan.live.finding", { kind: words, property });
  };
}

/** One event as it arrived: a line, and all that is known of it when it is opened. */
export function SightingLine({ sighting }: { sighting: Sighting }) {
  const { t, i18n } = useTranslation("tracking");
  const [open, setOpen] = useState(false);
  const words = useFindingWords();
  const { timezone } = useRegion();
  const time = new Intl.DateTimeFormat(i18n.language, { timeZone: timezone, hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }).format(new Date(sighting.at));
  return (
    <li>
      <button type="button" className={styles.line} aria-expanded={open} onClick={() => { setOpen(!open); }}>
        <span className="cove-numerals">{time}</span>
        <span className={styles.second}>{t(`plan.live.types.${sighting.type as "track"}`, { defaultValue: sighting.type })}</span>
        <span className={styles.name}>{sighting.name || "—"}{sighting.message && <span className={styles.second}> · {sighting.message}</span>}</span>
        <span className={styles.verdicts}>
          {sighting.findings.map((finding) => <Tag key={`${finding.kind} ${finding.property}`} color="warning">{words(finding)}</Tag>)}
          <Tag color={COLOURS[sighting.verdict]}>{t(`plan.live.short.${sighting.verdict}`)}</Tag>
        </span>
      </button>
      {open && <Inside sighting={sighting} />}
      {sighting.left_out > 0 && <p className={styles.gap}>{t("plan.live.leftOut", { count: sighting.left_out })}</p>}
    </li>
  );
}

function Inside({ sighting }: { sighting: Sighting }) {
  const { t } = useTranslation("tracking");
  const words = useFindingWords();
  const faults = Object.entries(sighting.fields);
  return (
    <div className={styles.inside}>
      <dl>
        <dt>{t(`plan.live.verdicts.${sighting.verdict}`)}</dt>
        <dd>{sighting.message || "—"}</dd>
        {faults.map(([field, said]) => <Told key={field} field={field} said={said} />)}
        {sighting.findings.map((finding) => <Told key={`${finding.kind} ${finding.property}`} field={t("plan.title")} said={words(finding)} />)}
        <dt>{t("plan.live.messageId")}</dt>
        <dd>{sighting.message_id || "—"}</dd>
        {Object.entries(sighting.properties).map(([name, value]) => (
          <Told key={`property ${name}`} field={name} said={shownValue(value)} />
        ))}
      </dl>
    </div>
  );
}

function Told({ field, said }: { field: string; said: string }) {
  return (
    <>
      <dt>{field}</dt>
      <dd><pre>{said}</pre></dd>
    </>
  );
}
