import type { CreditAccount } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useTranslation } from "react-i18next";

import styles from "./Credits.module.css";
import { CreditMovements } from "./CreditMovements";

/** What is left of one tariff, on what terms, and where it went. */
export function CreditPanel({ account }: { account: CreditAccount }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const number = (value: number) => exactNumber(value, language);
  if (!account.opened) {
    return (
      <Panel title={account.label} extra={<span className={styles.quiet}>{t("credits.unlimited")}</span>}>
        <p className={styles.text}>{t("credits.unlimitedText")}</p>
      </Panel>
    );
  }
  const low = account.left < account.warn_below || account.left === 0;
  const spent = number(account.spent_today);
  return (
    <Panel title={account.label} extra={low && <span className={styles.low}>{t("credits.low")}</span>}>
      <dl className={styles.figures}>
        <div>
          <dt>{t("credits.left")}</dt>
          <dd><b className={styles.large}>{number(account.left)}</b> {account.unit}</dd>
        </div>
        <div>
          <dt>{t("credits.spentToday")}</dt>
          <dd>{account.most_a_day === null ? spent : t("credits.ofDay", { spent, most: number(account.most_a_day) })}</dd>
        </div>
        <div>
          <dt>{t("credits.warnBelow")}</dt>
          <dd>{number(account.warn_below)}</dd>
        </div>
      </dl>
      <CreditMovements tariff={account.tariff} />
    </Panel>
  );
}
