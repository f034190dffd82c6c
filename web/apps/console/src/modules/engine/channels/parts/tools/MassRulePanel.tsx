import type { WecomMassRule } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Radio } from "antd";
import { useTranslation } from "react-i18next";

import { massRuleQuery, useChooseMassRule } from "../../api/tools";
import styles from "./Tools.module.css";

const RULES = ["month", "week", "day"] as const;

/** How many mass messages a customer may have, as it was chosen at the platform. */
export function MassRulePanel({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const { data } = useQuery(massRuleQuery);
  const choose = useChooseMassRule();
  const change = (rule: WecomMassRule["rule"]) => { choose.mutate(rule, { onSuccess: () => { toast.done(t("saved")); }, onError: toast.failed }); };
  return (
    <Panel title={t("massRule.title")}>
      <p className={styles.text}>{t("massRule.text")}</p>
      <Radio.Group
        value={data?.rule} disabled={!mayChange || !data || choose.isPending} onChange={(event) => { change(event.target.value as WecomMassRule["rule"]); }}
        options={RULES.map((value) => ({ value, label: t(`massRule.rules.${value}`) }))} aria-label={t("massRule.title")}
      />
    </Panel>
  );
}
