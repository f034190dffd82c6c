import type { LiveCode } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import { PartsList } from "../../../engine/channels/embed/MessageParts";
import styles from "./CodeSettings.module.css";
import { shares, UTM } from "./values";

/** What the code does: who is behind it, what is put on who comes, where they come from. */
export function CodeSettings({ code }: { code: LiveCode }) {
  const { t } = useTranslation("live_codes");
  const { language } = useRegion();
  const parts = shares(code.members.map((member) => member.weight));
  return (
    <>
      <Panel title={t("field.members")}>
        <ul className={styles.members}>
          {code.members.map((member, index) => (
            <li key={member.id}>
              <span>{member.name}</span>
              <span className={styles.share}>{percent(parts[index] ?? 0, language)}</span>
              {!member.ready && <p className={styles.trouble}>{member.trouble ?? t("notReady")}</p>}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t("form.after")}>
        <div className={styles.tags}>
          {code.tags.map((tag) => <span key={tag.id} className={styles.tag}>{tag.name}</span>)}
          {code.tags.length === 0 && <span className={styles.none}>{t("noTags")}</span>}
        </div>
        <p className={code.welcome_text ? styles.welcome : styles.none}>{code.welcome_text || t("noWelcome")}</p>
        <div className={styles.parts}><PartsList parts={code.welcome_attachments} /></div>
      </Panel>
      <Panel title={t("form.utm")}>
        <Facts
          rows={[
            ...UTM.map((key) => ({ label: t(`utm.${key}`), value: code.utm[key] })),
            { label: t("createdBy"), value: code.created_by?.name ?? "" },
            { label: t("createdAt"), value: <Time at={code.created_at} /> },
          ]}
        />
      </Panel>
    </>
  );
}
