import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { DetailPage } from "@cove/kit/detail/DetailPage";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { GROUPS, groupQuery } from "../api";
import { GroupPanel } from "../parts/GroupPanel";
import { GroupPersons } from "../parts/GroupPersons";

export default function GroupDetail() {
  const { t } = useTranslation("channels");
  const id = Number(useParams().id);
  const { data: group, error, refetch } = useQuery(groupQuery(id));
  const neighbours = useNeighbours(id);
  return (
    <DetailDrawer parent={GROUPS} title={group ? group.name || t("groups.unnamed") : t("groups.title")} neighbours={neighbours}>
      {!group && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {group && (
        <DetailPage
          key={group.id}
          first="left"
          left={{ key: "group", label: t("groups.overview"), content: <GroupPanel group={group} /> }}
          centre={{ key: "persons", label: t("groups.persons"), content: <GroupPersons group={group} /> }}
        />
      )}
    </DetailDrawer>
  );
}
