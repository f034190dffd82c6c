// How each kind of chat is spoken in: what writing does, what its name is, what lies behind the three dots.
import { api } from "./api.js";
import { groupScreen } from "./group.js";
import { accountScreen } from "./official.js";
import { profileScreen } from "./profile.js";
import { t } from "./texts.js";

const weixin = {
  say: (phone, chat, text) => api.act(phone.id, chat.app_id, "message", { text }),
  read: (phone, chat) => api.readOther(phone.id, chat.key),
  more: (phone, chat) => (chat.type === "official" ? accountScreen(phone, chat) : null),
  subtitle: (chat) => (chat.type === "mini" ? t("mini.mark") : ""),
};

const TALKS = {
  member: {
    say: (phone, chat, text) => api.say(phone.id, chat, text),
    read: (phone, chat) => api.read(phone.id, chat),
    more: (phone, chat) => profileScreen(phone, phone.state.friends.find((one) => one.key === chat.key) ?? chat),
    subtitle: (chat) => `@${chat.corp_name}`,
  },
  official: weixin,
  mini: weixin,
  notices: { say: null, read: weixin.read, more: () => null, subtitle: () => "" },
  group: {
    say: (phone, chat, text) => api.sayInGroup(phone.id, chat.chat_id, text),
    read: weixin.read,
    more: (phone, chat) => groupScreen(phone, chat),
    subtitle: () => "",
  },
  kf: {
    say: (phone, chat, text) => api.service(phone.id, chat.open_kfid, { text }),
    read: weixin.read,
    more: () => null,
    subtitle: (chat) => `${t("kf.subtitle")} @${chat.corp_name}`,
  },
};

/** What can be done in a chat: say (null where nobody can write), read, more, subtitle. */
export const talkOf = (chat) => TALKS[chat.type ?? "member"];

/** The name of a chat. */
export function titleOf(chat) {
  return chat.type === "notices" ? t("notices.name") : chat.name;
}

/** How many are in a group, behind its name, whatever of the name there is room for. */
export const countOf = (chat) => (chat.type === "group" ? t("group.count", { name: "", count: chat.members.length }) : "");
