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

// What is kept for reading offline belongs to whoever is signed in: the worker learns who that is.
const { lang: language, dataset } = document.documentElement;
navigator.serviceWorker?.ready.then(({ active }) => {
  active.postMessage({ who: dataset.who ?? "", language, page: location.href });
});

// A form that could not be sent stays as it was, and says so.
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data !== "unsent") return;
  document.getElementById("unsent")?.remove();
  const notice = document.createElement("p");
  notice.id = "unsent";
  notice.className = "notice bad";
  notice.tabIndex = -1;
  notice.setAttribute("role", "alert");
  notice.textContent = document.querySelector("script[data-unsent]").dataset.unsent;
  document.getElementById("main").prepend(notice);
  notice.focus();
  for (const form of document.forms) delete form.dataset.sent;
});
navigator.serviceWorker?.startMessages();
