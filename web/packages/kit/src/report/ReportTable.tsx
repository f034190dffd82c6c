import { DownloadOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "../page/Panel";
import { exactNumber } from "../region/format";
import { useRegion } from "../region/Region";
import { downloadCsv } from "./csv";
import { useKeyboardScroll } from "./useKeyboardScroll";

export interface ReportColumn<Row> {
  key: string;
  title: string;
  /** What is exported, and shown unless `render` says otherwise. */
  value: (row: Row) => string | number | null;
  render?: (row: Row) => ReactNode;
}

interface ReportTableProps<Row> {
  title: string;
  /** Name of the exported file, without ending. */
  file: string;
  rowKey: (row: Row) => string | number;
  columns: ReportColumn<Row>[];
  rows: Row[];
}

const MANY = 31;

/** The numbers of a report, row by row, and as a file. */
export function ReportTable<Row extends object>({ title, file, rowKey, columns, rows }: ReportTableProps<Row>) {
  const { t } = useTranslation("kit");
  const { language } = useRegion();
  const area = useRef<HTMLDivElement>(null);
  useKeyboardScroll(area, title);
  const show = (value: string | number | null) => (typeof value === "number" ? exactNumber(value, language) : (value ?? "—"));
  const save = () => {
    downloadCsv(file, [columns.map((column) => column.title), ...rows.map((row) => columns.map((column) => column.value(row)))]);
  };
  return (
    <Panel
      title={title}
      flush
      extra={<Button size="small" icon={<DownloadOutlined />} onClick={save} disabled={rows.length === 0}>{t("report.csv")}</Button>}
    >
      <div ref={area}>
        <Table<Row>
          aria-label={title}
          size="small"
          rowKey={rowKey}
          dataSource={rows}
          pagination={rows.length > MANY ? { pageSize: MANY, size: "small", showSizeChanger: false } : false}
          scroll={{ x: "max-content" }}
          columns={columns.map((column, index) => ({
            key: column.key,
            title: column.title,
            align: index === 0 ? "left" : "right",
            render: (_: unknown, row: Row) => column.render?.(row) ?? show(column.value(row)),
          }))}
        />
      </div>
    </Panel>
  );
}
