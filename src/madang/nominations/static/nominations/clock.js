// The deadline on the reader's own clock. Without this script the list of countries tells it.

for (const spot of document.querySelectorAll("[data-own-clock]")) {
  const moment = new Date(spot.dataset.ownClock);
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "full",
    timeStyle: "short",
    hourCycle: "h23",
  });
  spot.querySelector("output").textContent = format.format(moment);
  spot.hidden = false;
}
