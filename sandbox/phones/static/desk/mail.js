// Times as the reader's clock has them, and the page anew when a mail has come.
const english = document.documentElement.lang === "en";
for (const time of document.querySelectorAll("time")) time.textContent = new Date(time.dateTime).toLocaleString(english ? "en" : "zh-CN");

const LOOK_EVERY_MS = 2000;
const newest = async () => (await (await fetch("/sandbox/api/mails")).json()).items[0]?.id ?? 0;
let known = await newest();
setInterval(async () => {
  const found = await newest().catch(() => known);
  if (found !== known) location.reload();
  known = found;
}, LOOK_EVERY_MS);

for (const button of document.querySelectorAll("[data-complain]")) {
  button.addEventListener("click", async () => {
    await fetch(`/sandbox/api/mails/${button.dataset.complain}/complain`, { method: "POST" });
    button.disabled = true;
  });
}
