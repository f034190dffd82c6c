import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Message } from "./Message";

export function Forbidden() {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  return (
    <Message
      title={t("forbidden.title")}
      text={t("forbidden.text")}
      action={<Button onClick={() => void navigate("/")}>{t("notFound.home")}</Button>}
    />
  );
}
