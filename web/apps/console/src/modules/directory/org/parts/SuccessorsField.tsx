import { CloseOutlined } from "@ant-design/icons";
import type { HandOverPreview, Named } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { Button, InputNumber } from "antd";
import { useTranslation } from "react-i18next";

import { MemberPicker } from "../embed/MemberPicker";
import styles from "./SuccessorsField.module.css";

export interface SuccessorShare {
  member: Named;
  share: number;
}

interface SuccessorsFieldProps {
  value: SuccessorShare[];
  change: (value: SuccessorShare[]) => void;
  /** The member himself, who is not offered. */
  except: number | undefined;
  reach: HandOverPreview["reach"];
}

/** To whom: one, or several by share; equal shares divide evenly. */
export function SuccessorsField({ value, change, except, reach }: SuccessorsFieldProps) {
  const { t } = useTranslation("org");
  const taken = [...value.map((one) => one.member.id), ...(except === undefined ? [] : [except])];
  return (
    <div className={styles.field}>
      <span className={styles.label}>{t("handOver.to")}</span>
      {value.map((one) => {
        const seen = reach.find((each) => each.member.id === one.member.id);
        return (
          <div key={one.member.id} className={styles.row}>
            <PersonMark name={one.member.name} />
            <span className={styles.words}>
              <span>{one.member.name}</span>
              {seen && seen.gain.length > 0 && <span className={styles.hint}>{t("handOver.gain", { rooms: seen.gain.join(t("handOver.and")) })}</span>}
              {seen && seen.lose.length > 0 && <span className={styles.hint}>{t("handOver.lose", { rooms: seen.lose.join(t("handOver.and")) })}</span>}
            </span>
            {value.length > 1 && (
              <InputNumber
                min={1} max={100} value={one.share} aria-label={t("handOver.share", { name: one.member.name })} className={styles.share}
                onChange={(share) => { change(value.map((each) => (each === one ? { ...each, share: share ?? 1 } : each))); }}
              />
            )}
            <Button
              type="text" icon={<CloseOutlined />} aria-label={t("handOver.remove", { name: one.member.name })}
              onClick={() => { change(value.filter((each) => each !== one)); }}
            />
          </div>
        );
      })}
      <MemberPicker
        key={taken.join()} value={undefined} except={taken} placeholder={value.length === 0 ? t("handOver.toHint") : t("handOver.toMore")}
        onChange={(member) => { if (member) change([...value, { member, share: 1 }]); }}
      />
      {value.length > 1 && <span className={styles.hint}>{t("handOver.shareHint")}</span>}
    </div>
  );
}
