/** The places that the organisation's pages offer to modules above. Panels of this module itself stand in `parts/memberPanels`. */
declare module "@cove/kit/slots/Slots" {
  interface Slots {
    /** On a member's page, under his details. */
    "member.panel": { memberId: number };
    /** Over the list of members: keeping in step with an outside directory. */
    "organisation.sync": Record<never, never>;
    /** Under the form of the sign-in page: other ways in. */
    "signIn.ways": Record<never, never>;
  }
}

export {};
