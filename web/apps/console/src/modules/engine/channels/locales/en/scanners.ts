/** Who came by a code of an official account. */
export const scanners = {
  open: "Who scanned",
  title: "Who scanned “{{name}}”",
  who: "Name",
  followed: "Followed by it",
  yes: "Yes",
  times: "Scans as a follower",
  last: "Last time",
  nobody: "Nobody has scanned it yet; whoever does is here within seconds",
  hidden: "Not within your rights",
};
