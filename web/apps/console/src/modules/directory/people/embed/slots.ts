import type { UrlState } from "@cove/kit/list/useUrlState";

/** The places that contacts' pages offer to modules above. */
declare module "@cove/kit/slots/Slots" {
  interface Slots {
    /** The centre of a contact's page: what happened. */
    "contact.centre": { contactId: number };
    /** Under who he is: where it all began. */
    "contact.profile": { contactId: number };
    /** Beside what happened: what he allows, and what becomes of his data. */
    "contact.privacy": { contactId: number; name: string };
    /** Over what one does next: what one should know first. */
    "contact.next": { contactId: number };
    /** In the list's filter bar: choose a code that contacts came by. */
    "contacts.codeFilter": { value: number | undefined; change: (id: number | undefined) => void };
    /** Above the list: what can be sent to those whom it shows. */
    "contacts.reach": { filters: UrlState };
  }
}
