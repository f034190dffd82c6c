import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { Message } from "./Message";

export function Crashed() {
  const { t } = useTranslation("shell");
  return (
    <Message
      title={t("crashed.title")}
      text={t("crashed.text")}
      action={<Button type="primary" onClick={() => { location.reload(); }}>{t("crashed.reload")}</Button>}
    />
  );
}
