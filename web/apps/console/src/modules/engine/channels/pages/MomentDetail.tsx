import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { DetailPage } from "@cove/kit/detail/DetailPage";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { momentQuery, MOMENTS } from "../api/moments";
import styles from "../parts/mass/Mass.module.css";
import { MomentMembers } from "../parts/moments/MomentMembers";
import { MomentPanel } from "../parts/moments/MomentPanel";
import { MomentReactions } from "../parts/moments/MomentReactions";

export default function MomentDetail() {
  const { t } = useTranslation("channels");
  const id = Number(useParams().id);
  const { data, error, refetch } = useQuery(momentQuery(id));
  return (
    <DetailDrawer parent={MOMENTS} title={data?.name ?? t("moments.title")} neighbours={useNeighbours(id)}>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (
        <DetailPage
          key={data.id}
          first="left"
          left={{ key: "moment", label: t("moments.progress"), content: <MomentPanel row={data} /> }}
          centre={{ key: "results", label: t("moments.results"), content: <div className={styles.left}><MomentMembers id={data.id} /><MomentReactions id={data.id} /></div> }}
        />
      )}
    </DetailDrawer>
  );
}
