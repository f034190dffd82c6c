import type { Member, MemberChange, MemberCreate } from "@cove/api/types";

export type MemberValues = Required<MemberCreate>;

export function valuesOf(member: Member): MemberValues {
  return {
    name: member.name,
    email: member.email ?? "",
    phone: member.phone,
    job_title: member.job_title,
    places: member.places.map((place) => ({ department_id: place.id, main: place.main, leads: place.leads })),
  };
}

/** Only what was changed: a masked phone that nobody touched must not be written back. */
export function changesOf(member: Member, values: MemberValues): MemberChange {
  const before = valuesOf(member);
  const places = values.places.map(({ department_id, main, leads }) => ({ department_id, main: Boolean(main), leads: Boolean(leads) }));
  const change: MemberChange = {};
  if (values.name !== before.name) change.name = values.name;
  if (values.email !== before.email) change.email = values.email;
  if (values.phone !== before.phone) change.phone = values.phone;
  if (values.job_title !== before.job_title) change.job_title = values.job_title;
  if (JSON.stringify(places) !== JSON.stringify(before.places)) change.places = places;
  return change;
}
