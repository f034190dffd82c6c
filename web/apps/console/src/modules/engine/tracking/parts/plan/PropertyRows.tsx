import { DeleteOutlined, DownOutlined, PlusOutlined, UpOutlined } from "@ant-design/icons";
import type { PlannedProperty } from "@cove/api/types";
import { Button, Checkbox, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./EventForm.module.css";

const TYPES = ["text", "number", "integer", "boolean", "time", "list", "object"] as const;
const NEW: PlannedProperty = { name: "", type: "text", required: false, choices: [], pattern: "", note: "" };
const MOST = 100;

type Change = (properties: PlannedProperty[], field: string) => void;

interface PropertyRowsProps {
  properties: PlannedProperty[];
  /** The server's words by field, such as `properties.0.name`. */
  faults: Record<string, string>;
  readOnly: boolean;
  change: Change;
}

/** The properties of an event, in the order in which they are shown everywhere. */
export function PropertyRows({ properties, faults, readOnly, change }: PropertyRowsProps) {
  const { t } = useTranslation("tracking");
  const swap = (from: number, to: number) => {
    const moved = [...properties];
    [moved[from], moved[to]] = [moved[to] ?? NEW, moved[from] ?? NEW];
    change(moved, "");
  };
  return (
    <div>
      {properties.length === 0 && <p className={styles.none}>{t("plan.editor.noProperties")}</p>}
      {properties.map((property, place) => (
        <PropertyRow
          // Properties have no other name than their place while they are being written.
          key={place.toString()} property={property} place={place} faults={faults} readOnly={readOnly}
          change={(part, field) => { change(properties.map((one, at) => at === place ? { ...one, ...part } : one), field && `${place.toString()}.${field}`); }}
          remove={() => { change(properties.filter((_, at) => at !== place), ""); }}
          up={place > 0 ? () => { swap(place, place - 1); } : undefined}
          down={place < properties.length - 1 ? () => { swap(place, place + 1); } : undefined}
        />
      ))}
      {faults.properties && <p className={styles.fault} role="alert">{faults.properties}</p>}
      {!readOnly && properties.length < MOST && (
        <Button className={styles.add} type="dashed" icon={<PlusOutlined />} onClick={() => { change([...properties, NEW], ""); }}>{t("plan.editor.addProperty")}</Button>
      )}
    </div>
  );
}

interface PropertyRowProps {
  property: PlannedProperty;
  place: number;
  faults: Record<string, string>;
  readOnly: boolean;
  change: (part: Partial<PlannedProperty>, field: string) => void;
  remove: () => void;
  up: (() => void) | undefined;
  down: (() => void) | undefined;
}

function PropertyRow({ property, place, faults, readOnly, change, remove, up, down }: PropertyRowProps) {
  const { t } = useTranslation("tracking");
  const fault = (field: string) => faults[`properties.${place.toString()}.${field}`];
  const status = (field: string) => fault(field) ? { status: "error" as const } : {};
  const words = (field: string) => fault(field) && <p className={styles.fault} role="alert">{fault(field)}</p>;
  const limited = property.type === "text" || property.type === "list";
  return (
    <div className={styles.property}>
      <div>
        <Input value={property.name} maxLength={100} disabled={readOnly} autoFocus={property.name === ""} aria-label={t("plan.editor.property")} placeholder={t("plan.editor.propertyHint")} {...status("name")}
          onChange={(event) => { change({ name: event.target.value }, "name"); }} />
        {words("name")}
      </div>
      <Select value={property.type} disabled={readOnly} aria-label={t("plan.editor.type")} options={TYPES.map((value) => ({ value, label: t(`plan.types.${value}`) }))}
        onChange={(type) => { change(type === "text" || type === "list" ? { type } : { type, choices: [], pattern: "" }, ""); }} />
      <Checkbox className={styles.required} checked={property.required} disabled={readOnly} onChange={(event) => { change({ required: event.target.checked }, ""); }}>{t("plan.editor.required")}</Checkbox>
      {readOnly ? <span /> : (
        <span className={styles.buttons}>
          <Button type="text" icon={<UpOutlined />} disabled={!up} onClick={up} aria-label={t("plan.editor.up")} title={t("plan.editor.up")} />
          <Button type="text" icon={<DownOutlined />} disabled={!down} onClick={down} aria-label={t("plan.editor.down")} title={t("plan.editor.down")} />
          <Button type="text" icon={<DeleteOutlined />} onClick={remove} aria-label={t("plan.editor.removeProperty", { name: property.name })} title={t("plan.editor.removeProperty", { name: property.name })} />
        </span>
      )}
      <div className={styles.limits}>
        <div>
          <Input value={property.note} maxLength={500} disabled={readOnly} aria-label={t("plan.editor.propertyNote")} placeholder={t("plan.editor.propertyNote")} {...status("note")} onChange={(event) => { change({ note: event.target.value }, "note"); }} />
          {words("note")}
        </div>
        {limited && (
          <div>
            <Select mode="tags" open={false} suffix={null} style={{ width: "100%" }} value={property.choices} disabled={readOnly} aria-label={t("plan.editor.choices")} title={t("plan.editor.choicesHint")} placeholder={t("plan.editor.choices")} {...status("choices")}
              onChange={(choices: string[]) => { change({ choices }, ""); }} />
            {words("choices")}
          </div>
        )}
        {limited && (
          <div>
            <Input value={property.pattern} maxLength={200} disabled={readOnly} aria-label={t("plan.editor.pattern")} title={t("plan.editor.patternHint")} placeholder={t("plan.editor.patternHint")} {...status("pattern")} onChange={(event) => { change({ pattern: event.target.value }, "pattern"); }} />
            {words("pattern")}
          </div>
        )}
      </div>
    </div>
  );
}
