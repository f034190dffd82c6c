import type { ContactDetail } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { DetailPage } from "@cove/kit/detail/DetailPage";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { useNeighbours } from "@cove/kit/list/ListOrder";
import { Slot } from "@cove/kit/slots/Slots";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation, useParams } from "react-router";

import { RecordHistory } from "../../../kernel/audit/embed/RecordHistory";
import { contactQuery } from "../api";
import { LostMark } from "../embed/LostMark";
import { Identities } from "../parts/Identities";
import { NextSteps } from "../parts/NextSteps";
import { NoteBox } from "../parts/NoteBox";
import { Owners } from "../parts/Owners";
import { Profile } from "../parts/Profile";
import { SamePerson } from "../parts/SamePerson";
import { Tags } from "../parts/Tags";
import styles from "./Detail.module.css";
import "../embed/slots";

function Who({ contact }: { contact: ContactDetail }) {
  return (
    <>
      <Profile contact={contact} />
      <Tags contact={contact} />
      <Owners contact={contact} />
      <Slot name="contact.profile" given={{ contactId: contact.id }} />
      <Identities contact={contact} />
      <SamePerson contact={contact} />
      <RecordHistory record="people_contact" id={contact.id} />
    </>
  );
}

function What({ contact }: { contact: ContactDetail }) {
  return <Slot name="contact.centre" given={{ contactId: contact.id }} waiting={<Panel><Waiting /></Panel>} />;
}

function Next({ contact }: { contact: ContactDetail }) {
  return (
    <>
      <Slot name="contact.next" given={{ contactId: contact.id }} />
      {contact.may.includes("people.write_note") && <NoteBox contactId={contact.id} />}
      <NextSteps contact={contact} />
      <Slot name="contact.privacy" given={{ contactId: contact.id, name: contact.name }} />
    </>
  );
}

export default function Detail() {
  const { t } = useTranslation("people");
  const id = Number(useParams().id);
  const { data: contact, error, refetch } = useQuery(contactQuery(id));
  const neighbours = useNeighbours(id, contact);
  const { search } = useLocation();
  // He was merged: his page is that of the one who stays.
  if (contact && contact.id !== id) return <Navigate to={`/people/contacts/${contact.id.toString()}${search}`} replace />;
  const title = contact ? (
    <span className={styles.title}>
      <PersonMark name={contact.name} picture={contact.avatar_url} size={28} />
      {contact.name}
      {contact.lost && <LostMark />}
    </span>
  ) : t("detail.title");
  return (
    <DetailDrawer parent="/people/contacts" title={title} neighbours={neighbours}>
      {!contact && (error
        ? <div className={styles.error}><ErrorNotice error={error} retry={() => void refetch()} /></div>
        : <Waiting />)}
      {contact && (
        <DetailPage
          key={contact.id}
          first="centre"
          left={{ key: "who", label: t("detail.profile"), content: <Who contact={contact} /> }}
          centre={{ key: "what", label: t("detail.timeline"), content: <What contact={contact} /> }}
          right={{ key: "next", label: t("detail.next"), content: <Next contact={contact} /> }}
        />
      )}
    </DetailDrawer>
  );
}
