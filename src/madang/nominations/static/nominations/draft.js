// A nomination's form: hides what is not asked, and saves the draft while it is typed. Without this
// script each question says itself when it is asked, and the buttons save.

const form = document.querySelector("form[data-nomination]");
const status = document.getElementById("saved");
const WAIT = 1500; // milliseconds after the last key

// --- Questions that are asked only after an answer ----------------------------------------------
const dependents = new Map(); // the field's element → the question before it, and its answer
for (const input of form.querySelectorAll("[data-after]")) {
  const { after, value } = input.dataset;
  dependents.set(input.closest(".field"), { after, value });
}

const answersTo = (name) => new FormData(form).getAll(name).map(String);

function isAsked(field) {
  const condition = dependents.get(field);
  if (!condition) return true;
  const before = form.elements[condition.after];
  const element = (before instanceof RadioNodeList ? before[0] : before)?.closest(".field");
  return answersTo(condition.after).includes(condition.value) && isAsked(element);
}

function ask() {
  for (const field of dependents.keys()) field.hidden = !isAsked(field);
}

form.addEventListener("change", ask);
ask();

// --- Saving as it is typed ----------------------------------------------------------------------
let timer = 0;
let underWay = null; // what is being saved now
let stopped = !("draft" in form.dataset);

function version(value) {
  let field = form.elements.version;
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "version";
    form.append(field);
  }
  field.value = value;
}

async function save() {
  timer = 0;
  if (stopped || underWay) return;
  const body = new FormData(form);
  if (!body.get("name")?.trim()) return;
  underWay = fetch(form.action, { method: "POST", body, headers: { "X-Draft": "1" } });
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
    version(told.version);
    if (new URL(told.url, location.href).href !== form.action) {
      form.action = told.url;
      history.replaceState(null, "", told.url);
    }
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
