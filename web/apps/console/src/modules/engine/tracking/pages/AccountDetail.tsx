import type { ProductAccountDetail, ProductAccountPerson } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Facts } from "@cove/kit/detail/Facts";
import { Empty } from "@cove/kit/feedback/Empty";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { useRegion } from "@cove/kit/region/Region";
import { Time } from "@cove/kit/region/Time";
import { periodOf } from "@cove/kit/report/period";
import { PeriodPicker } from "@cove/kit/report/PeriodPicker";
import { ReportBody } from "@cove/kit/report/ReportPage";
import { useQuery } from "@tanstack/react-query";
import { Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { ACCOUNTS, accountQuery } from "../api/usage";
import { SuspicionSwitch } from "../parts/SuspicionSwitch";
import { UsageFigures } from "../parts/UsageFigures";
import { UsageChart, UsageFeatures } from "../parts/UsageParts";
import styles from "./AccountDetail.module.css";

function Unverified({ hint }: { hint: string }) {
  const { t } = useTranslation("tracking");
  return <Tooltip title={hint}><Tag className={styles.unverified} tabIndex={0}>{t("usage.unverified")}</Tag></Tooltip>;
}

function Person({ person }: { person: ProductAccountPerson }) {
  const { t } = useTranslation("tracking");
  return (
    <li className={styles.person}>
      <span className={styles.name}>
        {person.contact_id === null
          ? t("usage.unknownPeople", { count: person.people })
          : <Link to={`/people/contacts/${person.contact_id.toString()}`}>{person.name}</Link>}
        {!person.verified && <Unverified hint={t("usage.unverifiedHint")} />}
      </span>
      <span className={styles.second}><Count value={person.events} /> {t("usage.times")} · <Time at={person.last_at} /></span>
    </li>
  );
}

function Trait({ told }: { told: ProductAccountDetail["traits"] }) {
  const { t } = useTranslation("tracking");
  return told.map((trait) => <div key={String(trait.verified)}>{trait.value}{!trait.verified && <Unverified hint={t("usage.unverifiedTrait")} />}</div>);
}

function Known({ detail }: { detail: ProductAccountDetail }) {
  const { t } = useTranslation("tracking");
  // A name that the server gave stands above already.
  const doubtful = detail.traits.some((trait) => trait.name === "name" && !trait.verified);
  const names = [...new Set(detail.traits.map((trait) => trait.name))].filter((name) => name !== "name" || doubtful);
  return (
    <Panel>
      <Facts
        rows={[
          { label: t("usage.key"), value: detail.account.key },
          { label: t("usage.firstSeen"), value: <Time at={detail.account.first_seen_at} /> },
          { label: t("usage.lastSeen"), value: <Time at={detail.account.last_seen_at} /> },
          ...names.map((name) => ({ label: name === "name" ? t("usage.accountName") : name, value: <Trait told={detail.traits.filter((trait) => trait.name === name)} /> })),
        ]}
      />
    </Panel>
  );
}

export default function AccountDetail() {
  const { t } = useTranslation("tracking");
  const { timezone } = useRegion();
  const id = Number(useParams().id);
  const [state, change] = useUrlState();
  const { chosen, period } = periodOf(state, timezone, "30d");
  const exclude = state.suspicious !== "include";
  const query = useQuery(accountQuery(id, { period, exclude }));
  const name = query.data?.account.name ?? t("usage.account");
  return (
    <DetailDrawer parent={ACCOUNTS} title={name} size={860} neighbours={useNeighbours(id)}>
      <div className={styles.body}>
        <ReportBody
          query={query}
          filters={
            <>
              <PeriodPicker chosen={chosen} period={period} change={change} />
              <SuspicionSwitch exclude={exclude} change={change} />
            </>
          }
        >
          {(detail) => (
            <>
              <Known detail={detail} />
              <UsageFigures usage={detail.usage} single />
              {detail.usage.events === 0 ? <Empty title={t("usage.quiet")} /> : (
                <>
                  <UsageChart usage={detail.usage} single />
                  <UsageFeatures usage={detail.usage} file={`${name} ${period.from}–${period.to}`} single />
                  <Panel title={t("usage.people")} flush>
                    <ul className={styles.people}>
                      {detail.people.map((person) => <Person key={person.contact_id ?? `unknown ${String(person.verified)}`} person={person} />)}
                    </ul>
                  </Panel>
                </>
              )}
            </>
          )}
        </ReportBody>
      </div>
    </DetailDrawer>
  );
}
