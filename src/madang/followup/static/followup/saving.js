// A form that is saved while it is typed: data-saving, and data-unsaved for when the line is down.
// Without this script its buttons save.

const form = document.querySelector("form[data-saving]");
const status = document.getElementById("saved");
const WAIT = 1500; // milliseconds after the last key

let timer = 0;
let underWay = null; // what is being saved now
let stopped = false;

// Files go with a button: otherwise they would be sent again with every word.
function typed() {
  const body = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
  return body;
}

async function save() {
  timer = 0;
  if (stopped || underWay) return;
  underWay = fetch(form.action, { method: "POST", body: typed(), headers: { "X-Draft": "1" } });
  try {
    const response = await underWay;
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw new Error();
    const told = await response.json();
    status.textContent = told.said;
    if (!response.ok) {
      stopped = true;
      status.className = "notice warn";
      return;
    }
    form.elements.version.value = told.version;
  } catch {
    status.textContent = form.dataset.unsaved;
  } finally {
    underWay = null;
  }
}

form.addEventListener("input", () => {
  if (stopped) return;
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
});

// A button waits for what is under way, or it would meet its own change as another device's.
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
