import { DeleteOutlined, EditOutlined, PauseCircleOutlined, PlayCircleOutlined, RollbackOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { Link } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { DetailPage } from "@cove/kit/detail/DetailPage";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { RecordHistory } from "../../../kernel/audit/embed/RecordHistory";
import { LIST, linkQuery, useChangeLink, useDeleteLink, useRestoreLink } from "../api";
import { LinkName } from "../parts/LinkName";
import { LinkPanel } from "../parts/LinkPanel";
import { LinkReport } from "../parts/LinkReport";
import { PersonalLink } from "../parts/PersonalLink";
import styles from "./LinkDetail.module.css";

function OnOff({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const toast = useToast();
  const change = useChangeLink(link.id);
  const turn = (off: boolean) => {
    change.mutate({ off }, {
      onSuccess: () => {
        if (off) toast.undoable(t("turnedOff", { name: link.name }), () => { turn(false); });
        else toast.done(t("turnedOn", { name: link.name }));
      },
      onError: toast.failed,
    });
  };
  return (
    <Button icon={link.off ? <PlayCircleOutlined /> : <PauseCircleOutlined />} loading={change.isPending} onClick={() => { turn(!link.off); }}>
      {link.off ? t("turnOn") : t("turnOff")}
    </Button>
  );
}

function Actions({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const navigate = useNavigate();
  const toast = useToast();
  const remove = useDeleteLink();
  const restore = useRestoreLink();
  const takeBack = () => {
    restore.mutate(link.id, { onSuccess: () => { toast.done(t("restored", { name: link.name })); }, onError: toast.failed });
  };
  const drop = () => {
    remove.mutate(link.id, {
      onSuccess: () => {
        void navigate(LIST);
        toast.undoable(t("deleted", { name: link.name }), takeBack);
      },
      onError: toast.failed,
    });
  };
  if (link.deleted_at) {
    return link.may.includes("links.delete") && <Button icon={<RollbackOutlined />} loading={restore.isPending} onClick={takeBack}>{t("restore")}</Button>;
  }
  return (
    <Flex gap={8}>
      {link.may.includes("links.change") && <OnOff link={link} />}
      {link.may.includes("links.change") && (
        <Button icon={<EditOutlined />} onClick={() => void navigate(`${LIST}/${link.id.toString()}/edit`)}>{t("edit")}</Button>
      )}
      {link.may.includes("links.delete") && (
        <Button type="text" icon={<DeleteOutlined />} loading={remove.isPending} onClick={drop} aria-label={t("delete")} title={t("delete")} />
      )}
    </Flex>
  );
}

export default function LinkDetail() {
  const { t } = useTranslation("content");
  const may = useMay();
  const id = Number(useParams().id);
  const { data: link, error, refetch } = useQuery(linkQuery(id));
  const neighbours = useNeighbours(id);
  return (
    <DetailDrawer parent={LIST} title={link ? <LinkName link={link} /> : t("name")} neighbours={neighbours} actions={link && <Actions link={link} />}>
      {!link && (error ? <div className={styles.error}><ErrorNotice error={error} retry={() => void refetch()} /></div> : <Waiting />)}
      {link && (
        <DetailPage
          key={link.id}
          first="left"
          left={{
            key: "link",
            label: t("name"),
            content: <><LinkPanel link={link} />{may("people.see_contacts") && <PersonalLink link={link} />}<RecordHistory record="links_link" id={link.id} /></>,
          }}
          centre={{ key: "report", label: t("report.title"), content: <LinkReport link={link} /> }}
        />
      )}
    </DetailDrawer>
  );
}
