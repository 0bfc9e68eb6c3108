// Lets a workshop be read without a connection: keeps this page, offers to keep all of them and
// chosen materials, and says so when what is shown is an earlier copy.

const words = document.querySelector("script[data-since]").dataset;
const edition = location.pathname.match(/^\/workshops\/[^/]+\//)?.[0];

if ("serviceWorker" in navigator) start();

async function start() {
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  const assets = performance.getEntriesByType("resource")
    .map((entry) => new URL(entry.name))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"))
    .map((url) => url.pathname);
  if (navigator.onLine) {
    // What was loaded before the worker was there is in the browser's own cache: it costs no bytes.
    active.postMessage({ assets, pages: navigator.serviceWorker.controller ? [] : [location.pathname] });
  }
  showAge(active);
  window.addEventListener("offline", () => showAge(active));
  window.addEventListener("online", () => document.getElementById("offline")?.remove());
  if (edition) offerToKeep(active);
}

// --- An earlier copy is marked as one -----------------------------------------------------------
async function showAge(worker) {
  if (navigator.onLine || document.getElementById("offline")) return;
  const { when } = await ask(worker, { when: location.pathname });
  const notice = document.createElement("p");
  notice.id = "offline";
  notice.className = "notice warn";
  notice.setAttribute("role", "status");
  const moment = when && new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "medium", timeStyle: "short",
  }).format(new Date(when));
  notice.textContent = moment ? words.since.replace("{moment}", moment) : words.offline;
  document.getElementById("main").prepend(notice);
}

function ask(worker, message, progress) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      progress?.(data);
      if (!("total" in data) || data.done === data.total) resolve(data);
    };
    worker.postMessage(message, [port2]);
  });
}

// --- Keeping the whole week, and materials by choice --------------------------------------------
function offerToKeep(worker) {
  const place = document.querySelector("[data-keep]");
  if (!place) return;
  place.hidden = false;
  const state = place.querySelector("[role=status]");
  place.querySelector("button").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      const pages = await pagesOfWeek();
      const files = [...place.querySelectorAll("input:checked")].map((box) => box.value);
      const { failed } = await ask(worker, { pages, files }, ({ done, total }) => {
        state.textContent = place.dataset.keeping.replace("{done}", done).replace("{total}", total);
      });
      state.textContent = failed ? place.dataset.partly : place.dataset.kept;
    } catch {
      state.textContent = place.dataset.partly;
    }
    button.disabled = false;
  });
}

async function pagesOfWeek() {
  const programme = `${edition}programme/`;
  const answer = await fetch(programme);
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const links = [...found.querySelectorAll("main a, .section a")]
    .map((link) => new URL(link.getAttribute("href"), location.href))
    .filter((url) => url.pathname.startsWith(edition) && url.pathname.endsWith("/") && !url.search)
    .map((url) => url.pathname)
    .filter((path) => !path.includes("/versions/"));
  return [...new Set([edition, programme, ...links])];
}
