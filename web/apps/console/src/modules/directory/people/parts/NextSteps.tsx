import type { ContactDetail } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import styles from "./NextSteps.module.css";

const STEPS = ["duplicate", "lost", "owner", "tag", "phone", "company"] as const;
type Step = (typeof STEPS)[number];

/** What is still to be done with this person, as far as his record tells. */
function stepsFor(contact: ContactDetail): Step[] {
  const open: Record<Step, boolean> = {
    duplicate: contact.duplicates > 0,
    lost: contact.lost,
    owner: contact.owners.length === 0 && !contact.lost,
    tag: contact.tags.length === 0,
    phone: !contact.phone,
    company: !contact.company_name,
  };
  return STEPS.filter((step) => open[step]);
}

export function NextSteps({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  const steps = stepsFor(contact);
  return (
    <Panel title={t("next.title")}>
      {steps.length === 0 && <p className={styles.text}>{t("next.nothing")}</p>}
      <ul className={styles.list}>
        {steps.map((step) => (
          <li key={step} className={step === "lost" || step === "owner" ? styles.waiting : styles.step}>
            <b>{t(`next.${step}`)}</b>
            <p className={styles.text}>{t(`next.${step}Text`)}</p>
            {step === "duplicate" && <Link to="/people/duplicates">{t("same.look")}</Link>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
