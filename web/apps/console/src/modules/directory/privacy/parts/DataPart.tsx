import { useMay } from "@cove/api/session";
import type { ContactPrivacy } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Time } from "@cove/kit/region/Time";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { JobWatch } from "../../../kernel/jobs/embed/JobProgress";
import { useCancelErasure, useRequestDataFile } from "../api";
import { EraseWizard } from "./EraseWizard";
import styles from "./privacy.module.css";

interface DataPartProps {
  contactId: number;
  name: string;
  privacy: ContactPrivacy;
}

function UnderWay({ contactId, privacy }: { contactId: number; privacy: ContactPrivacy }) {
  const { t } = useTranslation("privacy");
  const toast = useToast();
  const may = useMay();
  const cancel = useCancelErasure(contactId);
  const { erasure } = privacy;
  if (!erasure) return null;
  const waiting = erasure.state === "waiting";
  return (
    <Alert
      type="warning" className={styles.more}
      title={t(waiting ? "erase.waiting" : "erase.running")}
      description={waiting && <>{t("erasures.due")} <Time at={erasure.due_at} /></>}
      action={waiting && may("privacy.erase_person") && (
        <Button size="small" loading={cancel.isPending} onClick={() => { cancel.mutate(undefined, { onError: toast.failed }); }}>{t("erase.cancel")}</Button>
      )}
    />
  );
}

/** A person's data: handed out as a file, or erased. */
export function DataPart({ contactId, name, privacy }: DataPartProps) {
  const { t } = useTranslation("privacy");
  const may = useMay();
  const toast = useToast();
  const request = useRequestDataFile(contactId);
  const [erasing, setErasing] = useState(false);
  const [newest] = privacy.files;
  return (
    <>
      <UnderWay contactId={contactId} privacy={privacy} />
      {newest && (
        <div className={styles.version}>
          {newest.file_id === null
            ? newest.run_id !== null && <JobWatch id={newest.run_id} />
            : <a href={`/api/files/${newest.file_id.toString()}`} download>{t("file.download")}</a>}
          <p className={styles.aside}>{t("file.until")} <Time at={newest.expires_at} /></p>
        </div>
      )}
      <div className={styles.buttons}>
        {may("privacy.export_person") && (
          <Button
            size="small" loading={request.isPending}
            onClick={() => { request.mutate(undefined, { onSuccess: () => { toast.done(t("file.asked")); }, onError: toast.failed }); }}
          >
            {t("file.ask")}
          </Button>
        )}
        {may("privacy.erase_person") && !privacy.erasure && (
          <Button size="small" danger onClick={() => { setErasing(true); }}>{t("erase.open")}</Button>
        )}
      </div>
      {erasing && <EraseWizard contactId={contactId} name={name} close={() => { setErasing(false); }} />}
    </>
  );
}
