// Marks what is on now in a list of sessions. The server sends pages that are the same all week;
// the moment is the reader's. In the demo the clock runs `data-ahead` seconds before the machine's.
const script = document.querySelector("script[data-now]");
const ahead = Number(script.dataset.ahead ?? 0) * 1000;

// “09:00” of a section's day, in its zone, as milliseconds.
const moment = (section, time) => Date.parse(`${section.dataset.day}T${time.dateTime}${section.dataset.zone}`);

function mark() {
  const now = Date.now() + ahead;
  for (const section of document.querySelectorAll("[data-day]")) {
    for (const slot of section.querySelectorAll("li:not(.gone)")) {
      const [start, end] = slot.querySelectorAll("time");
      const from = moment(section, start);
      let to = moment(section, end);
      if (to <= from) to += 24 * 3600 * 1000;
      const on = from <= now && now < to;
      if (on === slot.classList.contains("now")) continue;
      slot.classList.toggle("now", on);
      slot.querySelector(".chip.now")?.remove();
      if (on) {
        const chip = document.createElement("span");
        chip.className = "chip now";
        chip.textContent = script.dataset.now;
        slot.querySelector("p").prepend(chip, " ");
      }
    }
  }
}

mark();
setInterval(mark, 30_000);
document.addEventListener("visibilitychange", mark);
