import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import styles from "./ColumnPicker.module.css";
import type { Columns } from "./useColumns";

/** Choose and order columns: by dragging, or with the arrows by keyboard. The first one always stays. */
function Choices<Row>({ columns }: { columns: Columns<Row> }) {
  const { t } = useTranslation("kit");
  const [dragged, setDragged] = useState<string>();
  return (
    <div className={styles.panel}>
      <ul>
        {columns.all.map((column, index) => (
          <li
            key={column.key}
            className={styles.row}
            draggable={index > 0}
            onDragStart={() => { setDragged(column.key); }}
            onDragOver={(event) => { if (index > 0) event.preventDefault(); }}
            onDrop={() => { if (dragged) columns.move(dragged, index); }}
          >
            <HolderOutlined className={styles.handle} aria-hidden />
            <Checkbox
              checked={column.shown}
              disabled={index === 0}
              onChange={(event) => { columns.show(column.key, event.target.checked); }}
            >
              {column.title}
            </Checkbox>
            <span className={styles.arrows}>
              <Button
                type="text" size="small" icon={<ArrowUpOutlined />} disabled={index < 2}
                aria-label={t("list.moveUp", { name: column.title })}
                onClick={() => { columns.move(column.key, index - 1); }}
              />
              <Button
                type="text" size="small" icon={<ArrowDownOutlined />} disabled={index === 0 || index === columns.all.length - 1}
                aria-label={t("list.moveDown", { name: column.title })}
                onClick={() => { columns.move(column.key, index + 1); }}
              />
            </span>
          </li>
        ))}
      </ul>
      <Button type="link" size="small" onClick={columns.reset}>{t("list.resetColumns")}</Button>
    </div>
  );
}

export function ColumnPicker<Row>({ columns }: { columns: Columns<Row> }) {
  const { t } = useTranslation("kit");
  return (
    <Popover trigger="click" placement="bottomRight" content={<Choices columns={columns} />}>
      <Button type="text" icon={<SettingOutlined />} aria-label={t("list.columns")} title={t("list.columns")} />
    </Popover>
  );
}
