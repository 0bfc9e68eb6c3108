// Small kindnesses that every page works without.

// On a narrow screen a row of links scrolls sideways: bring the one we are on into view.
for (const here of document.querySelectorAll("nav [aria-current], .demo [aria-pressed]")) {
  const row = here.parentElement;
  if (row.scrollWidth > row.clientWidth) {
    here.scrollIntoView({ block: "nearest", inline: "center" });
  }
}

// A form that came back with errors: go to the list of them.
document.querySelector("[method=post] > .errors")?.focus();

// A second click on the button of a form that is already on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});

// What was kept for reading offline belongs to whoever was signed in: another person finds nothing.
const who = document.documentElement.dataset.who ?? "";
if (globalThis.caches && (localStorage.getItem("who") ?? "") !== who) {
  localStorage.setItem("who", who);
  caches.delete("pages-1");
  caches.delete("files-1");
}
