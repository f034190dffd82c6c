import { ContactPicker } from "../parts/ContactPicker";

/** One contact, found by name, company or phone, as a field of a form. */
export function ContactChoice({ onChange }: { onChange?: (id: number) => void }) {
  return <ContactPicker except={0} focused={false} onChange={(id) => { onChange?.(id); }} />;
}
