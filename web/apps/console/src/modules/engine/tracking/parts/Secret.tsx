import { useMay } from "@cove/api/session";
import type { TrackingSource } from "@cove/api/types";
import { ShownOnce } from "@cove/kit/feedback/ShownOnce";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";

import { type SecretKind, useMakeSecret } from "../api/sources";
import styles from "./Secret.module.css";

interface SecretProps {
  source: TrackingSource;
  kind: SecretKind;
}

/** The server key or the signing secret of a source: when it was made, and a new one, which is shown this once. */
export function Secret({ source, kind }: SecretProps) {
  const { t } = useTranslation("tracking");
  const { modal } = App.useApp();
  const toast = useToast();
  const mayChange = useMay()("tracking.manage_sources");
  const make = useMakeSecret(source.id, kind);
  const isKey = kind === "server-key";
  const madeAt = isKey ? source.server_key_made_at : source.signing_secret_made_at;
  const now = () => make.mutateAsync().catch(toast.failed);
  const ask = () => {
    if (!madeAt) {
      void now();
      return;
    }
    modal.confirm({
      title: isKey ? t("serverKey.renewTitle") : t("signing.renewTitle"),
      content: isKey ? t("serverKey.renewText") : t("signing.renewText"),
      okText: t("renewOk"),
      okButtonProps: { danger: true },
      onOk: now,
    });
  };
  const button = <Button size="small" loading={make.isPending} onClick={ask}>{madeAt ? t("renew") : t("makeSecret")}</Button>;
  return (
    <Panel title={isKey ? t("serverKey.title") : t("signing.title")} extra={mayChange && button}>
      <div className={styles.body}>
        <p className={styles.text}>{isKey ? t("serverKey.text") : t("signing.text")}</p>
        {make.data
          ? <ShownOnce title={t("shownOnceTitle")} text={t("shownOnceText")} secret={make.data.text} copyLabel={t("copySecret")} />
          : <Standing madeAt={madeAt} hint={isKey ? source.server_key_hint : ""} />}
      </div>
    </Panel>
  );
}

function Standing({ madeAt, hint }: { madeAt: string | null; hint: string }) {
  const { t } = useTranslation("tracking");
  if (!madeAt) return <span>{t("notMade")}</span>;
  return <span>{hint && <><code>sk_…{hint}</code> · </>}{t("madeAt")} <Time at={madeAt} /></span>;
}
