import { useMay } from "@cove/api/session";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import { wechatAccountQuery } from "../api/wechat";
import styles from "../parts/wechat/Wechat.module.css";
import { WechatCodes } from "../parts/wechat/WechatCodes";
import { WechatEntries } from "../parts/wechat/WechatEntries";
import { WechatMenuEditor } from "../parts/wechat/WechatMenuEditor";
import { WechatPublishing } from "../parts/wechat/WechatPublishing";
import { WechatReplies } from "../parts/wechat/WechatReplies";
import { WechatSetup } from "../parts/wechat/WechatSetup";
import { WechatSpecialMenus } from "../parts/wechat/WechatSpecialMenus";
import { WechatState } from "../parts/wechat/WechatState";
import { WechatTags } from "../parts/wechat/WechatTags";
import { WechatTemplates } from "../parts/wechat/WechatTemplates";

/** One account: its connection; of an official one what it answers, its codes, menus and tags, and what it sends to many; of a mini-program its ways in. */
export default function WechatEdit() {
  const { t } = useTranslation("channels");
  const id = Number(useParams().id);
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const { data, error, refetch } = useQuery(wechatAccountQuery(id));
  if (!data) return <PageShell title={t("wechat.title")} width="narrow">{error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />}</PageShell>;
  const mayKeep = may("wechat.keep_replies");
  const maySend = may("wechat.send_mass");
  const setup = { key: "setup", label: t("wechat.tab.setup"), children: <WechatSetup key={data.id} account={data} /> };
  const keeping = [
    { key: "replies", label: t("wechat.tab.replies"), children: <WechatReplies id={id} mayKeep={mayKeep} /> },
    { key: "codes", label: t("wechat.tab.codes"), children: <WechatCodes id={id} mayKeep={mayKeep} /> },
    { key: "menu", label: t("wechat.tab.menu"), children: <div className={styles.page}><WechatMenuEditor id={id} mayKeep={mayKeep} /><WechatSpecialMenus id={id} mayKeep={mayKeep} /></div> },
    { key: "tags", label: t("wechat.tab.tags"), children: <WechatTags id={id} mayKeep={mayKeep} /> },
    { key: "publishing", label: t("wechat.tab.publishing"), children: <WechatPublishing id={id} maySend={maySend} /> },
    { key: "templates", label: t("wechat.tab.templates"), children: <WechatTemplates id={id} maySend={maySend} /> },
  ];
  const entries = { key: "entries", label: t("wechat.tab.entries"), children: <WechatEntries id={id} mayKeep={mayKeep} /> };
  return (
    <PageShell title={data.name} aside={t(`wechat.kind.${data.kind}`)} lead={<WechatState account={data} />} width="narrow">
      <Tabs
        activeKey={search.get("tab") ?? "setup"} destroyOnHidden
        onChange={(tab) => { setSearch(tab === "setup" ? {} : { tab }, { replace: true }); }}
        items={data.kind === "official" ? [setup, ...keeping] : [setup, entries]}
      />
    </PageShell>
  );
}
