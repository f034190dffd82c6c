import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { DetailPage } from "@cove/kit/detail/DetailPage";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { MASS, massQuery } from "../api/mass";
import { MassMembers } from "../parts/mass/MassMembers";
import { MassPanel } from "../parts/mass/MassPanel";
import { MassResults } from "../parts/mass/MassResults";

export default function MassDetail() {
  const { t } = useTranslation("channels");
  const id = Number(useParams().id);
  const { data, error, refetch } = useQuery(massQuery(id));
  return (
    <DetailDrawer parent={MASS} title={data?.name ?? t("mass.title")} neighbours={useNeighbours(id)}>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (
        <DetailPage
          key={data.id}
          first="left"
          left={{ key: "mass", label: t("mass.progress"), content: <><MassPanel row={data} /><MassMembers id={data.id} /></> }}
          centre={{ key: "results", label: t("mass.resultsTitle"), content: <MassResults row={data} /> }}
        />
      )}
    </DetailDrawer>
  );
}
