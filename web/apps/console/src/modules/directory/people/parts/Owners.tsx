import type { ContactDetail } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import styles from "./Owners.module.css";

/** Who looks after the contact, and who did before. */
export function Owners({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  const current = contact.ownerships.filter((each) => !each.until);
  const past = contact.ownerships.filter((each) => each.until);
  return (
    <Panel title={t("detail.owners")}>
      {contact.ownerships.length === 0 && <span className={styles.meta}>{t("owners.none")}</span>}
      <ul className={styles.list}>
        {[...current, ...past].map((each) => (
          <li key={`${each.member.id.toString()}-${each.since}`} className={each.until ? styles.past : styles.owner}>
            <PersonMark name={each.member.name} size={26} />
            <div>
              <div>{each.member.name}{each.remark && <span className={styles.meta}> · {each.remark}</span>}</div>
              <div className={styles.meta}>
                {each.until ? <>{t("owners.until")} <Time at={each.until} /></> : <>{each.way_label} · <Time at={each.since} /></>}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
