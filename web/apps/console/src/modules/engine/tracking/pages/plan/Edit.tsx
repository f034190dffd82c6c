import { RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { ApiError } from "@cove/api/errors";
import { useMay } from "@cove/api/session";
import type { PlannedEvent } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { LeaveGuard } from "@cove/kit/form/LeaveGuard";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { useHotkey } from "@cove/kit/page/useHotkey";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { EventForm } from "../../parts/plan/EventForm";
import { EventState } from "../../parts/plan/EventState";
import styles from "../../parts/plan/plan.module.css";
import { useEventEditor, type EventEditor } from "../../parts/plan/useEventEditor";
import { eventQuery, PLAN, useRemoveEvent } from "../../api/plan";

export default function Edit() {
  const { t } = useTranslation("tracking");
  const id = Number(useParams().id);
  const { data, error, refetch } = useQuery({ ...eventQuery(id), refetchOnWindowFocus: false });
  const gone = error instanceof ApiError && error.status === 404;
  // Loaded anew, it is another thing to edit: what was written over somebody else's change is let go.
  const [loads, setLoads] = useState(0);
  const reload = () => { void refetch().then(() => { setLoads(loads + 1); }); };
  if (data) return <Editor key={`${id.toString()}.${loads.toString()}`} event={data} reload={reload} />;
  return (
    <DetailDrawer parent={PLAN} title={t("plan.title")} size={860}>
      {gone ? <Empty title={t("plan.gone")} /> : error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />}
    </DetailDrawer>
  );
}

function Editor({ event, reload }: { event: PlannedEvent; reload: () => void }) {
  const { t } = useTranslation("tracking");
  const mayChange = useMay()("tracking.manage_plan");
  const editor = useEventEditor(event);
  useHotkey("z", () => editor.undo?.(), { command: true, shift: false, active: mayChange });
  useHotkey("z", () => editor.redo?.(), { command: true, shift: true, active: mayChange });
  const stale = editor.error instanceof ApiError && editor.error.code === "tracking.event_changed";
  const named = editor.error instanceof ApiError && Object.keys(editor.error.fields).length > 0;
  return (
    <DetailDrawer
      parent={PLAN} title={event.name} size={860} neighbours={useNeighbours(event.id)}
      actions={mayChange && <Steps editor={editor} />}
    >
      <div className={styles.body}>
        <div className={styles.state}>
          <EventState event={{ ...event, status: editor.values.status, pql: editor.values.pql }} />
          {!mayChange && <span className={styles.second}>{t("plan.editor.readOnly")}</span>}
        </div>
        {editor.error && !named && <ErrorNotice error={editor.error} />}
        {stale && <div><Button onClick={reload}>{t("plan.editor.reload")}</Button></div>}
        <EventForm editor={editor} published={event.published} readOnly={!mayChange} />
        {mayChange && !event.published && <div><Remove event={event} drop={editor.drop} /></div>}
      </div>
      <LeaveGuard active={editor.dirty && editor.error !== null} drop={editor.drop} />
    </DetailDrawer>
  );
}

function Steps({ editor }: { editor: EventEditor }) {
  const { t } = useTranslation("tracking");
  const state = editor.error ? "faulty" : editor.saving ? "saving" : editor.dirty ? "waiting" : "saved";
  return (
    <>
      <span className={styles.second} role="status">{t(`plan.editor.${state}`)}</span>
      <Button type="text" icon={<UndoOutlined />} disabled={!editor.undo} onClick={editor.undo} aria-label={t("plan.editor.undo")} title={t("plan.editor.undo")} />
      <Button type="text" icon={<RedoOutlined />} disabled={!editor.redo} onClick={editor.redo} aria-label={t("plan.editor.redo")} title={t("plan.editor.redo")} />
    </>
  );
}

function Remove({ event, drop }: { event: PlannedEvent; drop: () => void }) {
  const { t } = useTranslation("tracking");
  const { modal } = App.useApp();
  const toast = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useRemoveEvent();
  const ask = () => {
    modal.confirm({
      title: t("plan.removeTitle", { name: event.name }),
      content: t("plan.removeText"),
      okText: t("plan.remove"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(event.id).then(() => {
        drop();
        toast.done(t("plan.removed", { name: event.name }));
        void navigate(PLAN);
        queries.removeQueries({ queryKey: eventQuery(event.id).queryKey });
      }, toast.failed),
    });
  };
  return <Button danger onClick={ask}>{t("plan.remove")}</Button>;
}
