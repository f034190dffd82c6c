import { useQuery } from "@tanstack/react-query";

import { contactQuery, customerQuery, useNews, useSyncNow } from "../api";
import { useTexts, wordsOf } from "../texts";
import { Failed } from "./Failed";
import { Latest } from "./Latest";
import { Message } from "./Message";
import { Note } from "./Note";
import { Tags } from "./Tags";
import { Waiting } from "./Waiting";
import { Who } from "./Who";

/** The customer of the chat, or the offer to take him over where he is not known yet. */
export function Customer({ externalUserid }: { externalUserid: string }) {
  const { data: found, error, refetch } = useQuery(customerQuery(externalUserid));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!found) return <Waiting />;
  return found.contact_id === null ? <Unknown externalUserid={externalUserid} /> : <Known id={found.contact_id} />;
}

function Unknown({ externalUserid }: { externalUserid: string }) {
  const t = useTexts();
  const sync = useSyncNow(externalUserid);
  return (
    <Message
      title={t("unknown")} text={t("unknownText")} more={sync.error ? wordsOf(sync.error, t) : undefined}
      act={{ label: sync.isPending ? t("syncing") : t("syncNow"), run: () => { sync.mutate(); }, busy: sync.isPending }}
    />
  );
}

function Known({ id }: { id: number }) {
  const { data: contact, error, refetch } = useQuery(contactQuery(id));
  useNews(id);
  if (!contact) return error ? <Failed error={error} retry={() => void refetch()} /> : <Waiting />;
  const may = (operation: string) => contact.may.includes(operation);
  return (
    <>
      <Who contact={contact} />
      <Tags contact={contact} may={may("people.tag_contact")} />
      {may("people.write_note") && <Note contactId={contact.id} />}
      <Latest contactId={contact.id} mayDelete={may("people.write_note")} />
    </>
  );
}
