// Drawings of members' phones, 24 units.

const line = (paths, width = 1.6) =>
  `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;
const solid = (paths) => `<svg viewBox="0 0 24 24" fill="currentColor">${paths}</svg>`;

const BUBBLE = "M12 3.6c5 0 9 3.300 9 7.500s-4 7.500-9 7.500c-.9 0-1.800-.1-2.600-.3L5.700 20.300l.6-3C4.300 15.900 3 13.600 3 11.100c0-4.200 4-7.500 9-7.500Z";
const HEART = "M12 20.200 4.600 13a4.700 4.700 0 0 1 6.600-6.700l.8.8.8-.8a4.700 4.700 0 0 1 6.600 6.700L12 20.200Z";
const PERSON = "M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20.300c0-3.800 3.300-6 7.500-6s7.500 2.200 7.500 6H4.500Z";
const GRID = ["M4 4h6.500v6.500H4z", "M13.500 4H20v6.500h-6.500z", "M4 13.500h6.500V20H4z"];
const DISC = "M16.750 13.300a3.450 3.450 0 1 1 0 6.900 3.450 3.450 0 0 1 0-6.900Z";

export const icons = {
  messages: line(`<path d="${BUBBLE}"/>`),
  messagesOn: solid(`<path d="${BUBBLE}"/>`),
  customers: line(`<path d="${HEART}"/>`),
  customersOn: solid(`<path d="${HEART}"/>`),
  workbench: line(`<path d="${GRID.join("")}" stroke-linejoin="round"/><path d="${DISC}"/>`),
  workbenchOn: solid(`<path d="${GRID.join("")}${DISC}"/>`),
  me: line(`<path d="${PERSON}"/>`),
  meOn: solid(`<path d="${PERSON}"/>`),
  search: line('<circle cx="10.500" cy="10.500" r="6"/><path d="m15 15 5 5"/>', 1.8),
  picture: line('<rect x="3.500" y="5" width="17" height="14" rx="2.200"/><circle cx="8.500" cy="10" r="1.600"/><path d="m4.500 17.500 4.800-4.600 3 2.800 4-4.200 4 4"/>'),
  file: line('<path d="M7 3.500h7l4 4v13H7zM14 3.500v4h4"/>'),
  group: line('<circle cx="9" cy="9" r="3.200"/><path d="M3 19c0-3 2.700-4.900 6-4.900s6 1.900 6 4.900M15.500 6.200a3.200 3.200 0 0 1 0 5.700M17.500 14.500c2.100.7 3.500 2.300 3.500 4.500"/>'),
  app: line('<rect x="4.500" y="4.500" width="15" height="15" rx="4"/><path d="M9 12h6M12 9v6"/>'),
  screen: line('<rect x="3" y="4.500" width="18" height="12" rx="2"/><path d="M8.500 20h7M12 16.500V20"/>'),
  bell: line('<path d="M6 16.500V11a6 6 0 1 1 12 0v5.500l1.500 2h-15zM10 20.500h4"/>'),
  send: line('<path d="m4 11.500 16-7-5.500 16-3-6.500z"/>'),
  moment: line('<circle cx="12" cy="12" r="3"/><path d="M12 3v6M12 15v6M3 12h6M15 12h6M5.600 5.600l4.300 4.300M14.100 14.100l4.300 4.300M18.400 5.600l-4.300 4.300M9.900 14.100l-4.300 4.300"/>'),
  headset: line('<path d="M4.500 14v-2a7.500 7.500 0 0 1 15 0v2M4.500 13.500h2.500v5H5.500a1 1 0 0 1-1-1zM19.500 13.500H17v5h1.500a1 1 0 0 0 1-1zM17 18.500c0 1.500-2 2.500-4 2.500"/>'),
};
