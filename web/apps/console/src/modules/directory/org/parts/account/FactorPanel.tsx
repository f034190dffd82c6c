import type { Account, Enrolment } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Button, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useBeginFactor, useConfirmFactor, useFactorOff, useRenewCodes } from "../../api/account";
import { RecoveryCodes } from "../entry/RecoveryCodes";
import { ScanEnrolment } from "../entry/ScanEnrolment";
import styles from "./account.module.css";
import { CodeModal } from "./CodeModal";

type Step = { is: "none" | "off" | "renew" } | { is: "scan"; enrolment: Enrolment } | { is: "codes"; codes: string[] };
const NONE: Step = { is: "none" };

function useFactorSteps() {
  const { t } = useTranslation("org");
  const toast = useToast();
  const [step, setStep] = useState<Step>(NONE);
  const begin = useBeginFactor();
  const confirm = useConfirmFactor();
  const off = useFactorOff();
  const renew = useRenewCodes();
  const show = ({ recovery_codes }: { recovery_codes: string[] }) => { setStep({ is: "codes", codes: recovery_codes }); };
  const close = () => {
    for (const change of [confirm, off, renew]) change.reset();
    setStep(NONE);
  };
  return {
    step, setStep, close, confirm, off, renew, begin,
    start: () => { begin.mutate(undefined, { onSuccess: (enrolment) => { setStep({ is: "scan", enrolment }); }, onError: toast.failed }); },
    turnOn: ({ code }: { code: string }) => { confirm.mutate(code, { onSuccess: show }); },
    renewCodes: ({ code }: { code: string }) => { renew.mutate(code, { onSuccess: show }); },
    turnOff: (proof: { password: string; code: string }) => { off.mutate(proof, { onSuccess: () => { toast.done(t("factor.isOff")); close(); } }); },
  };
}

/** The second factor: set up, renew its recovery codes, turn off. */
export function FactorPanel({ account }: { account: Account }) {
  const { t } = useTranslation("org");
  const steps = useFactorSteps();
  const { step, close } = steps;
  const on = account.second_factor_since !== null;
  return (
    <Panel title={t("factor.title")} extra={<Tag color={on ? "success" : "default"}>{on ? t("factor.on") : t("factor.notOn")}</Tag>}>
      <div className={styles.row}>
        <span className={styles.text}>
          {on ? <>{t("factor.since")} <Time at={account.second_factor_since} /> · {t("factor.left", { count: account.recovery_codes_left })}</> : t("factor.why")}
          {account.second_factor_demanded && <> · {t("factor.demanded")}</>}
        </span>
        <span className={styles.row}>
          {!on && <Button type="primary" loading={steps.begin.isPending} onClick={steps.start}>{t("factor.turnOn")}</Button>}
          {on && <Button onClick={() => { steps.setStep({ is: "renew" }); }}>{t("factor.renew")}</Button>}
          {on && !account.second_factor_demanded && <Button danger onClick={() => { steps.setStep({ is: "off" }); }}>{t("factor.turnOff")}</Button>}
        </span>
      </div>
      {step.is === "scan" && (
        <CodeModal title={t("factor.setUp")} text={t("factor.scanText")} submitLabel={t("factor.turnOn")} busy={steps.confirm.isPending} error={steps.confirm.error} onSubmit={steps.turnOn} onClose={close}>
          <ScanEnrolment enrolment={step.enrolment} />
        </CodeModal>
      )}
      {step.is === "renew" && (
        <CodeModal title={t("factor.renew")} text={t("factor.renewText")} submitLabel={t("factor.renew")} busy={steps.renew.isPending} error={steps.renew.error} onSubmit={steps.renewCodes} onClose={close} />
      )}
      {step.is === "off" && (
        <CodeModal title={t("factor.turnOff")} text={t("factor.offText")} submitLabel={t("factor.turnOff")} danger needsPassword busy={steps.off.isPending} error={steps.off.error} onSubmit={steps.turnOff} onClose={close} />
      )}
      <Modal open={step.is === "codes"} title={t("factor.codes")} footer={null} closable={false}>
        {step.is === "codes" && <RecoveryCodes codes={step.codes} done={close} />}
      </Modal>
    </Panel>
  );
}
