import type { Owned } from "@cove/api/types";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import styles from "./HandOverKinds.module.css";

interface HandOverKindsProps {
  kinds: Owned[];
  /** Kinds that are left with him. */
  left: string[];
  change: (left: string[]) => void;
}

function Kind({ kind, taken, toggle }: { kind: Owned; taken: boolean; toggle: () => void }) {
  const { t } = useTranslation("org");
  const { language } = useRegion();
  return (
    <li className={styles.kind}>
      <Checkbox checked={taken} onChange={toggle}>{kind.label} <b>{exactNumber(kind.count, language)}</b></Checkbox>
      {taken && kind.to.length > 1 && (
        <span className={styles.small}>{kind.to.map((one) => `${one.member.name} ${exactNumber(one.count, language)}`).join(" · ")}</span>
      )}
      <span className={styles.small}>
        {kind.samples.map((piece) => <Link key={piece.id} to={piece.url} target="_blank" className={styles.sample}>{piece.title}</Link>)}
        {kind.count > kind.samples.length && t("handOver.more", { count: kind.count - kind.samples.length })}
      </span>
      {!taken && kind.warnings.map((words) => <span key={words} className={styles.warning}>{words}</span>)}
    </li>
  );
}

/** What goes over: every kind of thing he owns, with some of it, and what would be left without anybody. */
export function HandOverKinds({ kinds, left, change }: HandOverKindsProps) {
  const { t } = useTranslation("org");
  return (
    <div className={styles.field}>
      <span className={styles.label}>{t("handOver.what")}</span>
      <ul className={styles.list}>
        {kinds.map((kind) => (
          <Kind
            key={kind.kind} kind={kind} taken={!left.includes(kind.kind)}
            toggle={() => { change(left.includes(kind.kind) ? left.filter((key) => key !== kind.kind) : [...left, kind.kind]); }}
          />
        ))}
      </ul>
    </div>
  );
}
