// Times as the reader's clock has them, and the page anew when a message has come, unless an answer is being written.
const english = document.documentElement.lang === "en";
for (const time of document.querySelectorAll("time")) time.textContent = new Date(time.dateTime).toLocaleString(english ? "en" : "zh-CN");

const LOOK_EVERY_MS = 2000;
const newest = async () => (await (await fetch("/sandbox/api/sms/messages")).json()).items[0]?.id ?? 0;
let known = await newest();
setInterval(async () => {
  const found = await newest().catch(() => known);
  if (found !== known && !document.querySelector("input[name=text]")?.value) location.reload();
  known = found;
}, LOOK_EVERY_MS);
