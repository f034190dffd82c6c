import { useMay } from "@cove/api/session";
import type { Member } from "@cove/api/types";

import { MemberSessions } from "../../embed/MemberSessions";

/** On a member's page: where he is signed in, for who may end that. */
export function SessionsOfMember({ member }: { member: Member }) {
  return useMay()("org.end_sessions") ? <MemberSessions memberId={member.id} /> : null;
}
