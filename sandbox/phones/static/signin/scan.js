// The QR page: asks how things stand, and goes where it is told.
const code = document.querySelector(".code");
const said = document.querySelector(".said");
const over = document.querySelector(".over");

async function look() {
  const { status, location: away } = await (await fetch(`/wwlogin/poll/${code.dataset.key}`)).json();
  said.textContent = said.dataset[status];
  over.hidden = status === "waiting";
  over.classList.toggle("bad", status === "refused" || status === "expired");
  over.querySelector("b").textContent = said.dataset[status];
  if (away) location.replace(away);
  else if (status === "waiting" || status === "scanned") setTimeout(look, 700);
}

await look();
