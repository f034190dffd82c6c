import { useMay } from "@cove/api/session";
import type { Member } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { fieldFaults } from "@cove/kit/form/fieldErrors";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { Panel } from "@cove/kit/page/Panel";
import { Slot } from "@cove/kit/slots/Slots";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { memberQuery, useChangeMember } from "../api/members";
import "../embed/slots";
import { changesOf, valuesOf, type MemberValues } from "../parts/memberValues";
import { MemberFields } from "../parts/MemberFields";
import { memberPanels } from "../parts/memberPanels";
import styles from "./Detail.module.css";

const LIST = "/settings/organisation";

function Particulars({ member }: { member: Member }) {
  const { t } = useTranslation("org");
  return (
    <Panel title={t("member.profile")}>
      <Facts
        rows={[
          { label: t("member.name"), value: member.name },
          { label: t("member.departments"), value: member.places.map((place) => place.leads ? `${place.name} · ${t("member.leader")}` : place.name).join(" / ") },
          { label: t("member.jobTitle"), value: member.job_title },
          { label: t("member.email"), value: member.email },
          { label: t("member.phone"), value: member.phone },
          { label: t("member.source"), value: t(member.from_wecom ? "member.fromWecom" : "member.byHand") },
        ]}
      />
    </Panel>
  );
}

function Profile({ member }: { member: Member }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const [form] = Form.useForm<MemberValues>();
  const change = useChangeMember();
  const save = (values: MemberValues) => {
    change.mutate({ id: member.id, body: changesOf(member, values) }, {
      onSuccess: () => { toast.done(t("member.saved")); },
      onError: (error) => { form.setFields(fieldFaults(error) as unknown as Parameters<typeof form.setFields>[0]); },
    });
  };
  return (
    <Panel title={t("member.profile")}>
      {change.error && <ErrorNotice error={change.error} />}
      {member.from_wecom && <Alert className={styles.notice} type="info" showIcon title={t("member.keptText")} />}
      <Form<MemberValues> form={form} layout="vertical" requiredMark="optional" initialValues={valuesOf(member)} onFinish={save}>
        <MemberFields kept={member.from_wecom} keptPlaces={member.places.filter((place) => place.from_wecom && member.from_wecom).map((place) => place.id)} />
        <Button type="primary" htmlType="submit" loading={change.isPending}>{t("member.save")}</Button>
      </Form>
    </Panel>
  );
}

export default function Detail() {
  const { t } = useTranslation("org");
  const id = Number(useParams().id);
  const may = useMay()("org.manage_members");
  const { data: member, error, refetch } = useQuery(memberQuery(id));
  const neighbours = useNeighbours(id);
  const title = member ? (
    <span className={styles.title}><PersonMark name={member.name} size={28} />{member.name}{!member.active && <Tag>{t("member.inactive")}</Tag>}</span>
  ) : t("member.title");
  return (
    <DetailDrawer parent={LIST} title={title} neighbours={neighbours} size={720}>
      {!member && (error ? <div className={styles.body}><ErrorNotice error={error} retry={() => void refetch()} /></div> : <Waiting />)}
      {member && (
        <div className={styles.body} key={member.id}>
          {may ? <Profile member={member} /> : <Particulars member={member} />}
          {memberPanels.map((MemberPanel, index) => <MemberPanel key={index} member={member} />)}
          <Slot name="member.panel" given={{ memberId: member.id }} />
        </div>
      )}
    </DetailDrawer>
  );
}
