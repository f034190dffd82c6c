import { PersonMark } from "@cove/kit/brand/PersonMark";
import { Form } from "antd";
import { useTranslation } from "react-i18next";

import { PartsList } from "../../../engine/channels/embed/MessageParts";
import styles from "./PhonePreview.module.css";
import type { CodeValues } from "./values";

/** What the customer will see on the phone after adding the member. */
export function PhonePreview() {
  const { t } = useTranslation("live_codes");
  const form = Form.useFormInstance<CodeValues>();
  const text = Form.useWatch("welcome_text", form) as string | undefined;
  const parts = Form.useWatch("welcome_attachments", form) as CodeValues["welcome_attachments"] | undefined;
  const members = Form.useWatch("members", form) as CodeValues["members"] | undefined;
  const name = members?.find((row) => row.member)?.member?.name ?? t("preview.member");
  return (
    <figure className={styles.frame}>
      <figcaption className={styles.caption}>{t("preview.title")}</figcaption>
      <div className={styles.phone}>
        <div className={styles.bar}>{name}</div>
        <div className={styles.chat}>
          <p className={styles.notice}>{t("preview.added", { name })}</p>
          {text?.trim() ? (
            <div className={styles.message}>
              <PersonMark name={name} size={34} />
              <p className={styles.bubble}>{text}</p>
            </div>
          ) : <p className={styles.notice}>{t("preview.none")}</p>}
          {text?.trim() && <div className={styles.parts}><PartsList parts={parts ?? []} /></div>}
        </div>
      </div>
    </figure>
  );
}
