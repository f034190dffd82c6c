import { useMay } from "@cove/api/session";
import type { WecomChannel } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { wecomQuery } from "../api";
import { CallbackPanel } from "../parts/CallbackPanel";
import { CheckPanel } from "../parts/CheckPanel";
import { SidebarPanel } from "../parts/SidebarPanel";
import { SignInPanel } from "../parts/SignInPanel";
import { StatePanel } from "../parts/StatePanel";
import { State } from "../parts/State";
import { SyncPanel } from "../parts/SyncPanel";
import { ArchivePanel } from "../parts/tools/ArchivePanel";
import { MassRulePanel } from "../parts/tools/MassRulePanel";
import { SupportPanel } from "../parts/tools/SupportPanel";
import { WecomForm } from "../parts/WecomForm";
import styles from "./Edit.module.css";

function Channel({ channel }: { channel: WecomChannel }) {
  const may = useMay();
  const mayChange = may("wecom.configure");
  return (
    <div className={styles.page}>
      <WecomForm channel={channel} mayChange={mayChange} />
      <CallbackPanel channel={channel} />
      {channel.configured && <SignInPanel channel={channel} mayChange={mayChange} />}
      {channel.configured && <SidebarPanel channel={channel} />}
      {channel.configured && <StatePanel channel={channel} />}
      {channel.configured && <MassRulePanel mayChange={mayChange} />}
      {channel.configured && may("wecom.see_tools") && <SupportPanel mayChange={may("wecom.manage_tools")} />}
      {channel.configured && <ArchivePanel mayChange={mayChange} />}
      {channel.configured && mayChange && <CheckPanel />}
      {channel.configured && may("wecom.sync") && <SyncPanel />}
    </div>
  );
}

export default function Edit() {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(wecomQuery);
  return (
    <PageShell title={t("title")} aside={data && <State channel={data} />} lead={t("lead")} width="narrow">
      {data ? <Channel channel={data} /> : error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />}
    </PageShell>
  );
}
