import type { components } from "./schema";

type Schemas = components["schemas"];

export type Locale = Schemas["Locale"];
export type Session = Schemas["Session"];
export type Named = Schemas["Named"];
export type Member = Schemas["Member"];
export type Tag = Schemas["Tag"];
export type TagGroup = Schemas["TagGroup"];
export type Contact = Schemas["Contact"];
export type ContactDetail = Schemas["ContactDetail"];
export type ContactChange = Schemas["ContactChange"];
export type Utm = Schemas["Utm"];
export type TimelineItem = Schemas["TimelineItem"];
export type FactKind = Schemas["FactKind"];
export type LiveCode = Schemas["LiveCode"];
export type LiveCodeCreate = Schemas["LiveCodeCreate"];
export type CodeReport = Schemas["CodeReport"];
export type FunnelResult = Schemas["FunnelResult"];
export type FunnelQuery = Schemas["FunnelQuery"];
export type WecomChannel = Schemas["WecomChannel"];
export type WecomChange = Schemas["WecomChange"];
export type ChannelCheck = Schemas["ChannelCheck"];
export type TrackingSource = Schemas["TrackingSource"];
export type TrackingSourceCreate = Schemas["TrackingSourceCreate"];
export type Job = Schemas["Job"];
export type LogFailure = Schemas["LogFailure"];
export type SearchGroup = Schemas["SearchGroup"];
