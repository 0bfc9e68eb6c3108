// What a group concludes: saved while it is typed, and again once the line is back. Without this
// script the buttons save.

const form = document.querySelector("form[data-notes]");
const status = document.getElementById("saved");
const WAIT = 1500; // milliseconds after the last key
const AGAIN = 15000; // and after an attempt without a connection

let timer = 0;
let underWay = null; // what is being saved now
let stopped = false;

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  if (stopped) return;
  if (underWay) {
    later(WAIT);
    return;
  }
  underWay = fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Draft": "1" },
  });
  try {
    const response = await underWay;
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw new Error();
    const told = await response.json();
    status.textContent = told.said;
    if (response.ok) {
      form.elements.version.value = told.version;
    } else {
      stopped = true;
      status.className = "notice warn";
    }
  } catch {
    status.textContent = form.dataset.unsaved;
    later(AGAIN);
  } finally {
    underWay = null;
  }
}

form.addEventListener("input", () => {
  if (!stopped) later(WAIT);
});
addEventListener("online", () => later(0));

// A button waits for what is under way, or it would meet its own change as somebody else's.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (!underWay) {
    stopped = true;
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  underWay.finally(() => setTimeout(() => form.requestSubmit(button), 50));
});
