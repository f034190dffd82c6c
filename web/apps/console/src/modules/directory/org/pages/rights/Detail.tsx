import { UserOutlined } from "@ant-design/icons";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { memberRightsQuery } from "../../api/roles";
import { MemberRights } from "../../embed/MemberRights";

export default function Detail() {
  const { t } = useTranslation("org");
  const id = Number(useParams().id);
  const { data } = useQuery(memberRightsQuery(id));
  return (
    <PageShell title={data ? t("rights.of", { name: data.member.name }) : t("rights.title")} aside={data && !data.active ? t("roles.left") : undefined} width="narrow"
      actions={<Link to={`/settings/organisation/${id.toString()}`}><Button icon={<UserOutlined />}>{t("rights.toMember")}</Button></Link>}>
      <MemberRights key={id} memberId={id} />
    </PageShell>
  );
}
