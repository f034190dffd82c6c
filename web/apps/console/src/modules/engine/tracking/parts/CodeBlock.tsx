import { CopyText } from "@cove/kit/feedback/CopyText";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";

import styles from "./CodeBlock.module.css";

export function CodeBlock({ title, text, code }: { title: string; text: string; code: string }) {
  const { t } = useTranslation("tracking");
  return (
    <Panel title={title} extra={<CopyText text={code} label={t("copyCode")} showLabel />}>
      <p className={styles.text}>{text}</p>
      <pre className={styles.code}>{code}</pre>
    </Panel>
  );
}
