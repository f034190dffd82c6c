import {
  CheckCircleOutlined, DownloadOutlined, EditOutlined, EyeOutlined, FormOutlined, LinkOutlined, MessageOutlined, QrcodeOutlined, SwapOutlined, TagOutlined, ThunderboltOutlined,
  UserAddOutlined, UserDeleteOutlined, WarningOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

export type Tone = "quiet" | "good" | "waiting";

interface FactLook {
  icon: ReactNode;
  tone: Tone;
}

/** The look of a fact follows from the words of its kind, so that a new fact has one at once. The first match wins. */
const LOOKS: [RegExp, ReactNode, Tone][] = [
  [/page_/, <EyeOutlined key="EyeOutlined" />, "quiet"],
  [/download/, <DownloadOutlined key="DownloadOutlined" />, "quiet"],
  [/event_tracked/, <ThunderboltOutlined key="ThunderboltOutlined" />, "quiet"],
  [/missed|failed|refused/, <WarningOutlined key="WarningOutlined" />, "waiting"],
  [/lost|left|friend_removed|deleted/, <UserDeleteOutlined key="UserDeleteOutlined" />, "waiting"],
  [/tag/, <TagOutlined key="TagOutlined" />, "quiet"],
  [/added|friend|admitted|joined/, <UserAddOutlined key="UserAddOutlined" />, "good"],
  [/scan|visited|code/, <QrcodeOutlined key="QrcodeOutlined" />, "quiet"],
  [/welcom|message|sent/, <MessageOutlined key="MessageOutlined" />, "good"],
  [/note/, <EditOutlined key="EditOutlined" />, "quiet"],
  [/form|submitted/, <FormOutlined key="FormOutlined" />, "good"],
  [/click|link|outbound/, <LinkOutlined key="LinkOutlined" />, "quiet"],
  [/identif|merged|owner|changed/, <SwapOutlined key="SwapOutlined" />, "quiet"],
];

export function factLook(kind: string): FactLook {
  const found = LOOKS.find(([words]) => words.test(kind));
  return found ? { icon: found[1], tone: found[2] } : { icon: <CheckCircleOutlined />, tone: "quiet" };
}
