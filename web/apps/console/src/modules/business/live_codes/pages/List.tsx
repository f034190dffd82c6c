import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { LiveCode } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { LIST, useLiveCodes } from "../api";
import { CodeCard } from "../parts/CodeCard";
import { useCodeColumns } from "../parts/useCodeColumns";

export default function List() {
  const { t } = useTranslation("live_codes");
  const [filters] = useUrlState();
  const navigate = useNavigate();
  const create = useMay()("live_codes.create") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${LIST}/new`)}>{t("create")}</Button>
  );
  return (
    <ListPage<LiveCode>
      name="live_codes"
      title={t("title")}
      list={useLiveCodes(filters)}
      columns={useCodeColumns()}
      search={t("search")}
      filters={[selectFilter({ key: "state", label: t("state.active"), options: [{ value: "deleted", label: t("state.deleted") }] })]}
      href={(id) => `${LIST}/${id.toString()}`}
      card={(code) => <CodeCard code={code} />}
      actions={create}
      empty={{ title: t("empty"), text: t("emptyText"), action: create }}
    />
  );
}
