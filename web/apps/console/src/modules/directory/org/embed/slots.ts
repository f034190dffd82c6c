/** The places that the organisation's pages offer to modules above. */
declare module "@cove/kit/slots/Slots" {
  interface Slots {
    /** Under the form of the sign-in page: other ways in. */
    "signIn.ways": Record<never, never>;
  }
}

export {};
