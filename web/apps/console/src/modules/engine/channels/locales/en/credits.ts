import type { Texts } from "@cove/kit/locales/texts";

import type { credits as zhCN } from "../zh-CN/credits";

export const credits: Texts<typeof zhCN> = {
  menu: "Credits",
  menuText: "How many text messages and mails may still be sent",
  title: "Credits",
  lead: "What is counted is paid for when it goes out; what did not go out after all comes back. Ask the installation's owner for more.",
  unlimited: "Unlimited",
  unlimitedText: "Nothing is counted; send as much as you like.",
  left: "Left",
  stillLeft: "Credits left: {{left}} {{unit}}",
  tooFew: "too few to send this",
  look: "See credits",
  low: "Little left",
  spentToday: "Used today",
  ofDay: "{{spent}} of {{most}}",
  warnBelow: "Warn below",
  movements: "In and out",
  none: "Nothing went in or out yet",
  what: { granted: "Put in", taken: "Taken away", spent: "Sent", returned: "Given back" },
  messages_one: "{{count}} message",
  messages_other: "{{count}} messages",
};
