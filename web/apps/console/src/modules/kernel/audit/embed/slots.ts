/** The places that the audit log offers to modules above. */
declare module "@cove/kit/slots/Slots" {
  interface Slots {
    /** In the filter bar: choose who did it. */
    "audit.memberFilter": { value: number | undefined; change: (id: number | undefined) => void };
  }
}

export {};
