import { Input, type GetProps } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import styles from "./entry.module.css";

/** A password to type, to show and to hide, which says when Caps Lock is on. */
export function PasswordInput(props: GetProps<typeof Input.Password>) {
  const { t } = useTranslation("org");
  const [caps, setCaps] = useState(false);
  const look = (event: KeyboardEvent) => { setCaps(event.getModifierState("CapsLock")); };
  return (
    <>
      <Input.Password {...props} onKeyDown={look} onKeyUp={look} />
      {caps && <span className={styles.caps} role="status">{t("password.caps")}</span>}
    </>
  );
}
