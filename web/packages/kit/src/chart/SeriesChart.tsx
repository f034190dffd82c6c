import { BarChartOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Skeleton } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "../page/Panel";
import { exactNumber } from "../region/format";
import { useRegion } from "../region/Region";
import styles from "./SeriesChart.module.css";
import type { SeriesChartData } from "./seriesOption";

const Drawing = lazy(() => import("./Drawing"));

interface SeriesChartProps extends SeriesChartData {
  title: string;
}

/** A chart of one or more series over the same categories; the same numbers are a table for those who cannot see it. */
export function SeriesChart({ title, ...data }: SeriesChartProps) {
  const { t } = useTranslation("kit");
  const { language } = useRegion();
  const [asTable, setAsTable] = useState(false);
  const label = asTable ? t("chart.asChart") : t("chart.asTable");
  return (
    <Panel
      title={title}
      extra={
        <Button type="text" size="small" icon={asTable ? <BarChartOutlined /> : <TableOutlined />} aria-label={label} title={label}
          onClick={() => { setAsTable(!asTable); }} />
      }
    >
      {asTable ? (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption className="cove-unseen">{title}</caption>
            <thead>
              <tr><th scope="col">{data.categoryLabel}</th>{data.series.map((one) => <th key={one.key} scope="col">{one.name}</th>)}</tr>
            </thead>
            <tbody>
              {data.categories.map((category, index) => (
                <tr key={category}>
                  <th scope="row">{category}</th>
                  {data.series.map((one) => <td key={one.key}>{exactNumber(one.values[index] ?? 0, language)}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Suspense fallback={<div className={styles.waiting}><Skeleton active title={false} paragraph={{ rows: 7, width: "100%" }} /></div>}>
          <Drawing data={data} label={title} />
        </Suspense>
      )}
    </Panel>
  );
}
