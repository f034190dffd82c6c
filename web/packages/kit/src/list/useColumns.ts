import type { ReactNode } from "react";

import { useKept } from "../region/Region";

export interface Column<Row> {
  key: string;
  title: string;
  width: number;
  align?: "right";
  /** Shown only when the reader asks for it. */
  optional?: boolean;
  render: (row: Row) => ReactNode;
}

interface Arrangement {
  order: string[];
  shown: Record<string, boolean>;
  widths: Record<string, number>;
}

const NOTHING: Arrangement = { order: [], shown: {}, widths: {} };
const LEAST_WIDTH = 72;

export interface ArrangedColumn<Row> extends Column<Row> {
  shown: boolean;
}

export interface Columns<Row> {
  all: ArrangedColumn<Row>[];
  show: (key: string, shown: boolean) => void;
  move: (key: string, to: number) => void;
  resize: (key: string, width: number) => void;
  reset: () => void;
}

/** The member's own choice, order and width of columns, kept in this browser. New columns join at their own place. */
export function useColumns<Row>(list: string, columns: Column<Row>[]): Columns<Row> {
  const [kept, keep] = useKept<Arrangement>(`columns.${list}`, NOTHING);
  const place = (column: Column<Row>, index: number) => {
    const position = kept.order.indexOf(column.key);
    return position < 0 ? index - 0.5 : position;
  };
  const all = columns
    .map((column, index) => ({ column, place: place(column, index) }))
    .sort((one, other) => one.place - other.place)
    .map(({ column }) => ({
      ...column,
      width: kept.widths[column.key] ?? column.width,
      shown: kept.shown[column.key] ?? !column.optional,
    }));
  return {
    all,
    show: (key, shown) => { keep({ ...kept, shown: { ...kept.shown, [key]: shown } }); },
    move: (key, to) => {
      const order = all.map((column) => column.key).filter((each) => each !== key);
      order.splice(to, 0, key);
      keep({ ...kept, order });
    },
    resize: (key, width) => { keep({ ...kept, widths: { ...kept.widths, [key]: Math.max(LEAST_WIDTH, Math.round(width)) } }); },
    reset: () => { keep(NOTHING); },
  };
}
