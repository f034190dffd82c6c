import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { Link } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { LIST, useLinks } from "../api";
import { LinkCard } from "../parts/LinkCard";
import { useLinkColumns } from "../parts/useLinkColumns";

export default function LinkList() {
  const { t } = useTranslation("content");
  const [filters] = useUrlState();
  const navigate = useNavigate();
  const create = useMay()("links.create") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${LIST}/new`)}>{t("create")}</Button>
  );
  const states = (["closed", "deleted"] as const).map((value) => ({ value, label: t(`state.${value}`) }));
  return (
    <ListPage<Link>
      name="links"
      title={t("title")}
      list={useLinks(filters)}
      columns={useLinkColumns()}
      search={t("search")}
      filters={[selectFilter({ key: "state", label: t("state.active"), options: states })]}
      href={(id) => `${LIST}/${id.toString()}`}
      card={(link) => <LinkCard link={link} />}
      actions={create}
      empty={{ title: t("empty"), text: t("emptyText"), action: create }}
    />
  );
}
