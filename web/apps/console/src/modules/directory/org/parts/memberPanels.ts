import type { Member } from "@cove/api/types";
import type { ComponentType } from "react";

import MemberLeaving from "../embed/MemberLeaving";
import { SessionsOfMember } from "./account/SessionsOfMember";
import { RolesPanel } from "./rights/RolesPanel";

export interface MemberPanelProps {
  member: Member;
}

/** What stands on a member's page under his details, in this order; each shows nothing to whoever may not see it. */
export const memberPanels: ComponentType<MemberPanelProps>[] = [RolesPanel, SessionsOfMember, MemberLeaving];
