/** Under this key all that is read of the audit log is remembered. */
export const AUDIT_KEY = "audit";
