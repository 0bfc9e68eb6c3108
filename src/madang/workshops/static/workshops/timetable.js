// The timetable editor: lays a day out by rooms, and lets sessions be moved by mouse, finger or keys.
// Every move is sent as the form of the page "Place a session"; without this script that page does.

const GRID = 5; // minutes
const REM_PER_MINUTE = 0.1;
const LANE = 9; // rem, at least; an empty one does with less
const EMPTY_LANE = 6;
const SHORTEST = 15; // minutes of height that a name needs
const language = document.documentElement.lang;
const find = (id) => document.getElementById(id);
const board = find("board"), waiting = find("waiting"), undoButton = find("undo");
const { rooms, words } = JSON.parse(find("board-data").textContent);
const day = board.dataset.day;
const clock = new Intl.DateTimeFormat(language, {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC",
});

const fill = (pattern, facts) => pattern.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
const time = (minute) => clock.format(new Date(minute * 60000));
const title = (card) => card.querySelector(".name").textContent;

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

// --- Where a card stands ------------------------------------------------------------------------
// A place: { start: minute of the day, or null while it waits; minutes; room: id or "" }.
function placeOf(card) {
  const { start, minutes, room } = card.dataset;
  return { start: start === "" ? null : Number(start), minutes: Number(minutes), room };
}

const same = (a, b) => a.start === b.start && a.minutes === b.minutes && a.room === b.room;
const span = (place) => `${time(place.start)}–${time(place.start + place.minutes)}`;

function told(place) {
  if (place.start === null) return words.waiting;
  const room = rooms.find((other) => other.id === place.room)?.name ?? words.noRoom;
  return fill(words.place, { start: time(place.start), end: time(place.start + place.minutes), room });
}

const cards = [...document.querySelectorAll(".board .session")];
const saved = new Map(cards.map((card) => [card, placeOf(card)]));
const placed = [...saved.values()].filter((place) => place.start !== null);
const opens = Math.floor(Math.min(8 * 60, ...placed.map((place) => place.start)) / 60) * 60;
const closes = Math.min(
  24 * 60, Math.ceil(Math.max(19 * 60, ...placed.map((place) => place.start + place.minutes)) / 60) * 60,
);

// --- The grid -----------------------------------------------------------------------------------
const above = (minute) => `${(minute - opens) * REM_PER_MINUTE}rem`;
const grid = element("div", "day-grid");
const lanes = new Map();
const ghost = element("li", "ghost");
ghost.setAttribute("role", "presentation");

buildGrid();

function buildGrid() {
  const hours = element("div", "hours");
  hours.setAttribute("aria-hidden", "true");
  hours.append(element("p"), element("div"));
  for (let minute = opens; minute <= closes; minute += 60) {
    const mark = element("span", "", time(minute));
    mark.style.insetBlockStart = above(minute);
    hours.lastChild.append(mark);
  }
  grid.append(hours);
  const homeless = placed.some((place) => !rooms.some((room) => room.id === place.room));
  const isUsed = (room) => placed.some((place) => place.room === room.id);
  // Rooms in which something takes place come first: a phone shows two.
  const sorted = [...rooms.filter(isUsed), ...rooms.filter((room) => !isUsed(room))];
  if (homeless || !rooms.length) sorted.unshift({ id: "", name: words.noRoom });
  for (const room of sorted) grid.append(lane(room));
  find("grid").append(grid);
  for (const card of cards) {
    show(card);
    enliven(card);
  }
  lanes.forEach(arrange);
  board.hidden = true;
  document.querySelector(".board-tools").hidden = false;
}

function lane(room) {
  const column = element("section", "lane board");
  const list = element("ol");
  list.dataset.room = room.id;
  list.style.blockSize = `${(closes - opens) * REM_PER_MINUTE}rem`;
  list.setAttribute("aria-label", room.name);
  column.append(element("h3", "", room.name), list);
  lanes.set(room.id, list);
  return column;
}

// Puts a card where its data say; its lane has to be arranged afterwards.
function show(card) {
  const place = placeOf(card);
  const list = place.start === null ? waiting : lanes.get(place.room) ?? lanes.values().next().value;
  card.querySelector(".when").textContent = place.start === null ? "" : span(place);
  card.classList.toggle("short", place.start !== null && place.minutes < 40);
  if (card.parentElement !== list) list.append(card);
  return list;
}

// Sorts a lane by time and puts side by side what overlaps.
function arrange(list) {
  const laid = [...list.querySelectorAll(".session")]
    .map((card) => ({ card, ...placeOf(card), column: 0 }))
    .sort((a, b) => a.start - b.start || b.minutes - a.minutes);
  if (laid.some(({ card }, index) => list.children[index] !== card)) {
    list.append(...laid.map(({ card }) => card));
  }
  let together = [], ends = [], widest = 1;
  for (const [index, it] of laid.entries()) {
    if (ends.every((end) => end <= it.start)) [together, ends] = [[], []];
    const free = ends.findIndex((end) => end <= it.start);
    it.column = free < 0 ? ends.length : free;
    ends[it.column] = it.start + Math.max(SHORTEST, it.minutes);
    together.push(it);
    const next = laid[index + 1];
    if (next && ends.some((end) => end > next.start)) continue;
    widest = Math.max(widest, ends.length);
    for (const { card, start, minutes, column } of together) {
      Object.assign(card.style, {
        insetBlockStart: above(start),
        blockSize: `${Math.max(SHORTEST, minutes) * REM_PER_MINUTE}rem`,
        insetInlineStart: `${(100 * column) / ends.length}%`,
        inlineSize: `${100 / ends.length}%`,
      });
    }
  }
  const width = laid.length ? widest * LANE : EMPTY_LANE;
  list.parentElement.style.flex = `${width} 0 ${width}rem`;
}

function set(card, place) {
  const focused = card.contains(document.activeElement) && document.activeElement;
  const left = card.parentElement;
  card.dataset.start = place.start ?? "";
  card.dataset.minutes = place.minutes;
  card.dataset.room = place.room;
  const list = show(card);
  if (place.start === null) card.removeAttribute("style");
  for (const changed of new Set([left, list])) if (changed !== waiting) arrange(changed);
  find("none-waiting").hidden = waiting.children.length > 0;
  find("empty-day")?.remove();
  if (focused) focused.focus();
}

// --- Saving, one move after the other, and taking back -------------------------------------------
const moves = [];
let last = Promise.resolve(true);

function move(card, place, { undoing = false } = {}) {
  const before = placeOf(card);
  if (same(place, before)) return last;
  set(card, place);
  last = last.then(() => save(card, place, before, undoing));
  return last;
}

async function save(card, place, before, undoing) {
  find("failed").textContent = "";
  try {
    const answer = await fetch(card.dataset.url, {
      method: "POST", body: asForm(card, place), headers: { Accept: "application/json" },
    });
    const result = await answer.json();
    if (!answer.ok) return refuse(card, result);
    card.dataset.version = result.version;
    saved.set(card, place);
    showConcerns(result.concerns);
    if (!undoing) moves.push([card, before]);
    say(undoing ? words.undone : place.start === null ? words.taken : words.placed, card, place);
  } catch {
    return refuse(card, { errors: [words.failed] });
  } finally {
    undoButton.disabled = moves.length === 0;
  }
  return true;
}

function asForm(card, place) {
  const minute = String(place.start % 60).padStart(2, "0");
  const form = new FormData(find("token"));
  form.set("day", place.start === null ? "" : day);
  form.set("start", place.start === null ? "" : `${Math.floor(place.start / 60)}:${minute}`);
  form.set("minutes", place.minutes);
  form.set("room", place.room);
  form.set("version", card.dataset.version);
  return form;
}

// Puts a card back where the server has it: where it was, or where somebody else has put it.
function refuse(card, result) {
  find("failed").textContent = result.errors.join(" ");
  if (result.version !== undefined) {
    card.dataset.version = result.version;
    saved.set(card, { start: result.start, minutes: result.minutes, room: result.room });
    if (result.day && result.day !== day) {
      card.remove();
      return false;
    }
  }
  set(card, saved.get(card));
  return false;
}

function showConcerns({ sentences, more, troubled }) {
  const lines = sentences.map((sentence) => element("li", "", sentence));
  const count = new Intl.NumberFormat(language).format(more);
  if (more) lines.push(element("li", "", fill(words.more, { count })));
  find("concerns").replaceChildren(...lines);
  find("no-concerns").hidden = lines.length > 0;
  const marked = new Set(troubled);
  for (const card of cards) card.classList.toggle("troubled", marked.has(card.dataset.id));
}

function say(pattern, card, place) {
  find("said").textContent = fill(pattern, { title: title(card), place: told(place) });
}

undoButton.addEventListener("click", async () => {
  await last; // what is still being saved is taken back first
  if (!moves.length) return;
  const [card, before] = moves.pop();
  if (!(await move(card, before, { undoing: true }))) moves.push([card, before]);
  undoButton.disabled = moves.length === 0;
});

// --- A card in the hand: a ghost shows where it would go ------------------------------------------
let held = null; // { card, place, way: "keys" or "pointer" }

function take(card, way) {
  const place = placeOf(card);
  held = { card, place, way };
  card.classList.add("picked");
  card.querySelector(".grip").setAttribute("aria-pressed", "true");
}

function carry(place) {
  held.place = place;
  find("waiting-card").classList.toggle("over", place.start === null);
  if (place.start === null) return ghost.remove();
  ghost.textContent = span(place);
  Object.assign(ghost.style, {
    insetBlockStart: above(place.start), blockSize: `${place.minutes * REM_PER_MINUTE}rem`,
  });
  (lanes.get(place.room) ?? lanes.values().next().value).append(ghost);
}

function drop({ keep }) {
  const { card, place } = held;
  held = null;
  ghost.remove();
  find("waiting-card").classList.remove("over");
  card.classList.remove("picked");
  card.querySelector(".grip").setAttribute("aria-pressed", "false");
  if (keep) move(card, place);
  else say(words.back, card, placeOf(card));
}

// The nearest place on the grid at which something can start.
const within = (start, minutes) =>
  Math.max(opens, Math.min(closes - minutes, Math.round(start / GRID) * GRID));

function enliven(card) {
  const grip = card.querySelector(".grip");
  grip.hidden = false;
  grip.addEventListener("click", () => gripped(card));
  grip.addEventListener("keydown", (event) => keyed(event, card));
  grip.addEventListener("blur", () => {
    if (held?.card === card && held.way === "keys") drop({ keep: true });
  });
  card.addEventListener("pointerdown", (event) => pressed(event, card));
}

// --- Keys ---------------------------------------------------------------------------------------
function gripped(card) {
  if (held?.card === card) return drop({ keep: true });
  take(card, "keys");
  const { place } = held;
  const first = { ...place, start: within(9 * 60, place.minutes), room: place.room || (rooms[0]?.id ?? "") };
  carry(place.start === null ? first : place);
  ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(words.picked, card, held.place);
}

function keyed(event, card) {
  if (held?.card !== card || held.way !== "keys") return;
  if (event.key === "Escape") return drop({ keep: false });
  const place = stepped(held.place, event);
  if (!place) return;
  event.preventDefault();
  carry(place);
  ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
  say(words.moved, card, place);
}

function stepped(place, event) {
  if (event.key === "Delete") return { ...place, start: null };
  const step = { ArrowUp: -GRID, ArrowDown: GRID, PageUp: -60, PageDown: 60 }[event.key];
  if (step && place.start === null) return { ...place, start: within(9 * 60, place.minutes) };
  if (step && event.shiftKey) {
    return { ...place, minutes: Math.max(GRID, Math.min(closes - place.start, place.minutes + step)) };
  }
  if (step) return { ...place, start: within(place.start + step, place.minutes) };
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return null;
  const ids = [...lanes.keys()];
  const next = ids.indexOf(place.room) + (event.key === forward ? 1 : -1);
  return { ...place, room: ids[Math.max(0, Math.min(ids.length - 1, next))] };
}

// --- Mouse and finger ---------------------------------------------------------------------------
// A mouse takes a card anywhere, a finger by its grip: elsewhere it scrolls the page.
function pressed(event, card) {
  if (event.button !== 0 || (event.pointerType !== "mouse" && !event.target.closest(".grip"))) return;
  const reach = event.clientY - card.getBoundingClientRect().top;
  const listening = new AbortController();
  const listen = (kind, handler, where = document) =>
    where.addEventListener(kind, handler, { signal: listening.signal });
  let dragging = false;

  listen("pointermove", (now) => {
    if (!dragging) {
      if (Math.hypot(now.clientX - event.clientX, now.clientY - event.clientY) < 6) return;
      dragging = true;
      if (held) drop({ keep: true });
      take(card, "pointer");
      card.setPointerCapture(event.pointerId);
    }
    now.preventDefault();
    scrollAlong(now);
    const place = under(now, reach, held.place);
    if (place) carry(place);
  });
  listen("keydown", (key) => {
    if (dragging && key.key === "Escape") end(false);
  });
  listen("pointerup", () => end(true));
  listen("pointercancel", () => end(false));

  function end(keep) {
    listening.abort();
    if (!dragging) return;
    // The release would count as a click on the card's link or grip.
    card.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => card.removeEventListener("click", swallow, { capture: true }));
    drop({ keep });
  }
}

function swallow(click) {
  click.preventDefault();
  click.stopPropagation();
}

function under(pointer, reach, place) {
  const what = document.elementFromPoint(pointer.clientX, pointer.clientY);
  if (what?.closest("#waiting-card")) return { ...place, start: null };
  const list = what?.closest(".lane")?.querySelector("ol");
  if (!list) return null;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const offset = (pointer.clientY - reach - list.getBoundingClientRect().top) / rem;
  const start = within(opens + offset / REM_PER_MINUTE, place.minutes);
  return { ...place, start, room: list.dataset.room };
}

function scrollAlong({ clientX, clientY }) {
  const edge = 48, step = 14, box = grid.getBoundingClientRect();
  if (clientY < edge) scrollBy(0, -step);
  else if (clientY > innerHeight - edge) scrollBy(0, step);
  if (clientX < box.left + edge) grid.scrollBy(-step, 0);
  else if (clientX > box.right - edge) grid.scrollBy(step, 0);
}
