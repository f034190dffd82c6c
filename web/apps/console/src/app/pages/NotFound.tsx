import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Message } from "./Message";

export function NotFound() {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  return (
    <Message
      title={t("notFound.title")}
      text={t("notFound.text")}
      action={<Button type="primary" onClick={() => void navigate("/")}>{t("notFound.home")}</Button>}
    />
  );
}
