// The row of buttons above the line to write in (聊天工具栏).
import { webScreen } from "../phones/web.js";

/**
 * What is in the row of a chat. Each: {key, label, open(phone, chat), shows?(phone, chat)}: `label` may be a function,
 * `shows` says whether the button belongs into this chat. `chat` is the conversation as the phone's state has it
 * ({key, kind: "customer"|"group", person_id?, chat_id?, name}).
 */
export const toolbar = [];

/** The buttons that belong into a chat. */
export function buttonsFor(phone, chat) {
  return [...toolbar.filter((button) => !button.shows || button.shows(phone, chat)), ...pagesFor(phone, chat)];
}

/** The pages that the company's applications have beside chats with customers and in groups. */
function pagesFor(phone, chat) {
  const beside = { customer: { person_id: chat.person_id }, group: { chat_id: chat.chat_id } }[chat.kind];
  if (!beside) return [];
  return phone.state.toolbar.map((page) => ({
    key: `page-${page.id}`,
    label: page.name,
    open: async () => {
      try {
        phone.push(webScreen(phone, await phone.calls.beside(page.id, beside)));
      } catch (error) {
        phone.fail(error);
      }
    },
  }));
}
