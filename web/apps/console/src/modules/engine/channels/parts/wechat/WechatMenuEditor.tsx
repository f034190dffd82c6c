import type { WechatMenu, WechatMenuButton } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form } from "antd";
import { useTranslation } from "react-i18next";

import { useSaveMenu, wechatMenuQuery } from "../../api/wechat";
import styles from "./Wechat.module.css";
import { WechatMenuButtons } from "./WechatMenuButtons";

interface Values {
  buttons: WechatMenuButton[];
}

/** The menu of an account, as its followers will see it. */
export function WechatMenuEditor({ id, mayKeep }: { id: number; mayKeep: boolean }) {
  const { data, error, refetch } = useQuery(wechatMenuQuery(id));
  if (!data) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  return <Editor id={id} menu={data} mayKeep={mayKeep} />;
}

function Editor({ id, menu, mayKeep }: { id: number; menu: WechatMenu; mayKeep: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const save = useSaveMenu(id);
  const kept = useKeptForm<Values>({
    name: `wechat.menu.${id.toString()}`,
    initial: { buttons: menu.buttons },
    submit: (values) => save.mutateAsync(values.buttons),
  });
  const submit = async () => { if (await kept.send()) toast.done(t("wechat.menuEditor.published")); };
  return (
    <Panel title={t("wechat.menuEditor.title")} extra={menu.put_at && <span className={styles.second}>{t("wechat.menuEditor.putAt")} <Time at={menu.put_at} /></span>}>
      <p className={styles.lead}>{t("wechat.menuEditor.text")}</p>
      {menu.problem && <Alert type="warning" showIcon title={t("wechat.menuEditor.problem", { problem: menu.problem })} style={{ marginBottom: 12 }} />}
      <Form<Values> form={kept.form} layout="vertical" disabled={!mayKeep} initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <WechatMenuButtons>
          {mayKeep && <Button type="primary" htmlType="submit" loading={kept.busy}>{t("wechat.menuEditor.publish")}</Button>}
        </WechatMenuButtons>
      </Form>
    </Panel>
  );
}
