import { PageShell } from "@cove/kit/page/PageShell";
import { useTranslation } from "react-i18next";

import { NoticeChoices } from "../../embed/NoticeChoices";

/** How one is told of what. */
export default function Edit() {
  const { t } = useTranslation("org");
  return <PageShell title={t("notices.choose")} lead={t("notices.chooseLead")} width="wide"><NoticeChoices /></PageShell>;
}
