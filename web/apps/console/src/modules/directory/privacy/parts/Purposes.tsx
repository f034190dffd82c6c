import { PlusOutlined } from "@ant-design/icons";
import type { Purpose } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { purposesQuery } from "../api";
import styles from "./privacy.module.css";

function One({ purpose }: { purpose: Purpose }) {
  const { t } = useTranslation("privacy");
  const { language } = useRegion();
  const [newest] = purpose.texts;
  const english = language === "en";
  return (
    <li className={styles.line}>
      <div className={styles.grow}>
        <div className={styles.head}>
          <b>{(english && purpose.name_en) || purpose.name}</b>
          <span className={styles.aside}>{t("purpose.version", { version: newest?.version ?? 0 })}</span>
          <Tag>{t(purpose.opt_in ? "purpose.asksFirst" : "purpose.untilNo")}</Tag>
          {!purpose.active && <Tag color="default">{t("purpose.inactive")}</Tag>}
        </div>
        <p className={styles.text}>{(english && newest?.text_en) || newest?.text}</p>
      </div>
      <Link to={`/settings/privacy/purposes/${purpose.id.toString()}`}>{t("edit")}</Link>
    </li>
  );
}

export function Purposes() {
  const { t } = useTranslation("privacy");
  const { data, error, refetch } = useQuery(purposesQuery);
  return (
    <Panel
      title={t("purposes.title")}
      extra={<Link to="/settings/privacy/purposes/new"><Button size="small" icon={<PlusOutlined />}>{t("purpose.new")}</Button></Link>}
    >
      <p className={styles.text}>{t("purposes.text")}</p>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Skeleton active />)}
      <ul className={styles.lines}>{data?.map((purpose) => <One key={purpose.id} purpose={purpose} />)}</ul>
    </Panel>
  );
}
