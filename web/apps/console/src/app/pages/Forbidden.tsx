import type { Operation } from "@cove/api/operations";
import { WhoCanGive } from "@cove/kit/feedback/WhoCanGive";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Message } from "./Message";

export function Forbidden({ operation }: { operation?: Operation }) {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  return (
    <Message
      title={t("forbidden.title")}
      text={<>{t("forbidden.text")} {operation && <WhoCanGive operation={operation} />}</>}
      action={<Button onClick={() => void navigate("/")}>{t("notFound.home")}</Button>}
    />
  );
}
