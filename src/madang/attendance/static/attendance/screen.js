// Renews the code on the room's screen in place, and shows how long it lasts. Where the line drops,
// what is shown stays, and it is tried again: without this file the page reloads itself.

const EVERY = 1000;
let left = seconds(document);

function seconds(page) {
  return Number(page.getElementById("screen").dataset.seconds);
}

async function tick() {
  left -= 1;
  const bar = document.querySelector("#screen progress");
  if (bar) bar.value = Math.max(left, 0);
  if (left > 0) return;
  left = 3; // tried again then, should this not succeed
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || !page.getElementById("screen")) return;
    document.getElementById("screen").replaceWith(page.getElementById("screen"));
    left = seconds(document);
  } catch {
    // No line: the next tick tries again.
  }
}

setInterval(tick, EVERY);
