import { useTranslation } from "react-i18next";

import { PurposeForm } from "../parts/PurposeForm";

export default function Create() {
  const { t } = useTranslation("privacy");
  return <PurposeForm title={t("purpose.new")} />;
}
