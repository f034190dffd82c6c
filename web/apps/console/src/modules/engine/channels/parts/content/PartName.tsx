import { AppstoreOutlined, FileOutlined, LinkOutlined, PictureOutlined, VideoCameraOutlined } from "@ant-design/icons";
import type { ShownAttachment } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import styles from "./Content.module.css";
import type { PartKind } from "./values";

export const ICONS: Record<PartKind, React.ReactNode> = {
  image: <PictureOutlined />, video: <VideoCameraOutlined />, file: <FileOutlined />, link: <LinkOutlined />, miniprogram: <AppstoreOutlined />,
};

/** Something a message carries, by its sign and its name. */
export function PartName({ part }: { part: ShownAttachment }) {
  const { t } = useTranslation("channels");
  const gone = part.kind !== "link" && !part.file;
  const kind = t(`content.kind.${part.kind}`);
  return <>{ICONS[part.kind]}<span className={styles.name}>{part.title || (gone ? t("content.gone", { kind }) : part.file?.name ?? part.url)}</span></>;
}
