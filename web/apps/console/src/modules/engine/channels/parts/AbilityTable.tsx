import type { ChannelAbility } from "@cove/api/types";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useTranslation } from "react-i18next";

import styles from "./Health.module.css";

function Left({ one }: { one: ChannelAbility }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const most = one.most === null ? "" : exactNumber(one.most, language);
  return (
    <>
      {most && one.left !== null && <div>{t("health.left", { left: exactNumber(one.left, language), most })}</div>}
      {most && one.approved !== null && <div>{t("health.approved", { approved: exactNumber(one.approved, language), most })}</div>}
      {one.quotas.map((quota) => (
        <div key={quota.label + quota.per}>
          {t("health.usage", { per: t(`rules.per.${quota.per as "minute"}`), used: exactNumber(quota.used, language), most: exactNumber(quota.most, language) })}
        </div>
      ))}
    </>
  );
}

/** What a channel can do: usable or not and why, and how much of its quota is left. */
export function AbilityTable({ abilities }: { abilities: ChannelAbility[] }) {
  const { t } = useTranslation("channels");
  if (abilities.length === 0) return null;
  const said = (one: ChannelAbility) => (one.usable === null ? t("health.unasked") : one.usable ? t("health.usable") : t("health.unusable"));
  const look = (one: ChannelAbility) => (one.usable === null ? styles.unknown : one.usable ? styles.good : styles.danger);
  return (
    <table className={styles.abilities}>
      <thead>
        <tr><th scope="col">{t("health.ability")}</th><th scope="col">{t("health.state")}</th><th scope="col">{t("health.quota")}</th></tr>
      </thead>
      <tbody>
        {abilities.map((one) => (
          <tr key={one.key}>
            <th scope="row">{one.label}</th>
            <td>
              <span className={look(one)}>{said(one)}</span>
              {one.usable === false && <div className={styles.second}>{[one.trouble, one.remedy].filter(Boolean).join(" · ")}</div>}
            </td>
            <td><Left one={one} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
