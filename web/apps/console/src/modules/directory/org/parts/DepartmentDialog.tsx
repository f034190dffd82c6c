import type { Department } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { Alert, Checkbox, Input, Modal, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { moveEffectQuery, treeQuery, useAddDepartment, useChooseLeaders, useDeleteDepartment, useMoveDepartment, useRenameDepartment } from "../api/departments";
import { memberChoicesQuery } from "../api/members";
import { DepartmentSelect } from "./DepartmentSelect";
import { pathOf, withBelow } from "./tree";

export type Task =
  | { kind: "add"; parent: Department | undefined }
  | { kind: "rename"; department: Department }
  | { kind: "move"; department: Department; parentId: number | null; beforeId: number | null }
  | { kind: "leaders"; department: Department }
  | { kind: "delete"; department: Department };

interface DialogProps<Kind extends Task["kind"]> {
  task: Extract<Task, { kind: Kind }>;
  close: () => void;
}

export function DepartmentDialog({ task, close, gone }: { task: Task; close: () => void; gone: (id: number) => void }) {
  switch (task.kind) {
    case "add": return <Add task={task} close={close} />;
    case "rename": return <Rename task={task} close={close} />;
    case "move": return <Move task={task} close={close} />;
    case "leaders": return <Leaders task={task} close={close} />;
    case "delete": return <Delete task={task} close={close} gone={gone} />;
  }
}

interface NameDialogProps {
  title: string;
  initial: string;
  busy: boolean;
  error: unknown;
  save: (name: string) => void;
  close: () => void;
}

function NameDialog({ title, initial, busy, error, save, close }: NameDialogProps) {
  const { t } = useTranslation("org");
  const [name, setName] = useState(initial);
  const submit = () => { if (name.trim()) save(name.trim()); };
  return (
    <Modal open title={title} onCancel={close} onOk={submit} okButtonProps={{ disabled: !name.trim(), loading: busy }}>
      {Boolean(error) && <ErrorNotice error={error} />}
      <Input value={name} maxLength={64} aria-label={t("department.name")} placeholder={t("department.name")} autoFocus
        onChange={(event) => { setName(event.target.value); }} onPressEnter={submit} />
    </Modal>
  );
}

function Add({ task: { parent }, close }: DialogProps<"add">) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const add = useAddDepartment();
  const save = (name: string) => {
    add.mutate({ name, parent_id: parent?.id ?? null }, { onSuccess: () => { toast.done(t("department.added", { name })); close(); } });
  };
  const title = parent ? t("department.addTo", { name: parent.name }) : t("department.add");
  return <NameDialog title={title} initial="" busy={add.isPending} error={add.error} save={save} close={close} />;
}

function Rename({ task: { department }, close }: DialogProps<"rename">) {
  const { t } = useTranslation("org");
  const rename = useRenameDepartment();
  const save = (name: string) => { rename.mutate({ id: department.id, name }, { onSuccess: close }); };
  return <NameDialog title={t("department.rename")} initial={department.name} busy={rename.isPending} error={rename.error} save={save} close={close} />;
}

function Move({ task: { department, parentId: first, beforeId }, close }: DialogProps<"move">) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const { data } = useQuery(treeQuery);
  const [parentId, setParentId] = useState(first);
  const move = useMoveDepartment();
  const departments = data?.items ?? [];
  const elsewhere = parentId !== (department.parent_id ?? null);
  const unmoved = !elsewhere && beforeId === null && parentId === first;
  const to = parentId === null ? t("department.top") : pathOf(departments, parentId);
  const save = () => {
    move.mutate({ id: department.id, parentId, beforeId: parentId === first ? beforeId : null }, {
      onSuccess: () => { toast.done(t("department.moved", { name: department.name, to })); close(); },
    });
  };
  return (
    <Modal open title={t("department.moveOf", { name: department.name })} onCancel={close} onOk={save} okText={t("department.moveNow")}
      okButtonProps={{ loading: move.isPending, disabled: unmoved }}>
      {move.error && <ErrorNotice error={move.error} />}
      <DepartmentSelect top label={t("department.parent")} value={parentId ?? 0} except={withBelow(departments, department.id)}
        onChange={(id) => { setParentId(id || null); }} />
      {elsewhere && <Effect id={department.id} parentId={parentId} />}
      {!elsewhere && !unmoved && <p>{t("department.reordered")}</p>}
    </Modal>
  );
}

function Effect({ id, parentId }: { id: number; parentId: number | null }) {
  const { t } = useTranslation("org");
  const { data, error } = useQuery(moveEffectQuery(id, parentId));
  if (!data) return error ? <ErrorNotice error={error} /> : <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const names = (list: { name: string }[]) => list.slice(0, 10).map((one) => one.name).join(t("handOver.and")) + (list.length > 10 ? "…" : "");
  return (
    <Alert style={{ marginTop: 16 }} type="info" showIcon title={t("department.effect", { departments: data.departments, members: data.members })}
      description={
        <>
          {data.gaining.length > 0 && <p>{t("department.gaining", { count: data.gaining.length, names: names(data.gaining) })}</p>}
          {data.losing.length > 0 && <p>{t("department.losing", { count: data.losing.length, names: names(data.losing) })}</p>}
          {data.gaining.length + data.losing.length === 0 && <p>{t("department.sameReach")}</p>}
        </>
      } />
  );
}

function Leaders({ task: { department }, close }: DialogProps<"leaders">) {
  const { t } = useTranslation("org");
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(department.leaders.map((one) => ({ value: one.id, label: one.name })));
  const { data, isFetching } = useQuery(memberChoicesQuery(search));
  const choose = useChooseLeaders();
  const save = () => { choose.mutate({ id: department.id, members: chosen.map((one) => one.value) }, { onSuccess: close }); };
  const options = (data?.items ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name }));
  return (
    <Modal open title={t("department.leadersOf", { name: department.name })} onCancel={close} onOk={save} okButtonProps={{ loading: choose.isPending }}>
      {choose.error && <ErrorNotice error={choose.error} />}
      <p>{t("department.leadersText")}</p>
      <Select mode="multiple" labelInValue showSearch={{ filterOption: false, onSearch: setSearch }} value={chosen} options={options} loading={isFetching}
        aria-label={t("department.leaders")} style={{ width: "100%" }} onChange={setChosen} />
    </Modal>
  );
}

function Delete({ task: { department }, close, gone }: DialogProps<"delete"> & { gone: (id: number) => void }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const { data } = useQuery(treeQuery);
  const below = (data?.items ?? []).filter((one) => one.parent_id === department.id).length;
  const [join, setJoin] = useState(false);
  const remove = useDeleteDepartment();
  const empty = department.members === 0 && below === 0;
  const save = () => {
    remove.mutate({ id: department.id, join }, { onSuccess: () => { toast.done(t("department.deleted", { name: department.name })); gone(department.id); close(); } });
  };
  return (
    <Modal open title={t("department.deleteOf", { name: department.name })} onCancel={close} onOk={save} okText={t("department.delete")}
      okButtonProps={{ danger: true, loading: remove.isPending, disabled: !empty && !join }}>
      {remove.error && <ErrorNotice error={remove.error} />}
      <p>{empty ? t("department.deleteEmpty") : t("department.deleteFull", { members: department.members, departments: below })}</p>
      <Checkbox checked={join} onChange={(event) => { setJoin(event.target.checked); }}>{t("department.joinParent")}</Checkbox>
    </Modal>
  );
}
