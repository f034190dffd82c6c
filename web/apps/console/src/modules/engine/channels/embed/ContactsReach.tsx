import { CommentOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { UrlState } from "@cove/kit/list/useUrlState";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { MASS } from "../api/mass";
import { listedQuery } from "../parts/mass/values";

/** From the list of contacts: a mass message to all whom it shows as it is narrowed now. */
export default function ContactsReach({ filters }: { filters: UrlState }) {
  const { t } = useTranslation("channels");
  const may = useMay();
  const navigate = useNavigate();
  if (!may("wecom.send_mass")) return null;
  return <Button icon={<CommentOutlined />} onClick={() => void navigate(`${MASS}/new?${listedQuery(filters)}`)}>{t("mass.toListed")}</Button>;
}
