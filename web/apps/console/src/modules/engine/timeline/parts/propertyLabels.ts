/** What facts tell about themselves, beside their caption; what is not listed is for programs (ids, codes). */
export const propertyLabels = {
  url: "property.url",
  title: "property.title",
  referrer: "property.referrer",
  utm_source: "property.source",
  utm_medium: "property.medium",
  utm_campaign: "property.campaign",
  utm_content: "property.content",
  utm_term: "property.term",
  text: "property.text",
  seconds: "property.seconds",
  depth: "property.depth",
  element: "property.element",
  href: "property.href",
  form: "property.form",
  account: "property.account",
  user_id: "property.userId",
  remark: "property.remark",
  tag_names: "property.tags",
  code_name: "property.codeName",
  member_name: "property.memberName",
  event: "property.event",
  user_agent: "property.device",
  address: "property.address",
} as const;

export type PropertyKey = keyof typeof propertyLabels;
