/** The places that the organisation's pages offer to modules above. */
declare module "@cove/kit/slots/Slots" {
  interface Slots {
    /** Under the form of the sign-in page: other ways in. */
    "signIn.ways": Record<never, never>;
    /** The tab “notifications” of one's own account; without a filling there is no such tab. */
    "account.notifications": Record<never, never>;
  }
}

export {};
