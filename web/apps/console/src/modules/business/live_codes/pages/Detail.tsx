import { DeleteOutlined, EditOutlined, RollbackOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { LiveCode } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { DetailPage } from "@cove/kit/detail/DetailPage";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { RecordHistory } from "../../../kernel/audit/embed/RecordHistory";
import { LIST, liveCodeQuery, useDeleteCode, useRestoreCode } from "../api";
import { CodeReport } from "../parts/CodeReport";
import { CodeSettings } from "../parts/CodeSettings";
import { QrPanel } from "../parts/QrPanel";
import styles from "./Detail.module.css";

function Actions({ code }: { code: LiveCode }) {
  const { t } = useTranslation("live_codes");
  const navigate = useNavigate();
  const toast = useToast();
  const may = useMay();
  const remove = useDeleteCode();
  const restore = useRestoreCode();
  const takeBack = () => {
    restore.mutate(code.id, { onSuccess: () => { toast.done(t("restored", { name: code.name })); }, onError: toast.failed });
  };
  const drop = () => {
    remove.mutate(code.id, {
      onSuccess: () => {
        void navigate(LIST);
        toast.undoable(t("deleted", { name: code.name }), takeBack);
      },
      onError: toast.failed,
    });
  };
  if (code.deleted_at) {
    return may("live_codes.delete") && <Button icon={<RollbackOutlined />} loading={restore.isPending} onClick={takeBack}>{t("restore")}</Button>;
  }
  return (
    <>
      {may("live_codes.change") && (
        <Button icon={<EditOutlined />} onClick={() => void navigate(`${LIST}/${code.id.toString()}/edit`)}>{t("edit")}</Button>
      )}
      {may("live_codes.delete") && (
        <Button type="text" icon={<DeleteOutlined />} loading={remove.isPending} onClick={drop} aria-label={t("delete")} title={t("delete")} />
      )}
    </>
  );
}

export default function Detail() {
  const { t } = useTranslation("live_codes");
  const id = Number(useParams().id);
  const { data: code, error, refetch } = useQuery(liveCodeQuery(id));
  const neighbours = useNeighbours(id);
  const title = code ? <>{code.name}{code.deleted_at && <span className={styles.gone}>{t("state.deleted")}</span>}</> : t("name");
  return (
    <DetailDrawer parent={LIST} title={title} neighbours={neighbours} actions={code && <Actions code={code} />}>
      {!code && (error ? <div className={styles.error}><ErrorNotice error={error} retry={() => void refetch()} /></div> : <Waiting />)}
      {code && (
        <DetailPage
          key={code.id}
          first="left"
          left={{ key: "code", label: t("name"), content: <><QrPanel code={code} /><CodeSettings code={code} /><RecordHistory record="live_codes_code" id={code.id} /></> }}
          centre={{ key: "report", label: t("report.title"), content: <CodeReport code={code} /> }}
        />
      )}
    </DetailDrawer>
  );
}
