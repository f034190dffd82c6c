import { DownloadOutlined } from "@ant-design/icons";
import type { Link } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { qrAddress } from "../api";
import styles from "./LinkPanel.module.css";
import { LinkText } from "./LinkText";
import { UTM } from "./values";

/** The link as picture and text, where it leads, and until when. */
export function LinkPanel({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  return (
    <>
      <Panel>
        <div className={styles.panel}>
          <div className={styles.frame}>
            <img src={qrAddress(link.id, "svg")} alt={t("qrOf", { name: link.name })} width={168} height={168} className={styles.qr} />
          </div>
          <LinkText url={link.short_url} />
          <div className={styles.buttons}>
            <Button icon={<DownloadOutlined />} href={qrAddress(link.id, "png")} download={`${link.name}.png`}>PNG</Button>
            <Button icon={<DownloadOutlined />} href={qrAddress(link.id, "svg")} download={`${link.name}.svg`}>SVG</Button>
          </div>
        </div>
      </Panel>
      <Panel title={t("settings")}>
        <Facts
          rows={[
            { label: t("field.target"), value: <a href={link.location} target="_blank" rel="noreferrer">{link.target}</a> },
            ...UTM.map((key) => ({ label: t(`utm.${key}`), value: link.utm[key] })),
            { label: t("field.until"), value: link.expires_at ? <Time at={link.expires_at} /> : t("forEver") },
            { label: t("createdBy"), value: link.created_by?.name ?? "" },
            { label: t("createdAt"), value: <Time at={link.created_at} /> },
          ]}
        />
      </Panel>
    </>
  );
}
