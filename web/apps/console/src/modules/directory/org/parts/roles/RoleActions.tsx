import { CopyOutlined, DeleteOutlined } from "@ant-design/icons";
import type { Role } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { ROLES, rolesQuery, useCopyRole, useDeleteRole } from "../../api/roles";

function Copy({ role, close }: { role: Role; close: () => void }) {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const toast = useToast();
  const copy = useCopyRole();
  const [name, setName] = useState(t("roles.copyName", { name: role.name }));
  const make = () => {
    copy.mutate({ id: role.id, name }, {
      onSuccess: (made) => {
        toast.done(t("roles.made"));
        close();
        void navigate(`${ROLES}/${made.id.toString()}`);
      },
    });
  };
  return (
    <Modal open title={t("roles.copyTitle", { name: role.name })} okText={t("roles.copy")} confirmLoading={copy.isPending}
      okButtonProps={{ disabled: !name.trim() }} onOk={make} onCancel={close}>
      <Form.Item label={t("roles.name")} layout="vertical" htmlFor="role-copy-name">
        <Input id="role-copy-name" value={name} maxLength={40} autoFocus onChange={(event) => { setName(event.target.value); }} onPressEnter={make} />
      </Form.Item>
      {copy.error && <ErrorNotice error={copy.error} />}
    </Modal>
  );
}

function Delete({ role, close }: { role: Role; close: () => void }) {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const toast = useToast();
  const remove = useDeleteRole();
  const { data } = useQuery(rolesQuery);
  const [successor, setSuccessor] = useState<number>();
  const others = (data?.items ?? []).filter((other) => other.id !== role.id && other.beyond.length === 0);
  const drop = () => {
    remove.mutate({ id: role.id, successor }, {
      onSuccess: () => {
        toast.done(t("roles.deleted", { name: role.name }));
        close();
        void navigate(ROLES);
      },
    });
  };
  return (
    <Modal open title={t("roles.deleteTitle", { name: role.name })} okText={t("roles.delete")} confirmLoading={remove.isPending}
      okButtonProps={{ danger: true, disabled: role.members > 0 && successor === undefined }} onOk={drop} onCancel={close}>
      <p>{role.members > 0 ? t("roles.deleteInUse", { count: role.members }) : t("roles.deleteText")}</p>
      {role.members > 0 && (
        <Select<number>
          style={{ width: "100%" }} aria-label={t("roles.successor")} placeholder={t("roles.successor")} value={successor} onChange={setSuccessor}
          options={others.map((other) => ({ value: other.id, label: other.name }))}
        />
      )}
      {remove.error && <ErrorNotice error={remove.error} />}
    </Modal>
  );
}

/** Copy a role, or delete it and say who takes its place. */
export function RoleActions({ role }: { role: Role }) {
  const { t } = useTranslation("org");
  const [open, setOpen] = useState<"copy" | "delete">();
  const close = () => { setOpen(undefined); };
  return (
    <>
      <Button icon={<CopyOutlined />} onClick={() => { setOpen("copy"); }}>{t("roles.copy")}</Button>
      {!role.everything && <Button danger icon={<DeleteOutlined />} onClick={() => { setOpen("delete"); }}>{t("roles.delete")}</Button>}
      {open === "copy" && <Copy role={role} close={close} />}
      {open === "delete" && <Delete role={role} close={close} />}
    </>
  );
}
