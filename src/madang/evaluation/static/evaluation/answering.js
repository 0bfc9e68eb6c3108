// A form of an evaluation: hides what is not asked, and keeps what was chosen on this device until
// it is handed in. Nothing is sent before. Without this script each question says itself when it is
// asked.

const PREFIX = "madang-evaluation-";

const handedIn = document.querySelector("[data-handed-in]");
if (handedIn) forget(handedIn.dataset.handedIn);

const form = document.querySelector("form[data-evaluation]");
if (form) begin();

function forget(id) {
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // Where a browser keeps nothing there is nothing to forget.
  }
}

function begin() {
  const id = form.dataset.evaluation;
  const dependents = new Map(); // the field's element → the question before it, and its answers
  for (const input of form.querySelectorAll("[data-after]")) {
    const { after, values } = input.dataset;
    dependents.set(input.closest(".field"), { after, values: values.split(",") });
  }

  const answersTo = (name) => new FormData(form).getAll(name).map(String);

  function isAsked(field) {
    const condition = dependents.get(field);
    if (!condition) return true;
    const before = form.elements[condition.after];
    const element = (before instanceof RadioNodeList ? before[0] : before)?.closest(".field");
    return answersTo(condition.after).some((it) => condition.values.includes(it)) && isAsked(element);
  }

  function ask() {
    for (const field of dependents.keys()) field.hidden = !isAsked(field);
  }

  const chosen = () =>
    [...new FormData(form)].filter(([name, value]) => name.startsWith("q_") && value !== "");

  function keep() {
    try {
      localStorage.setItem(PREFIX + id, JSON.stringify(chosen()));
      form.ownerDocument.querySelector("[data-kept]").hidden = false;
    } catch {
      // A browser that keeps nothing still hands in.
    }
  }

  function bringBack() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(PREFIX + id));
    } catch {
      return;
    }
    if (!Array.isArray(kept) || chosen().length) return;
    for (const [name, value] of kept) {
      for (const input of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (input.type === "radio" || input.type === "checkbox") input.checked ||= input.value === value;
        else input.value = value;
      }
    }
    if (kept.length) document.querySelector("[data-kept]").hidden = false;
  }

  document.querySelector("[data-forget]").addEventListener("click", () => {
    forget(id);
    form.reset();
    ask();
    document.querySelector("[data-kept]").hidden = true;
  });
  form.addEventListener("input", keep);
  form.addEventListener("change", ask);
  bringBack();
  ask();
}
