// The row of buttons above the line to write in (聊天工具栏).

/**
 * What is in the row of a chat. Each: {key, label, open(phone, chat), shows?(phone, chat)}: `label` may be a function,
 * `shows` says whether the button belongs into this chat. `chat` is the conversation as the phone's state has it
 * ({key, kind: "customer"|"group", person_id?, chat_id?, name}).
 */
export const toolbar = [];

/** The buttons that belong into a chat. */
export function buttonsFor(phone, chat) {
  return toolbar.filter((button) => !button.shows || button.shows(phone, chat));
}
