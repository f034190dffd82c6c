import { fieldFaults } from "@cove/kit/form/fieldErrors";
import type { FormInstance } from "antd";

/** Show the server's words at the fields they are about, and go to the first; tell whether there were any. */
export function showFaults<Values>(form: FormInstance<Values>, error: unknown, otherwise?: string): boolean {
  const faults = fieldFaults(error);
  form.setFields(faults as unknown as Parameters<typeof form.setFields>[0]);
  const first = faults[0]?.name ?? otherwise;
  if (first) form.focusField(first as Parameters<typeof form.focusField>[0]);
  return faults.length > 0;
}
