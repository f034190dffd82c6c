import type { ThHTMLAttributes } from "react";

import { ResizeHandle } from "./ResizeHandle";

export interface HeaderCellProps extends ThHTMLAttributes<HTMLTableCellElement> {
  resizing?: { title: string; width: number; resize: (width: number) => void };
}

/** The head of a column, with the edge that sets its width. It is no part of the title, which the table draws a second time to measure. */
export function HeaderCell({ resizing, children, ...cell }: HeaderCellProps) {
  return (
    <th {...cell}>
      {children}
      {resizing && <ResizeHandle {...resizing} />}
    </th>
  );
}
