import { CloudSyncOutlined, DeleteOutlined, DragOutlined, EditOutlined, MoreOutlined, PlusOutlined, SearchOutlined, UserSwitchOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { Department } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useNarrow } from "@cove/kit/page/useNarrow";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Input, Skeleton, Tooltip, Tree } from "antd";
import { useState, type Key } from "react";
import { useTranslation } from "react-i18next";

import { treeQuery } from "../api/departments";
import { DepartmentDialog, type Task } from "./DepartmentDialog";
import styles from "./DepartmentTree.module.css";
import { matching, placeOf, twigsOf, type Twig } from "./tree";

const TALLEST = 620;

interface DepartmentTreeProps {
  /** The chosen department, "0" for those in none, nothing for everybody. */
  chosen: string | undefined;
  choose: (id: string | undefined) => void;
}

interface Node {
  key: number;
  title: string;
  department: Department;
  children: Node[];
}

export function DepartmentTree({ chosen, choose }: DepartmentTreeProps) {
  const { t } = useTranslation("org");
  const narrow = useNarrow();
  const body = <TreeBody chosen={chosen} choose={choose} />;
  if (!narrow) return <nav className={styles.side} aria-label={t("department.tree")}>{body}</nav>;
  return <details className={styles.side}><summary className={styles.summary}>{t("department.tree")}</summary>{body}</details>;
}

function TreeBody({ chosen, choose }: DepartmentTreeProps) {
  const { t } = useTranslation("org");
  const may = useMay()("org.manage_departments");
  const { data, error, refetch } = useQuery(treeQuery);
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<Key[]>();
  const [task, setTask] = useState<Task>();
  if (!data) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Skeleton active />;
  const departments = data.items;
  const found = search ? matching(departments, search) : undefined;
  const node = ({ department, children }: Twig): Node => ({ key: department.id, title: department.name, department, children: children.map(node) });
  const nodes = twigsOf(found ? departments.filter((one) => found.has(one.id)) : departments).map(node);
  const expanded = found ? [...found] : opened ?? departments.filter((one) => one.parent_id === null).map((one) => one.id);
  const drop = (moved: Department, onto: Department, gap: "in" | "before" | "after") => {
    const place = placeOf(departments, onto, gap, moved.id);
    setTask({ kind: "move", department: moved, ...place });
  };
  return (
    <>
      <div className={styles.head}>
        <Input prefix={<SearchOutlined aria-hidden />} allowClear value={search} placeholder={t("department.search")} aria-label={t("department.search")}
          onChange={(event) => { setSearch(event.target.value); }} />
        {may && (
          <Tooltip title={t("department.add")}>
            <Button icon={<PlusOutlined />} aria-label={t("department.add")} onClick={() => { setTask({ kind: "add", parent: undefined }); }} />
          </Tooltip>
        )}
      </div>
      <button type="button" className={styles.all} aria-current={chosen === undefined} onClick={() => { choose(undefined); }}>
        <span>{t("department.everybody")}</span><span className={styles.count}>{data.members}</span>
      </button>
      {data.without > 0 && (
        <button type="button" className={styles.all} aria-current={chosen === "0"} onClick={() => { choose("0"); }}>
          <span>{t("department.none")}</span><span className={styles.count}>{data.without}</span>
        </button>
      )}
      <Tree<Node>
        blockNode virtual height={TALLEST}
        aria-label={t("department.tree")}
        treeData={nodes}
        expandedKeys={expanded}
        onExpand={(keys) => { setOpened(keys); }}
        selectedKeys={chosen ? [Number(chosen)] : []}
        onSelect={([key]) => { choose(key === undefined ? undefined : key.toString()); }}
        draggable={may && !found && { icon: false, nodeDraggable: (one) => !(one as Node).department.from_wecom }}
        onDrop={({ dragNode, node: onto, dropToGap, dropPosition }) => {
          const last = Number(onto.pos.split("-").at(-1));
          drop(dragNode.department, onto.department, dropToGap ? (dropPosition <= last ? "before" : "after") : "in");
        }}
        titleRender={({ department }) => <Title department={department} may={may} start={setTask} />}
      />
      {task && <DepartmentDialog task={task} close={() => { setTask(undefined); }} gone={(id) => { if (chosen === id.toString()) choose(undefined); }} />}
    </>
  );
}

function Title({ department, may, start }: { department: Department; may: boolean; start: (task: Task) => void }) {
  const { t } = useTranslation("org");
  const kept = department.from_wecom;
  const leaders = department.leaders.map((one) => one.name).join(t("handOver.and"));
  const begin = (next: Task) => ({ domEvent }: { domEvent: { stopPropagation: () => void } }) => {
    // The node under the menu would be chosen too.
    domEvent.stopPropagation();
    start(next);
  };
  const add = { key: "add", icon: <PlusOutlined />, label: t("department.addBelow"), onClick: begin({ kind: "add", parent: department }) };
  const items = kept ? [add, { key: "kept", icon: <CloudSyncOutlined />, label: t("department.kept"), disabled: true }] : [
    add,
    { key: "rename", icon: <EditOutlined />, label: t("department.rename"), onClick: begin({ kind: "rename", department }) },
    { key: "move", icon: <DragOutlined />, label: t("department.move"), onClick: begin({ kind: "move", department, parentId: department.parent_id ?? null, beforeId: null }) },
    { key: "leaders", icon: <UserSwitchOutlined />, label: t("department.leaders"), onClick: begin({ kind: "leaders", department }) },
    { key: "delete", icon: <DeleteOutlined />, danger: true, label: t("department.delete"), onClick: begin({ kind: "delete", department }) },
  ];
  return (
    <span className={styles.node} title={leaders ? t("department.ledBy", { names: leaders }) : undefined}>
      <span className={styles.name}>{department.name}</span>
      {kept && <CloudSyncOutlined title={t("department.kept")} aria-label={t("department.kept")} />}
      <span className={styles.count}>{department.members_below}</span>
      {may && (
        <Dropdown menu={{ items }} trigger={["click"]}>
          <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("department.menu", { name: department.name })} onClick={(event) => { event.stopPropagation(); }} />
        </Dropdown>
      )}
    </span>
  );
}
