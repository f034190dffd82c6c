import { ApiError } from "@cove/api/errors";

export interface FieldFault {
  name: (string | number)[];
  errors: string[];
}

/** Where the server's words about fields belong in the form: `members.0.weight` is the path of the field. */
export function fieldFaults(error: unknown): FieldFault[] {
  if (!(error instanceof ApiError)) return [];
  return Object.entries(error.fields).map(([path, words]) => ({
    name: path.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    errors: [words],
  }));
}
