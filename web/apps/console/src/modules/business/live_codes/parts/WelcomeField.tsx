import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Input } from "antd";
import { useTranslation } from "react-i18next";

import { byteLength, WELCOME_BYTES } from "./values";
import styles from "./WelcomeField.module.css";

interface WelcomeFieldProps {
  id?: string;
  value?: string;
  onChange?: (text: string) => void;
}

/** The welcome text with the platform's own measure of its length. */
export function WelcomeField({ id, value = "", onChange }: WelcomeFieldProps) {
  const { t } = useTranslation("live_codes");
  const { language } = useRegion();
  const used = byteLength(value);
  return (
    <>
      <Input.TextArea
        id={id} value={value} autoSize={{ minRows: 4, maxRows: 14 }} placeholder={t("form.welcomeHint")}
        status={used > WELCOME_BYTES ? "error" : undefined}
        aria-describedby={`${id ?? "welcome"}-count`}
        onChange={(event) => onChange?.(event.target.value)}
      />
      <div id={`${id ?? "welcome"}-count`} className={used > WELCOME_BYTES ? styles.over : styles.count}>
        {t("form.bytes", { used: exactNumber(used, language), most: exactNumber(WELCOME_BYTES, language) })}
      </div>
    </>
  );
}
