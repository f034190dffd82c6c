import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { TrackingSource } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { sourcesQuery, useDeleteSource } from "../api/sources";
import { CodeBlock } from "../parts/CodeBlock";
import { Secret } from "../parts/Secret";
import styles from "./Detail.module.css";

const LIST = "/settings/tracking";

function Delete({ source }: { source: TrackingSource }) {
  const { t } = useTranslation("tracking");
  const { modal } = App.useApp();
  const toast = useToast();
  const navigate = useNavigate();
  const remove = useDeleteSource();
  const ask = () => {
    modal.confirm({
      title: t("removeTitle", { name: source.name }),
      content: t("removeText"),
      okText: t("removeOk"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(source.id).then(() => {
        toast.done(t("removed", { name: source.name }));
        void navigate(LIST);
      }, toast.failed),
    });
  };
  return <Button danger icon={<DeleteOutlined />} onClick={ask}>{t("remove")}</Button>;
}

function Shown({ source, mayChange }: { source: TrackingSource; mayChange: boolean }) {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const key = source.write_key && <><code>{source.write_key}</code> <CopyText text={source.write_key} label={t("copyKey")} /></>;
  return (
    <>
      <Panel>
        <Facts
          rows={[
            { label: t("kind"), value: t(`kinds.${source.kind}`) },
            { label: t("writeKey"), value: key },
            { label: t("origins"), value: source.kind === "web" ? source.allowed_origins.join("、") || t("anyOrigin") : "" },
            { label: t("lastSeen"), value: source.last_seen_at ? <Time at={source.last_seen_at} /> : t("never") },
            { label: t("created"), value: <Time at={source.created_at} /> },
          ]}
        />
      </Panel>
      {source.kind === "server" && <Secret source={source} kind="server-key" />}
      {source.snippet && <CodeBlock title={t("script")} text={t("scriptText")} code={source.snippet} />}
      {source.curl && <CodeBlock title={t("curl")} text={source.kind === "server" ? t("curlServerText") : t("curlText")} code={source.curl} />}
      {source.kind !== "server" && <Secret source={source} kind="server-key" />}
      {source.kind !== "server" && <Secret source={source} kind="signing-secret" />}
      {mayChange && (
        <div className={styles.acts}>
          <Button icon={<EditOutlined />} onClick={() => void navigate(`${LIST}/${source.id.toString()}/edit`)}>{t("edit")}</Button>
          <Delete source={source} />
        </div>
      )}
    </>
  );
}

export default function Detail() {
  const { t } = useTranslation("tracking");
  const id = Number(useParams().id);
  const { data, error, refetch } = useQuery(sourcesQuery);
  const mayChange = useMay()("tracking.manage_sources");
  const source = data?.items.find((each) => each.id === id);
  return (
    <DetailDrawer parent={LIST} title={source?.name ?? t("title")} size={680}>
      <div className={styles.body}>
        {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
        {data && !source && <Empty title={t("gone")} />}
        {source && <Shown source={source} mayChange={mayChange} />}
      </div>
    </DetailDrawer>
  );
}
