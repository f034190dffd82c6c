import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["SessionAnswer"];
export type Locale = Schemas["SessionChange"]["locale"];
export type Named = Schemas["NamedId"];
export type Member = Schemas["MemberAnswer"];
export type Tag = Schemas["TagAnswer"];
export type TagGroup = Schemas["TagGroupAnswer"];
export type Contact = Schemas["ContactAnswer"];
export type ContactDetail = Schemas["ContactDetailAnswer"];
export type ContactChange = Schemas["ContactChange"];
export type Utm = Schemas["Utm"];
export type TimelineItem = Schemas["HappeningAnswer"];
export type FactKind = Schemas["FactKindAnswer"];
export type LiveCode = Schemas["LiveCodeAnswer"];
export type LiveCodeCreate = Schemas["NewLiveCode"];
export type CodeReport = Schemas["ReportAnswer"];
export type FunnelResult = Schemas["FunnelAnswer"];
export type WecomChannel = Schemas["WecomChannel"];
export type WecomChange = Schemas["WecomChange"];
export type ChannelCheck = Schemas["ChannelCheck"];
export type TrackingSource = Schemas["TrackingSourceAnswer"];
export type TrackingSourceCreate = Schemas["NewSource"];
export type Job = Schemas["JobAnswer"];
export type LogFailure = Schemas["FailureAnswer"];
