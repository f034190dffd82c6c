import { Button, Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

interface LeaveGuardProps {
  active: boolean;
  /** Forget what was written, when the reader says so. */
  drop: () => void;
}

/** Asks before unsaved work is left; the draft is kept unless the reader drops it. */
export function LeaveGuard({ active, drop }: LeaveGuardProps) {
  const { t } = useTranslation("kit");
  const blocker = useBlocker(({ currentLocation, nextLocation }) => active && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => { event.preventDefault(); };
    addEventListener("beforeunload", warn);
    return () => { removeEventListener("beforeunload", warn); };
  }, [active]);
  return (
    <Modal
      open={blocker.state === "blocked"}
      title={t("form.leaveTitle")}
      onCancel={() => blocker.reset?.()}
      width={440}
      footer={
        <>
          <Button danger onClick={() => { drop(); blocker.proceed?.(); }}>{t("form.leaveDrop")}</Button>
          <Button onClick={() => blocker.proceed?.()}>{t("form.leaveKeep")}</Button>
          <Button type="primary" onClick={() => blocker.reset?.()}>{t("form.stay")}</Button>
        </>
      }
    >
      {t("form.leaveText")}
    </Modal>
  );
}
