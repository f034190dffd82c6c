import { Skeleton, Table, type TableProps } from "antd";
import type { Key, MouseEvent, ReactNode } from "react";
import { Link, useNavigate } from "react-router";

import { HeaderCell, type HeaderCellProps } from "./HeaderCell";
import styles from "./RowTable.module.css";
import type { Columns } from "./useColumns";

const HEADER_HEIGHT = 52;
const SKELETON_ROWS = 12;

interface RowTableProps<Row> {
  rows: Row[];
  loading: boolean;
  columns: Columns<Row>;
  href?: (id: number) => string;
  choose?: { chosen: Key[]; setChosen: (chosen: Key[]) => void };
  label: string;
  /** A bar stands above, so the upper corners are not round. */
  underBar: boolean;
}

/** Whether a click was meant for something within the row: a control, or the cell of its check box, which is easily missed by a little. */
function clickedOnControl(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest("a, button, input, label, .ant-table-selection-column") !== null;
}

function Waiting() {
  return (
    <div className={styles.waiting}>
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <Skeleton.Input key={index} active block size="small" />
      ))}
    </div>
  );
}

export function RowTable<Row extends { id: number }>({ rows, loading, columns, href, choose, label, underBar }: RowTableProps<Row>) {
  const navigate = useNavigate();
  if (loading) return <Waiting />;
  const shown = columns.all.filter((column) => column.shown);
  const cell = (render: (row: Row) => ReactNode, isFirst: boolean) => (_: unknown, row: Row) =>
    isFirst && href ? <Link to={href(row.id)} className={styles.first}>{render(row)}</Link> : render(row);
  const tableColumns: TableProps<Row>["columns"] = shown.map((column, index) => ({
    key: column.key,
    title: column.title,
    onHeaderCell: (): HeaderCellProps => ({
      resizing: { title: column.title, width: column.width, resize: (width) => { columns.resize(column.key, width); } },
    }),
    width: column.width,
    align: column.align,
    ellipsis: true,
    render: cell(column.render, index === 0),
  }));
  return (
    <Table<Row>
      aria-label={label}
      className={underBar ? `${styles.table} ${styles.under}` : styles.table}
      rowKey="id"
      size="small"
      tableLayout="fixed"
      components={{ header: { cell: HeaderCell } }}
      columns={tableColumns}
      dataSource={rows}
      pagination={false}
      sticky={{ offsetHeader: HEADER_HEIGHT }}
      scroll={{ x: shown.reduce((sum, column) => sum + column.width, 0) }}
      rowSelection={choose && { selectedRowKeys: choose.chosen, onChange: choose.setChosen }}
      onRow={(row) => ({
        className: href ? styles.row : undefined,
        onClick: (event) => {
          if (href && !clickedOnControl(event)) void navigate(href(row.id));
        },
      })}
    />
  );
}
