// Drawings of the phones, 24 units unless said otherwise.

const line = (paths, width = 1.6) =>
  `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;
const solid = (paths) => `<svg viewBox="0 0 24 24" fill="currentColor">${paths}</svg>`;

const BUBBLE = "M12 3.5c5 0 9 3.4 9 7.7s-4 7.7-9 7.7c-1 0-2-.1-2.9-.4L5.6 20.4l.7-3.1C4.3 15.900 3 13.700 3 11.200c0-4.300 4-7.700 9-7.700Z";
const PEOPLE = "M9.500 11.600a3.900 3.900 0 1 0 0-7.800 3.900 3.900 0 0 0 0 7.800ZM2.500 19.700c0-3.600 3-5.700 7-5.700s7 2.100 7 5.700H2.500Z";
const COMPASS = "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Z";
const PERSON = "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20.300c0-3.800 3.300-6 7.500-6s7.500 2.200 7.500 6H4.500Z";

export const icons = {
  back: line('<path d="M15 4.500 7.500 12l7.500 7.500"/>', 1.9),
  close: line('<path d="m5.500 5.500 13 13M18.500 5.500l-13 13"/>', 1.9),
  more: solid('<circle cx="5" cy="12" r="1.700"/><circle cx="12" cy="12" r="1.700"/><circle cx="19" cy="12" r="1.700"/>'),
  chevron: '<svg viewBox="0 0 8 14" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linecap="round" stroke-linejoin="round"><path d="m1 1 6 6-6 6"/></svg>',
  chats: line(`<path d="${BUBBLE}"/>`),
  chatsOn: solid(`<path d="${BUBBLE}"/>`),
  contacts: line(`<path d="${PEOPLE}"/><path d="M15.500 4.500a3.600 3.600 0 0 1 0 6.800M18 14.300c2.300.8 3.600 2.700 3.600 5.100h-2.300"/>`),
  contactsOn: solid(`<path d="${PEOPLE}"/><path d="M15.200 4a4 4 0 0 1 0 7.600c.8-1 1.200-2.400 1.200-3.800s-.400-2.800-1.200-3.800Zm2.100 9.900c2.900.6 4.600 2.700 4.600 5.800h-3.600c0-2.400-.300-4.200-1-5.800Z"/>`),
  discover: line(`<path d="${COMPASS}"/><path d="m15.800 8.200-2.300 5.300-5.300 2.300 2.300-5.300 5.300-2.300Z"/>`),
  discoverOn: solid(`<path fill-rule="evenodd" d="${COMPASS}M16.300 7.700l-6.200 2.400-2.400 6.200 6.200-2.400 2.400-6.200Z"/>`),
  me: line(`<path d="${PERSON}"/>`),
  meOn: solid(`<path d="${PERSON}"/>`),
  scan: line('<path d="M4 8.500V5.500A1.500 1.500 0 0 1 5.500 4h3M15.500 4h3A1.500 1.500 0 0 1 20 5.500v3M20 15.500v3a1.500 1.500 0 0 1-1.500 1.500h-3M8.500 20h-3A1.500 1.500 0 0 1 4 18.500v-3M4.500 12h15"/>', 1.7),
  addPerson: line(`<path d="M10 11.500a3.800 3.800 0 1 0 0-7.600 3.800 3.800 0 0 0 0 7.600ZM3 19.800c0-3.500 3-5.600 7-5.600 1.500 0 2.900.3 4 .9M18 14v6M15 17h6"/>`, 1.8),
  page: line('<path d="M10 14a4.200 4.200 0 0 0 6 0l3-3a4.200 4.200 0 0 0-6-6l-1.200 1.200M14 10a4.200 4.200 0 0 0-6 0l-3 3a4.200 4.200 0 0 0 6 6l1.200-1.200"/>'),
  phone: line('<rect x="7" y="2.500" width="10" height="19" rx="2.200"/><path d="M11 18.700h2"/>'),
  plus: line('<path d="M12 5v14M5 12h14"/>'),
  globe: line('<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.800 2.600 4 5.600 4 9s-1.200 6.400-4 9c-2.800-2.600-4-5.600-4-9s1.200-6.400 4-9Z"/>'),
  settings: line('<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>'),
  group: solid('<path d="M8.200 11.300a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600ZM2 18.700c0-3.300 2.700-5.200 6.200-5.200s6.200 1.900 6.200 5.200H2ZM15.800 11.300a2.900 2.900 0 1 0-.9-5.600 5 5 0 0 1-.5 5.100c.4.3.9.5 1.400.5ZM15.400 13.500c1.800 1.100 2.800 2.900 2.800 5.200H22c0-3.100-2.500-5.200-6.600-5.200Z"/>'),
  official: solid('<path d="M9.500 11.800a3.900 3.900 0 1 0 0-7.800 3.900 3.900 0 0 0 0 7.800ZM2.500 20c0-3.700 3.100-5.800 7-5.800 1.600 0 3.100.4 4.300 1-.8.9-1.200 2-1.200 3.200 0 .6.100 1.100.3 1.600H2.500Z"/><path d="m18.300 13.400 1.300 2.700 2.900.4-2.100 2.100.5 2.900-2.600-1.400-2.600 1.400.5-2.900-2.100-2.100 2.900-.4 1.300-2.700Z"/>'),
  search: line('<circle cx="10.800" cy="10.800" r="6.300"/><path d="m15.500 15.500 5 5"/>', 1.8),
  moments: '<svg viewBox="0 0 24 24" fill="none" stroke-width="2.600"><path d="M12 3.500a8.500 8.500 0 0 1 6 2.500" stroke="#f5c344"/><path d="M18 6a8.500 8.500 0 0 1 2.500 6" stroke="#7fc24a"/><path d="M20.500 12a8.500 8.500 0 0 1-2.500 6" stroke="#3fae5a"/><path d="M18 18a8.500 8.500 0 0 1-6 2.500" stroke="#3d9be0"/><path d="M12 20.500A8.500 8.500 0 0 1 6 18" stroke="#5a6fd6"/><path d="M6 18a8.500 8.500 0 0 1-2.500-6" stroke="#a35ac8"/><path d="M3.500 12A8.500 8.500 0 0 1 6 6" stroke="#e0566b"/><path d="M6 6a8.500 8.500 0 0 1 6-2.500" stroke="#ef8a3c"/></svg>',
  mini: line('<path d="M8 11.600a3 3 0 1 0 4 2.800V9.600a3 3 0 1 1 4 2.800"/>', 2),
  more2: solid('<circle cx="8" cy="12" r="2"/><circle cx="16" cy="12" r="2"/>'),
  heart: line('<path d="M12 20s-7.500-4.600-7.500-10A4.200 4.200 0 0 1 12 7.400 4.200 4.200 0 0 1 19.500 10c0 5.400-7.500 10-7.500 10Z"/>', 1.7),
  words: line('<path d="M4.500 5.500h15v10.500h-8l-4 3.500v-3.500h-3V5.500Z"/>', 1.7),
  plusRound: line('<circle cx="12" cy="12" r="9.200"/><path d="M12 7.500v9M7.500 12h9"/>', 1.6),
  keyboard: line('<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.010M10.300 10h.010M13.700 10h.010M17 10h.010M8.500 14h7"/>', 1.6),
  lines: line('<path d="M5 8h14M5 12h14M5 16h14"/>', 1.7),
  play: solid('<path d="M8.500 6.200v11.600c0 .8.900 1.300 1.500.8l8.600-5.800a1 1 0 0 0 0-1.600L10 5.400c-.6-.5-1.500 0-1.500.8Z"/>'),
  voice: line('<path d="M6 9.500a4 4 0 0 1 0 5M9.500 6.800a8 8 0 0 1 0 10.400M13 4a12 12 0 0 1 0 16"/>', 2),
  file: solid('<path d="M6 2.500h8.500L20 8v12a1.500 1.500 0 0 1-1.500 1.500h-12A1.500 1.500 0 0 1 5 20V4a1.500 1.500 0 0 1 1-1.500Z" opacity=".9"/>'),
  target: solid('<circle cx="12" cy="12" r="3.400"/><path fill-rule="evenodd" d="M12 4.200a7.800 7.800 0 1 1 0 15.600 7.800 7.800 0 0 1 0-15.600Zm0 1.900a5.900 5.900 0 1 0 0 11.800 5.900 5.900 0 0 0 0-11.800Z"/>'),
  pin: line('<path d="M12 21s6.800-6 6.800-11.200A6.800 6.800 0 0 0 5.200 9.800C5.200 15 12 21 12 21Z"/><circle cx="12" cy="9.800" r="2.500"/>', 1.7),
  tick: line('<path d="m5 12.500 4.500 4.500L19 7.500"/>', 3.4),
  status: '<svg viewBox="0 0 70 12" fill="currentColor"><rect x="0" y="7.500" width="3" height="4.500" rx=".8"/><rect x="4.700" y="5" width="3" height="7" rx=".8"/><rect x="9.400" y="2.500" width="3" height="9.500" rx=".8"/><rect x="14.100" y="0" width="3" height="12" rx=".8"/><path d="M30.500 2.600c2.200 0 4.200.9 5.700 2.300l1.100-1.200A9.900 9.900 0 0 0 30.500 1a9.900 9.900 0 0 0-6.800 2.700l1.100 1.200a8.200 8.200 0 0 1 5.700-2.300Zm0 3.700c1.200 0 2.300.5 3.200 1.200l1.100-1.200a6.300 6.300 0 0 0-8.600 0l1.100 1.200c.9-.7 2-1.200 3.200-1.200Zm0 3.400L28.700 9a2.600 2.600 0 0 1 3.600 0l-1.800 2.200Z"/><rect x="44.500" y=".5" width="21" height="11" rx="3.200" fill="none" stroke="currentColor" stroke-opacity=".4"/><rect x="46" y="2" width="18" height="8" rx="2"/><path d="M67 4v4c.9-.3 1.500-1.100 1.500-2S67.900 4.300 67 4Z" opacity=".5"/></svg>',
};
