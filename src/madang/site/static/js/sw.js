// Reading without a connection: keeps what was visited, and what somebody chose to keep.
// Served as /sw.js. Pages come from the network while it answers, and are kept as they pass.

const PAGES = "pages-2"; // belong to one reader, as FILES do
const FILES = "files-2"; // materials, by choice only
const ASSETS = "assets-2"; // nobody's: what pages are drawn with, and the page for "no connection"
const OWNER = "owner-2"; // whose they are
const OFFLINE = "/offline/";
const PATIENCE = 4000; // milliseconds to wait for a poor line before showing what is kept
const LOOSELY = { ignoreVary: true }; // copies are one reader's, so no header tells them apart

self.addEventListener("install", (event) => {
  event.waitUntil(keep(ASSETS, OFFLINE).finally(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const ours = [PAGES, FILES, ASSETS, OWNER];
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
    if (navigates) event.respondWith(fetch(request).catch(() => notSent(event)));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(asset(request));
  } else if (url.pathname.startsWith("/files/")) {
    event.respondWith(fetch(request).catch(() => file(request, navigates)));
  } else if (navigates) {
    event.respondWith(page(event, isKeepable(url)));
  }
});

const isKeepable = (url) =>
  url.pathname === "/" || (url.pathname.startsWith("/workshops/") && url.pathname.endsWith("/"));

const find = (cacheName, request) => caches.match(request, { cacheName, ...LOOSELY });

async function page(event, keepable) {
  const owner = ownerNow();
  const fresh = fetch(event.request).then((response) => {
    if (keepable && response.ok && !response.redirected) {
      event.waitUntil(store(PAGES, event.request.url, response.clone(), owner));
    }
    return response;
  });
  fresh.catch(() => {}); // whoever awaits it below hears of it
  const earlier = keepable && (await find(PAGES, event.request));
  try {
    const response = await (earlier ? Promise.race([fresh, after(PATIENCE)]) : fresh);
    return earlier && response.status >= 500 ? earlier : response;
  } catch {
    return earlier || (await find(ASSETS, OFFLINE)) || Response.error();
  }
}

const after = (milliseconds) =>
  new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), milliseconds));

async function asset(request) {
  const found = await find(ASSETS, request);
  if (found) return found;
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    (await caches.open(ASSETS)).put(request, copy);
  }
  return response;
}

async function file(request, navigates) {
  const found = await find(FILES, request);
  return found || (navigates && (await find(ASSETS, OFFLINE))) || Response.error();
}

// The form stays where it is, with all that was typed in it, and its page says why.
async function notSent({ clientId }) {
  const client = clientId && (await self.clients.get(clientId));
  if (!client) return Response.redirect(`${OFFLINE}?unsent`, 303);
  client.postMessage("unsent");
  return new Response(null, { status: 204 });
}

// --- Keeping ------------------------------------------------------------------------------------
async function ownerNow() {
  return (await (await find(OWNER, "/"))?.text()) ?? "";
}

// Puts a copy into a cache. A page knows when it was made, and comes with what it is drawn with.
// What was asked for by one reader and comes when another is there is dropped.
async function store(cacheName, url, response, owner) {
  const { status, statusText, headers } = response;
  // What a device is not to hold, such as passport data, says so.
  if (headers.get("Cache-Control")?.includes("no-store")) return;
  let body;
  if (cacheName !== FILES) {
    const html = await response.text();
    const whose = html.match(/<html[^>]* data-who="(\w+)"/)?.[1] ?? "";
    if (url !== OFFLINE && whose !== (await ownerNow())) return;
    body = html.replace("<html", `<html data-kept="${new Date().toISOString()}"`);
    await Promise.all([...html.matchAll(/(?:href|src)="(\/static\/[^"#?]+)/g)].map(drawn));
  } else {
    body = await response.blob();
  }
  if ((await owner) !== (await ownerNow())) return;
  const cache = await caches.open(cacheName);
  await cache.put(url, new Response(body, { status, statusText, headers }));
}

// What was loaded before the worker was there is in the browser's own cache: it costs no bytes.
async function drawn([, path]) {
  const cache = await caches.open(ASSETS);
  if (!(await cache.match(path, LOOSELY))) await cache.add(path);
}

async function keep(cacheName, url) {
  const owner = ownerNow();
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok || response.redirected) return false;
  await store(cacheName, url, response, owner);
  return true;
}

// Everything kept belongs to whoever is signed in: for another reader nothing is there.
async function belongTo(who) {
  if ((await ownerNow()) === who) return false;
  await (await caches.open(OWNER)).put("/", new Response(who));
  await Promise.all([caches.delete(PAGES), caches.delete(FILES)]);
  return true;
}

// --- What pages ask for -------------------------------------------------------------------------
// { who, language, page }: whose page has just been opened; { pages, files }: to keep them, with
// answers { done, failed, total } on the way.
self.addEventListener("message", (event) => {
  const { who, language, page, pages = [], files = [] } = event.data;
  event.waitUntil((async () => {
    if (who !== undefined) return opened(who, language, new URL(page));
    const wanted = [...pages.map((url) => [PAGES, url]), ...files.map((url) => [FILES, url])];
    let done = 0, failed = 0;
    for (const [cacheName, url] of wanted) {
      if (!(await keep(cacheName, url).catch(() => false))) failed += 1;
      done += 1;
      event.ports[0].postMessage({ done, failed, total: wanted.length });
    }
  })());
});

async function opened(who, language, url) {
  try {
    const isOthers = await belongTo(who);
    if (isKeepable(url) && (isOthers || !(await find(PAGES, url.href)))) await keep(PAGES, url.href);
    const said = await (await find(ASSETS, OFFLINE))?.text();
    if (!said?.includes(`lang="${language}"`)) await keep(ASSETS, OFFLINE);
  } catch {
    // No line: what could not be kept now is kept when it is read again.
  }
}
