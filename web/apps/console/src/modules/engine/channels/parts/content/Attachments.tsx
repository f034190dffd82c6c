import { CloseOutlined } from "@ant-design/icons";
import type { ShownAttachment } from "@cove/api/types";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { CardDialog } from "./CardDialog";
import styles from "./Content.module.css";
import { FileUpload } from "./FileUpload";
import { ICONS, PartName } from "./PartName";
import { CARD_KINDS, FILE_KINDS, fileShown, MOST_PARTS, type CardKind, type PartKind } from "./values";

interface AttachmentsProps {
  value?: ShownAttachment[];
  onChange?: (parts: ShownAttachment[]) => void;
  /** What may be added; everything, if it is not said. */
  kinds?: readonly PartKind[];
  most?: number;
}

const EVERYTHING: readonly PartKind[] = [...FILE_KINDS, ...CARD_KINDS];

/** What a message carries beside its text. */
export function Attachments({ value = [], onChange, kinds = EVERYTHING, most = MOST_PARTS }: AttachmentsProps) {
  const { t } = useTranslation("channels");
  const [card, open] = useState<CardKind | null>(null);
  const full = value.length >= most;
  const add = (part: ShownAttachment) => { onChange?.([...value, part]); };
  return (
    <div className={styles.parts}>
      {value.length > 0 && (
        <ul className={styles.list}>
          {value.map((part, place) => (
            // Two of the same file may be in one message: their places tell them apart.
            <li key={`${part.kind}-${place.toString()}`}>
              <PartName part={part} />
              <Button
                type="text" size="small" icon={<CloseOutlined />} aria-label={t("content.remove", { name: part.title || (part.file?.name ?? "") })}
                onClick={() => { onChange?.(value.filter((_, other) => other !== place)); }}
              />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.adders}>
        {FILE_KINDS.filter((kind) => kinds.includes(kind)).map((kind) => (
          <FileUpload key={kind} use={kind} icon={ICONS[kind]} label={t(`content.add.${kind}`)} disabled={full} onUploaded={(file) => { add(fileShown(kind, file)); }} />
        ))}
        {CARD_KINDS.filter((kind) => kinds.includes(kind)).map((kind) => (
          <Button key={kind} size="small" icon={ICONS[kind]} disabled={full} onClick={() => { open(kind); }}>{t(`content.add.${kind}`)}</Button>
        ))}
      </div>
      {card && <CardDialog kind={card} onClose={() => { open(null); }} onDone={(part) => { open(null); add(part); }} />}
    </div>
  );
}
