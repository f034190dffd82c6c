import { DeleteOutlined } from "@ant-design/icons";
import { useMay, useSession } from "@cove/api/session";
import { useToast } from "@cove/kit/feedback/useToast";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { useDeleteNote } from "../api";

interface DeleteNoteProps {
  contactId: number;
  noteId: number;
  /** Who wrote it: nobody else is offered to delete it. */
  writerId: number | undefined;
  deleted: () => void;
}

/** Takes an own note away, after asking once. */
export function DeleteNote({ contactId, noteId, writerId, deleted }: DeleteNoteProps) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const me = useSession()?.member.id;
  const may = useMay()("people.write_note");
  const remove = useDeleteNote(contactId);
  if (!may || me === undefined || writerId !== me) return null;
  const act = () => {
    remove.mutate(noteId, {
      onSuccess: () => {
        toast.done(t("note.deleted"));
        deleted();
      },
      onError: toast.failed,
    });
  };
  return (
    <Popconfirm title={t("note.deleteTitle")} description={t("note.deleteText")} okText={t("note.delete")} okButtonProps={{ danger: true }} onConfirm={act}>
      <Button danger icon={<DeleteOutlined />} loading={remove.isPending}>{t("note.delete")}</Button>
    </Popconfirm>
  );
}
