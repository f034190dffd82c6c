import { DownloadOutlined } from "@ant-design/icons";
import type { LiveCode } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { qrAddress } from "../api";
import { LinkText } from "./LinkText";
import { Qr } from "./Qr";
import styles from "./QrPanel.module.css";

export function QrPanel({ code }: { code: LiveCode }) {
  const { t } = useTranslation("live_codes");
  return (
    <Panel>
      <div className={styles.panel}>
        <div className={styles.frame}><Qr code={code} size={196} /></div>
        <LinkText url={code.short_url} />
        <div className={styles.buttons}>
          <Button icon={<DownloadOutlined />} href={qrAddress(code.id, "png")} download={`${code.name}.png`}>PNG</Button>
          <Button icon={<DownloadOutlined />} href={qrAddress(code.id, "svg")} download={`${code.name}.svg`}>SVG</Button>
          <Button href={code.short_url} target="_blank" rel="noreferrer">{t("open")}</Button>
        </div>
      </div>
    </Panel>
  );
}
