import { ImportOutlined, PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { Member } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { useToast } from "@cove/kit/feedback/useToast";
import { selectFilter, type FilterField } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { Slot } from "@cove/kit/slots/Slots";
import { useQuery } from "@tanstack/react-query";
import { Button, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { treeQuery } from "../api/departments";
import { ACTIVITIES, SORTS, useMembers, useMoveMembers } from "../api/members";
import { rolesQuery } from "../api/roles";
import "../embed/slots";
import { DepartmentSelect } from "../parts/DepartmentSelect";
import { DepartmentTree } from "../parts/DepartmentTree";
import { pathOf } from "../parts/tree";
import { Twins } from "../parts/Twins";
import styles from "./List.module.css";

const HERE = "/settings/organisation";

function State({ member }: { member: Member }) {
  const { t } = useTranslation("org");
  return member.active ? <Tag color="success">{t("member.active")}</Tag> : <Tag>{t("member.inactive")}</Tag>;
}

function Departments({ member }: { member: Member }) {
  const { t } = useTranslation("org");
  return (
    <>
      {member.places.map((place) => (
        <Tag key={place.id} color={place.main ? "processing" : undefined}>{place.name}{place.leads && ` · ${t("member.leader")}`}</Tag>
      ))}
    </>
  );
}

function useMemberColumns(): Column<Member>[] {
  const { t } = useTranslation("org");
  return [
    { key: "name", title: t("member.name"), width: 150, render: (member) => <span className={styles.who}><PersonMark name={member.name} />{member.name}</span> },
    { key: "departments", title: t("member.departments"), width: 210, render: (member) => <Departments member={member} /> },
    { key: "title", title: t("member.jobTitle"), width: 120, render: (member) => member.job_title },
    { key: "roles", title: t("member.roles"), width: 140, render: (member) => member.roles.map((role) => role.name).join(t("handOver.and")) },
    { key: "state", title: t("member.state"), width: 90, render: (member) => <State member={member} /> },
    { key: "email", title: t("member.email"), width: 200, render: (member) => member.email },
    { key: "phone", title: t("member.phone"), width: 130, render: (member) => member.phone },
    { key: "source", title: t("member.source"), width: 110, render: (member) => t(member.from_wecom ? "member.fromWecom" : "member.byHand") },
  ];
}

function useFilters(inDepartment: boolean): FilterField[] {
  const { t } = useTranslation("org");
  const maySeeRoles = useMay()("org.see_roles");
  const { data: roles } = useQuery({ ...rolesQuery, enabled: maySeeRoles });
  return [
    ...(inDepartment ? [selectFilter({ key: "below", label: t("filter.below"), options: [{ value: "no", label: t("filter.directOnly") }] })] : []),
    ...(roles ? [selectFilter({ key: "role", label: t("member.role"), options: roles.items.map((role) => ({ value: role.id.toString(), label: role.name })) })] : []),
    selectFilter({ key: "activity", label: t("member.active"), options: ACTIVITIES.map((value) => ({ value, label: t(`member.${value}`) })) }),
    selectFilter({ key: "sort", label: t("filter.sort"), options: SORTS.map((value) => ({ value, label: t(`sort.${value}`) })) }),
  ];
}

function Batch({ rows, done }: { rows: Member[]; done: () => void }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const [to, setTo] = useState<number>();
  const move = useMoveMembers();
  const run = () => {
    if (to === undefined) return;
    move.mutate({ member_ids: rows.map((one) => one.id), department_id: to }, {
      onSuccess: ({ moved }) => { toast.done(t("member.moved", { count: moved })); done(); },
      onError: toast.failed,
    });
  };
  return (
    <Space.Compact>
      <DepartmentSelect value={to} onChange={setTo} label={t("member.moveTo")} />
      <Button type="primary" disabled={to === undefined} loading={move.isPending} onClick={run}>{t("member.move")}</Button>
    </Space.Compact>
  );
}

export default function List() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const may = useMay()("org.manage_members");
  const [state, change] = useUrlState();
  const { data: tree } = useQuery(treeQuery);
  const department = state.department === "0" ? t("department.none") : pathOf(tree?.items ?? [], Number(state.department));
  const add = may && <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${HERE}/new${location.search}`)}>{t("member.add")}</Button>;
  return (
    <ListPage<Member>
      name="org.members"
      title={department || t("organisation.title")}
      list={useMembers(state)}
      columns={useMemberColumns()}
      filters={useFilters(Boolean(urlNumber(state.department)))}
      search={t("filter.search")}
      href={(id) => `${HERE}/${id.toString()}`}
      side={<DepartmentTree chosen={state.department} choose={(id) => { change({ department: id }); }} />}
      notice={may && <Twins />}
      actions={
        <Space wrap>
          <Slot name="organisation.sync" given={{}} />
          {may && <Button icon={<ImportOutlined />} onClick={() => void navigate(`${HERE}/import`)}>{t("import.title")}</Button>}
          {add}
        </Space>
      }
      batch={may ? (rows, done) => <Batch rows={rows} done={done} /> : undefined}
      card={(member) => (
        <div className={styles.card}>
          <span className={styles.who}><PersonMark name={member.name} /><b>{member.name}</b>{!member.active && <State member={member} />}</span>
          <span>{[member.job_title, ...member.departments].filter(Boolean).join(" · ")}</span>
          <span>{[member.email, member.phone].filter(Boolean).join(" · ")}</span>
        </div>
      )}
      empty={{ title: t("organisation.empty"), text: t("organisation.emptyText"), action: add }}
    />
  );
}
