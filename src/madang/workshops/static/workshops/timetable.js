// The timetable editor: lays a day out by rooms, and lets sessions be moved by mouse, finger or keys.
// Every move is sent as the same form that the page "Move" has; without this script that page does.

const GRID = 5; // minutes
const REM_PER_MINUTE = 0.09;
const board = document.getElementById("board");
const waiting = document.getElementById("waiting");
const { rooms, words } = JSON.parse(document.getElementById("board-data").textContent);
const said = document.getElementById("said");
const failed = document.getElementById("failed");
const undoButton = document.getElementById("undo");
const day = board.dataset.day;
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC",
});
const moves = [];

const fill = (pattern, facts) => pattern.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
const time = (minute) => clock.format(new Date(minute * 60000));
const title = (card) => card.querySelector("strong").textContent;

// --- What a card is and where it stands ---------------------------------------------------------
function placeOf(card) {
  const { start, minutes, room } = card.dataset;
  return { start: start === "" ? null : Number(start), minutes: Number(minutes), room };
}

function told(place) {
  if (place.start === null) return "";
  const room = rooms.find((other) => other.id === place.room)?.name ?? words.noRoom;
  return fill(words.place, { start: time(place.start), end: time(place.start + place.minutes), room });
}

const cards = [...document.querySelectorAll(".board .session")];
const placed = cards.filter((card) => placeOf(card).start !== null);
const starts = placed.map((card) => placeOf(card).start);
const ends = placed.map((card) => placeOf(card).start + placeOf(card).minutes);
const opens = Math.floor(Math.min(8 * 60, ...starts) / 60) * 60;
const closes = Math.min(24 * 60, Math.ceil(Math.max(19 * 60, ...ends) / 60) * 60);

// --- The grid -----------------------------------------------------------------------------------
const lanes = new Map();
buildGrid();
for (const card of cards) enliven(card);
document.querySelector(".board-tools").hidden = false;

function buildGrid() {
  const grid = element("div", "day-grid");
  const hours = element("div", "hours");
  hours.append(element("h3"), element("ol"));
  for (let minute = opens; minute <= closes; minute += 60) {
    const mark = element("span", "", time(minute));
    mark.style.insetBlockStart = above(minute);
    hours.lastChild.append(mark);
  }
  grid.append(hours);
  const used = new Set(placed.map((card) => card.dataset.room));
  const shown = used.has("") || !rooms.length ? [{ id: "", name: words.noRoom }, ...rooms] : rooms;
  for (const room of shown) grid.append(lane(room));
  board.after(grid);
  for (const card of board.querySelectorAll(".session")) lay(card);
  board.hidden = true;
}

function lane(room) {
  const column = element("div", "lane board");
  const list = element("ol");
  list.dataset.room = room.id;
  list.style.blockSize = `${(closes - opens) * REM_PER_MINUTE}rem`;
  for (let minute = opens; minute <= closes; minute += 60) {
    const line = element("li", "line");
    line.setAttribute("role", "presentation");
    line.style.insetBlockStart = above(minute);
    list.append(line);
  }
  column.append(element("h3", "", room.name), list);
  lanes.set(room.id, list);
  return column;
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

const above = (minute) => `${(minute - opens) * REM_PER_MINUTE}rem`;

function lay(card) {
  const place = placeOf(card);
  card.querySelector(".when").textContent =
    place.start === null ? "" : `${time(place.start)}–${time(place.start + place.minutes)}`;
  if (place.start === null) {
    card.style.insetBlockStart = card.style.blockSize = "";
    waiting.append(card);
  } else {
    card.style.insetBlockStart = above(place.start);
    card.style.blockSize = `${place.minutes * REM_PER_MINUTE}rem`;
    (lanes.get(place.room) ?? lanes.values().next().value).append(card);
  }
}

function set(card, place) {
  card.dataset.start = place.start ?? "";
  card.dataset.minutes = place.minutes;
  card.dataset.room = place.room;
  const focused = document.activeElement === card;
  lay(card);
  if (focused) card.focus();
}

// --- Saving, and taking back --------------------------------------------------------------------
async function save(card, before, { undoing = false } = {}) {
  const place = placeOf(card);
  if (same(place, before)) return;
  failed.textContent = "";
  const form = new FormData(document.getElementById("token"));
  form.set("day", place.start === null ? "" : day);
  form.set("start", place.start === null ? "" : clockText(place.start));
  form.set("minutes", place.minutes);
  form.set("room", place.room);
  form.set("version", card.dataset.version);
  try {
    const answer = await fetch(card.dataset.url, {
      method: "POST", body: form, headers: { Accept: "application/json" },
    });
    const result = await answer.json();
    if (!answer.ok) throw new Error(result.errors.join(" "));
    card.dataset.version = result.version;
    showConcerns(result.concerns);
    said.textContent = place.start === null
      ? fill(words.taken, { title: title(card) })
      : fill(words.placed, { title: title(card), place: told(place) });
    if (!undoing) moves.push([card, before]);
    undoButton.disabled = moves.length === 0;
  } catch (error) {
    set(card, before);
    failed.textContent = error instanceof TypeError || error instanceof SyntaxError
      ? words.failed : error.message;
  }
}

const same = (a, b) => a.start === b.start && a.minutes === b.minutes && a.room === b.room;
const pad = (number) => String(number).padStart(2, "0");
const clockText = (minute) => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;

function showConcerns(concerns) {
  const list = document.getElementById("concerns");
  list.replaceChildren(...concerns.map((concern) => element("li", "", concern.sentence)));
  document.getElementById("no-concerns").hidden = concerns.length > 0;
}

undoButton.addEventListener("click", async () => {
  const [card, before] = moves.pop();
  const now = placeOf(card);
  set(card, before);
  await save(card, now, { undoing: true });
  undoButton.disabled = moves.length === 0;
});

// --- Keys and pointers --------------------------------------------------------------------------
function enliven(card) {
  card.tabIndex = 0;
  card.setAttribute("aria-describedby", "how");
  card.addEventListener("keydown", (event) => keyed(event, card));
  card.addEventListener("pointerdown", (event) => pressed(event, card));
}

let held = null; // { card, before }: the card that keys have picked up

function pickUp(card) {
  held = { card, before: placeOf(card) };
  card.classList.add("picked");
  if (held.before.start === null) {
    set(card, { ...held.before, start: Math.max(opens, 9 * 60), room: rooms[0]?.id ?? "" });
    card.focus();
  }
  said.textContent = fill(words.picked, { title: title(card), place: told(placeOf(card)) });
}

function putDown({ keep }) {
  const { card, before } = held;
  held = null;
  card.classList.remove("picked");
  if (keep) return save(card, before);
  set(card, before);
  said.textContent = fill(words.back, { title: title(card), place: told(before) });
}

function keyed(event, card) {
  if (event.target !== card) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (held?.card === card) putDown({ keep: true });
    else pickUp(card);
  } else if (held?.card === card) {
    if (event.key === "Escape" || event.key === "Tab") return putDown({ keep: event.key === "Tab" });
    const place = moved(placeOf(card), event);
    if (!place) return;
    event.preventDefault();
    set(card, place);
    said.textContent = fill(words.moved, { place: told(place) });
  }
}

function moved(place, event) {
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const step = { ArrowUp: -GRID, ArrowDown: GRID, PageUp: -60, PageDown: 60 }[event.key];
  if (event.key === "Delete") return { ...place, start: null };
  if (step && event.shiftKey) return { ...place, minutes: Math.max(GRID, place.minutes + step) };
  if (step) return { ...place, start: within(place.start + step, place.minutes) };
  if (event.key !== forward && event.key !== backward) return null;
  const ids = [...lanes.keys()];
  const index = ids.indexOf(place.room) + (event.key === forward ? 1 : -1);
  return { ...place, room: ids[Math.min(ids.length - 1, Math.max(0, index))] };
}

const within = (start, minutes) =>
  Math.max(0, Math.min(24 * 60 - minutes, Math.round(start / GRID) * GRID));

function pressed(event, card) {
  if (event.button !== 0 || event.target.closest("a")) return;
  if (held) putDown({ keep: true });
  const before = placeOf(card);
  const grip = event.clientY - card.getBoundingClientRect().top;
  let dragging = false;

  const follow = (move) => {
    const far = Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) > 6;
    if (!dragging && !far) return;
    if (!dragging) {
      dragging = true;
      card.setPointerCapture(event.pointerId);
      card.classList.add("picked");
    }
    card.style.pointerEvents = "none";
    const under = document.elementFromPoint(move.clientX, move.clientY);
    card.style.pointerEvents = "";
    const list = under?.closest(".lane")?.querySelector("ol");
    if (list) {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      const offset = (move.clientY - grip - list.getBoundingClientRect().top) / rem;
      const start = within(opens + offset / REM_PER_MINUTE, before.minutes);
      set(card, { start, minutes: before.minutes, room: list.dataset.room });
    } else if (under?.closest("aside")) {
      set(card, { ...before, start: null });
    }
  };
  const finish = (end) => {
    card.removeEventListener("pointermove", follow);
    card.classList.remove("picked");
    if (!dragging) return;
    if (end.type === "pointercancel") set(card, before);
    else save(card, before);
  };
  card.addEventListener("pointermove", follow);
  card.addEventListener("pointerup", finish, { once: true });
  card.addEventListener("pointercancel", finish, { once: true });
}
