// Reading without a connection: keeps what was visited, and what somebody chose to keep.
// Served as /sw.js. Pages come from the network while it answers, and are kept as they pass.

const PAGES = "pages-1";
const ASSETS = "assets-1";
const FILES = "files-1"; // materials, by choice only
const OFFLINE = "/offline/";
const PATIENCE = 4000; // milliseconds to wait for a poor line before showing what is kept
const KEPT_AT = "x-kept-at";

self.addEventListener("install", (event) => {
  event.waitUntil(keep(PAGES, OFFLINE).finally(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const ours = [PAGES, ASSETS, FILES];
    for (const name of await caches.keys()) if (!ours.includes(name)) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const navigates = request.mode === "navigate";
  if (request.method !== "GET") {
    if (navigates) event.respondWith(fetch(request).catch(() => notSent()));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(asset(request));
  } else if (url.pathname.startsWith("/files/")) {
    event.respondWith(fetch(request).catch(() => kept(FILES, request)));
  } else if (navigates) {
    event.respondWith(page(event, isKeepable(url)));
  }
});

const isKeepable = (url) =>
  url.pathname === "/" || (url.pathname.startsWith("/workshops/") && url.pathname.endsWith("/"));

async function page(event, keepable) {
  const fresh = fetch(event.request).then((response) => {
    if (keepable && response.ok && !response.redirected) {
      event.waitUntil(store(PAGES, event.request, response.clone()));
    }
    return response;
  });
  fresh.catch(() => {}); // whoever awaits it below hears of it
  const earlier = keepable && (await caches.match(event.request, { cacheName: PAGES }));
  try {
    return await (earlier ? Promise.race([fresh, after(PATIENCE)]) : fresh);
  } catch {
    return earlier || (await caches.match(OFFLINE)) || Response.error();
  }
}

const after = (milliseconds) =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), milliseconds));

async function asset(request) {
  const found = await caches.match(request, { cacheName: ASSETS });
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) (await caches.open(ASSETS)).put(request, response.clone());
  return response;
}

async function kept(cacheName, request) {
  return (await caches.match(request, { cacheName })) || Response.error();
}

async function notSent() {
  return Response.redirect(`${OFFLINE}?unsent`, 303);
}

// A copy that knows when it was made.
async function store(cacheName, request, response) {
  const headers = new Headers(response.headers);
  headers.set(KEPT_AT, new Date().toISOString());
  const { status, statusText } = response;
  const copy = new Response(await response.blob(), { status, statusText, headers });
  await (await caches.open(cacheName)).put(request, copy);
}

async function keep(cacheName, url) {
  const response = await fetch(url, { credentials: "same-origin" });
  if (response.ok && !response.redirected) await store(cacheName, url, response);
  return response.ok;
}

// What pages ask for: { pages, assets, files } to keep, `when` something was kept, `drop` a file.
self.addEventListener("message", (event) => {
  const { pages = [], assets = [], files = [], when, drop } = event.data;
  const reply = (answer) => event.ports[0]?.postMessage(answer);
  event.waitUntil((async () => {
    if (when) {
      const found = await caches.match(when, { ignoreSearch: false });
      return reply({ when: found?.headers.get(KEPT_AT) ?? null });
    }
    if (drop) return reply({ done: await (await caches.open(FILES)).delete(drop) });
    const wanted = [
      ...assets.map((url) => [ASSETS, url]), ...pages.map((url) => [PAGES, url]),
      ...files.map((url) => [FILES, url]),
    ];
    let done = 0, failed = 0;
    for (const [cacheName, url] of wanted) {
      const there = cacheName === ASSETS && (await caches.match(url, { cacheName }));
      try {
        if (!there && !(await keep(cacheName, url))) failed += 1;
      } catch {
        failed += 1;
      }
      done += 1;
      reply({ done, failed, total: wanted.length });
    }
  })());
});
