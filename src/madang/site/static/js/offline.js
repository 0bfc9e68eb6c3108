// Lets a workshop be read without a connection: starts the worker, offers to keep the whole week
// and chosen materials, and says so when what is shown is an earlier copy.

const words = document.querySelector("script[data-since]").dataset;
const { lang, dataset } = document.documentElement;
const edition = location.pathname.match(/^\/workshops\/[^/]+\//)?.[0];

if ("serviceWorker" in navigator) start();

async function start() {
  showAge();
  addEventListener("offline", showAge);
  addEventListener("online", showAge);
  await navigator.serviceWorker.register("/sw.js");
  const { active } = await navigator.serviceWorker.ready;
  if (edition) offerToKeep(active);
}

// --- An earlier copy is marked as one -----------------------------------------------------------
function showAge() {
  document.getElementById("offline")?.remove();
  if (navigator.onLine && !dataset.kept) return;
  // In the demo, the moment by its own clock.
  const moment = new Date(words.now ?? dataset.kept ?? performance.timeOrigin);
  const told = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" }).format(moment);
  const notice = document.createElement("p");
  notice.id = "offline";
  notice.className = "notice warn";
  notice.setAttribute("role", "status");
  notice.textContent = (navigator.onLine ? words.slow : words.since).replace("{moment}", told);
  document.getElementById("main").prepend(notice);
}

// --- Keeping the whole week, and materials by choice --------------------------------------------
function offerToKeep(worker) {
  const place = document.querySelector("[data-keep]");
  if (!place) return;
  place.hidden = false;
  const state = place.querySelector("[role=status]");
  const button = place.querySelector("button");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const pages = await pagesOfWeek();
      const files = [...place.querySelectorAll("input:checked")].map((box) => box.value);
      const { failed } = await keep(worker, { pages, files }, ({ done, total }) => {
        state.textContent = place.dataset.keeping
          .replace("{done}", done.toLocaleString(lang)).replace("{total}", total.toLocaleString(lang));
      });
      state.textContent = failed ? place.dataset.partly : place.dataset.kept;
    } catch {
      state.textContent = place.dataset.partly;
    }
    button.disabled = false;
  });
}

function keep(worker, wanted, progress) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      progress(data);
      if (data.done === data.total) resolve(data);
    };
    worker.postMessage(wanted, [port2]);
  });
}

async function pagesOfWeek() {
  const programme = `${edition}programme/`;
  const answer = await fetch(programme);
  if (!answer.ok) throw new Error("no programme");
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const links = [...found.querySelectorAll("main a, .section a")]
    .map((link) => new URL(link.getAttribute("href"), location.href))
    .filter((url) => url.pathname.startsWith(edition) && url.pathname.endsWith("/") && !url.search)
    .filter((url) => !/\/(versions|export)\//.test(url.pathname))
    .map((url) => url.origin + url.pathname);
  const own = [edition, programme, location.pathname].map((path) => location.origin + path);
  return [...new Set([...own, ...links])];
}
