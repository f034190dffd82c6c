import { DownloadOutlined } from "@ant-design/icons";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./entry.module.css";

function download(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "cove-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(address);
}

/** Recovery codes, shown this once; `done` goes on. */
export function RecoveryCodes({ codes, done }: { codes: string[]; done: () => void }) {
  const { t } = useTranslation("org");
  const text = `${codes.join("\n")}\n`;
  return (
    <div>
      <Alert type="warning" showIcon title={t("factor.codesTitle")} description={t("factor.codesText")} />
      <ul className={styles.codes} aria-label={t("factor.codes")}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <div className={styles.actions}>
        <Button type="primary" onClick={done}>{t("factor.codesKept")}</Button>
        <CopyText text={text} label={t("factor.codesCopy")} showLabel />
        <Button size="small" icon={<DownloadOutlined />} onClick={() => { download(text); }}>{t("factor.codesDownload")}</Button>
      </div>
    </div>
  );
}
