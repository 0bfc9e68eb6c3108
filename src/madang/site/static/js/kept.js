// The page for "no connection": lists what is kept on this device.

document.getElementById("unsent").hidden = location.search !== "?unsent";
const list = document.getElementById("kept");
const cache = await caches.open("pages-1");
for (const request of await cache.keys()) {
  const { pathname } = new URL(request.url);
  if (pathname === location.pathname) continue;
  const html = await (await cache.match(request)).text();
  const found = new DOMParser().parseFromString(html, "text/html");
  const link = document.createElement("a");
  link.href = pathname;
  link.textContent = found.title;
  link.lang = found.documentElement.lang;
  const item = document.createElement("li");
  item.append(link);
  list.append(item);
}
