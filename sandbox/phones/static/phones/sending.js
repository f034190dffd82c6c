// What can be sent to customer service besides words: pictures, files, places, links, mini-programs and contact cards.
import { api } from "./api.js";
import { h } from "./dom.js";
import { form, sheet } from "./layers.js";
import { t } from "./texts.js";

// Where the first place that is offered lies: West Lake, Hangzhou.
const HERE = { latitude: "30.246", longitude: "120.150" };

/** The kinds that can be sent, in a sheet from below; `pickPicture` opens the album. */
export function sendMore(phone, chat, pickPicture) {
  const tell = (done) => done.catch((error) => phone.fail(error));
  const send = (kind, body) => tell(api.service(phone.id, chat.open_kfid, { kind, body }));
  const pickFile = () => {
    const picker = h("input", { type: "file", onchange: () => picker.files[0] && tell(api.serviceFile(phone.id, chat.open_kfid, picker.files[0])) });
    picker.click();
  };
  sheet(phone.glass, [
    { label: t("send.picture"), run: pickPicture },
    { label: t("send.file"), run: pickFile },
    { label: t("send.location"), run: () => form(phone.glass, place((body) => send("location", body))) },
    { label: t("send.link"), run: () => form(phone.glass, page((body) => send("link", body))) },
    { label: t("send.mini"), run: () => tell(chooseMini(phone, send)) },
    { label: t("send.card"), run: () => chooseFriend(phone, chat, send) },
  ]);
}

function place(run) {
  return {
    title: t("send.location"),
    yes: t("chat.send"),
    run,
    fields: [
      { name: "name", label: t("send.place") },
      { name: "address", label: t("send.address"), needed: true },
      { name: "latitude", label: t("send.latitude"), value: HERE.latitude, needed: true, type: "number" },
      { name: "longitude", label: t("send.longitude"), value: HERE.longitude, needed: true, type: "number" },
    ],
  };
}

function page(run) {
  return {
    title: t("send.link"),
    yes: t("chat.send"),
    run,
    fields: [
      { name: "url", label: t("send.url"), needed: true, type: "url" },
      { name: "title", label: t("send.title") },
    ],
  };
}

async function chooseMini(phone, send) {
  const { items } = await api.search(phone.id, "");
  const minis = items.filter((one) => one.type === "mini");
  if (!minis.length) return phone.toast(t("send.no_minis"));
  return sheet(phone.glass, minis.map((one) => ({ label: one.name, run: () => send("miniprogram", { app_id: one.app_id }) })));
}

function chooseFriend(phone, chat, send) {
  const corp = phone.state.chats.find((one) => one.key === chat.key)?.corp_id ?? chat.corp_id;
  const friends = phone.state.friends.filter((one) => one.corp_id === corp);
  if (!friends.length) return phone.toast(t("send.no_cards"));
  return sheet(phone.glass, friends.map((one) => ({ label: one.name, run: () => send("business_card", { userid: one.userid }) })));
}
