import { SwapOutlined } from "@ant-design/icons";
import { useMay, useSession } from "@cove/api/session";
import type { Member } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useMemberState } from "../api/members";
import styles from "./MemberLeaving.module.css";

/** A member leaves or comes back, and what he owns goes over: for the member's panel. */
export default function MemberLeaving({ member }: { member: Member }) {
  const { id: memberId, name, active } = member;
  const { t } = useTranslation("org");
  const may = useMay();
  const myself = useSession()?.member.id === memberId;
  const mayStop = may("org.deactivate_member") && !myself;
  const toast = useToast();
  const state = useMemberState(memberId);
  const set = (wanted: boolean) => {
    state.mutate(wanted, {
      onSuccess: () => { toast.done(wanted ? t("leaving.reactivated", { name }) : t("leaving.deactivated", { name })); },
      onError: toast.failed,
    });
  };
  if (!mayStop && !may("org.hand_over")) return null;
  return (
    <Panel title={t("leaving.title")}>
      <div className={styles.buttons}>
        {may("org.hand_over") && (
          <Link to={`/settings/hand-overs/new?from=${memberId.toString()}`}><Button icon={<SwapOutlined />}>{t("handOver.start")}</Button></Link>
        )}
        {mayStop && active && (
          <Popconfirm title={t("leaving.sure", { name })} description={t("leaving.sureText")} okText={t("leaving.deactivate")} onConfirm={() => { set(false); }}>
            <Button danger loading={state.isPending}>{t("leaving.deactivate")}</Button>
          </Popconfirm>
        )}
        {mayStop && !active && (
          <Button loading={state.isPending} onClick={() => { set(true); }}>{t("leaving.reactivate")}</Button>
        )}
      </div>
    </Panel>
  );
}
