// The page for "no connection": lists what is kept on this device, with the moment of each copy.

document.getElementById("unsent").hidden = location.search !== "?unsent";
const { lang } = document.documentElement;
const format = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" });
const cache = await caches.open("pages-2");
const items = [];
for (const request of await cache.keys()) {
  const { pathname, search } = new URL(request.url);
  const html = await (await cache.match(request)).text();
  const page = new DOMParser().parseFromString(html, "text/html");
  const link = document.createElement("a");
  link.href = pathname + search;
  link.textContent = page.title;
  link.lang = page.documentElement.lang;
  const when = document.createElement("small");
  when.textContent = format.format(new Date(page.documentElement.dataset.kept));
  const item = document.createElement("li");
  item.append(link, " ", when);
  items.push(item);
}
items.sort((one, other) => one.textContent.localeCompare(other.textContent, lang));
document.getElementById("kept").append(...items);
document.getElementById("nothing").hidden = items.length > 0;
