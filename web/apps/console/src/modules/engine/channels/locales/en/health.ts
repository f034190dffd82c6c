/** Does each channel work. */
export const health = {
  menu: "Channel health",
  title: "Channel health",
  lead: "Channels in use are looked at every hour; administrators with the right are told when one breaks.",
  run: "Check now",
  examined: "Last check",
  never: "Not checked yet",
  level: { ok: "Works", warning: "Look at it", broken: "Broken", unknown: "Not checked" },
  open: "To the settings",
  since: "since",
  unused: "Not in use",
  unusedText: "Channels that are not in use are not looked at.",
};
