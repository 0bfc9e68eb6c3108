// At the door: whom a badge belongs to is known on the phone, so names appear without a connection.
// Scans go into a queue that is sent when there is a line; without this file the lists by hand work.

const door = document.getElementById("door");
const words = door.dataset;
const { lang } = document.documentElement;
const roster = JSON.parse(document.getElementById("roster").textContent);
const part = (id) => document.getElementById(id);
const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const AGAIN = 4000; // milliseconds in which a badge that stays before the camera is one scan
const RETRY = 20_000;

const people = new Map(roster.people.map((person) => [person.id, person]));
const sessions = new Map(roster.sessions.map((session) => [session.id, session]));
const here = new Map(roster.sessions.map(({ id, here: came }) => [id, new Set(came)]));
const replaced = new Set(roster.replaced);

const { open } = await import(words.queueSrc);
const { start } = await import(words.cameraSrc);
const queue = await open({
  who: document.documentElement.dataset.who ?? "",
  send: words.send,
  token: door.querySelector("[name=csrfmiddlewaretoken]").value,
}).catch(() => null);

if (queue) begin();
else {
  door.hidden = false;
  part("said").textContent = words.unkept;
}

async function begin() {
  door.hidden = false;
  chooseNow();
  for (const scan of await queue.mine()) noteKept(scan);
  part("session").addEventListener("change", showSession);
  part("typed").addEventListener("submit", takeCode);
  part("find").addEventListener("input", showNames);
  part("send").addEventListener("click", sync);
  part("camera").addEventListener("click", toggleCamera);
  addEventListener("online", sync);
  setInterval(sync, RETRY);
  showSession();
  await sync();
}

// --- The session ---------------------------------------------------------------------------------
function chooseNow() {
  const now = Date.now() + Number(words.ahead) * 1000;
  const on = roster.sessions.filter(({ ends }) => Date.parse(ends) > now);
  const next = on.sort((one, other) => Date.parse(one.starts) - Date.parse(other.starts))[0];
  if (next) part("session").value = next.id;
}

const current = () => sessions.get(part("session").value);
const isExpected = (session, id) => !session.places || session.places.includes(id);

function showSession() {
  const session = current();
  const expected = session.places ?? roster.people.map(({ id }) => id);
  const came = here.get(session.id);
  part("count").textContent = say(words.count, {
    came: number(came.size), expected: number(expected.length),
  });
  showNames();
}

const number = (count) => count.toLocaleString(lang);

// --- Taking --------------------------------------------------------------------------------------
let last = { text: "", at: 0 };

async function read(text) {
  const now = Date.now();
  const isSame = text === last.text && now - last.at < AGAIN;
  last = { text, at: now };
  if (isSame) return;
  const badge = await digest(text);
  navigator.vibrate?.(60);
  await take({ badge }, roster.badges[badge], replaced.has(badge) ? words.replaced : words.unknown);
}

async function takeCode(event) {
  event.preventDefault();
  const signs = part("code").value.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/[۰-۹٠-٩]/g, (digit) => digit.charCodeAt(0) % 16)
    .replace(/O/g, "0").replace(/[IL]/g, "1").replace(/U/g, "V");
  const code = await digest(`${roster.edition}:${signs}`);
  if (!signs || !roster.codes[code]) return tell(words.nocode, "bad");
  await take({ code }, roster.codes[code]);
  part("code").value = "";
}

async function take(shown, id, otherwise = "") {
  const session = current();
  const act = door.querySelector("[name=act]:checked").value;
  const came = here.get(session.id);
  const person = people.get(id);
  if (person && act === "in" && came.has(id)) return tellPerson(words.again, person, session, "again");
  await queue.add({ session: session.id, act, ...shown });
  if (!person) tell(otherwise, "bad");
  else if (act === "in") {
    came.add(id);
    tellPerson(words.came, person, session, "good");
  } else tellPerson(words.gone, person, session, "good");
  showSession();
  await sync();
}

function tellPerson(text, person, session, kind) {
  const notes = [person.latin !== person.name && person.latin, person.country,
    !isExpected(session, person.id) && words.unexpected].filter(Boolean);
  tell(say(text, { name: person.name }), kind, notes.join(" · "));
}

function tell(text, kind, note = "") {
  const said = part("said");
  said.className = `said ${kind}`;
  said.textContent = text;
  if (!note) return;
  const small = document.createElement("small");
  small.textContent = note;
  said.append(small);
}

function noteKept({ session, act, badge, code, participation }) {
  const id = participation ?? roster.badges[badge] ?? roster.codes[code];
  if (id && act === "in") here.get(session)?.add(id);
}

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- By name -------------------------------------------------------------------------------------
function showNames() {
  const session = current();
  const came = here.get(session.id);
  const asked = part("find").value.toLocaleLowerCase(lang).split(/\s+/).filter(Boolean);
  const found = roster.people.filter((person) => {
    const name = `${person.name} ${person.latin}`.toLocaleLowerCase(lang);
    return isExpected(session, person.id) && asked.every((word) => name.includes(word));
  });
  part("names").replaceChildren(...found.map((person) => {
    const item = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = person.name;
    item.append(name, came.has(person.id) ? mark() : tick(person));
    return item;
  }));
}

function mark() {
  const chip = document.createElement("span");
  chip.className = "chip good";
  chip.textContent = words.here;
  return chip;
}

function tick(person) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  const isLeaving = door.querySelector("[name=act]:checked").value === "out";
  button.textContent = isLeaving ? words.left : words.here;
  button.setAttribute("aria-label", `${button.textContent}: ${person.name}`);
  button.addEventListener("click", () => take({ participation: person.id }, person.id));
  return button;
}

// --- The queue -----------------------------------------------------------------------------------
async function sync() {
  await showQueue();
  if (navigator.onLine || !(await queue.mine()).length) await queue.sync(heard);
  else queue.problem = "offline";
  await showQueue();
}

// What another phone took is known here too from then on.
function heard({ here: told }) {
  for (const [session, came] of Object.entries(told)) {
    for (const id of came) here.get(session)?.add(id);
  }
  showSession();
}

async function showQueue() {
  const all = await queue.all();
  const mine = await queue.mine();
  const others = all.filter(({ who }) => who !== queue.who).length;
  const count = mine.length;
  const state = part("queue");
  state.className = count ? "chip wait" : "chip good";
  state.textContent = !count ? words.sent
    : count === 1 ? words.one : say(words.waiting, { number: number(count) });
  if (count && (queue.problem === "offline" || queue.problem === "signedout")) {
    state.textContent += ` ${words[queue.problem]}`;
  }
  part("send").hidden = !count;
  const notes = [];
  if (others) notes.push(say(words.others, { number: number(others) }));
  if (queue.problem === "refused" && queue.refusals.size) {
    const [why] = queue.refusals.values();
    notes.push(say(words.refused, { number: number(queue.refusals.size), why }));
  }
  part("other").hidden = !notes.length;
  part("other").textContent = notes.join(" ");
}

// --- The camera ----------------------------------------------------------------------------------
let stop;

async function toggleCamera() {
  const button = part("camera");
  const view = part("view");
  if (stop) {
    stop();
    stop = undefined;
  } else {
    view.hidden = false;
    try {
      stop = await start(view, words.decoderSrc, read);
    } catch {
      tell(words.nocamera, "bad");
    }
  }
  view.hidden = !stop;
  const other = button.dataset.stop;
  if (Boolean(stop) !== (button.dataset.on === "yes")) {
    button.dataset.stop = button.textContent;
    button.textContent = other;
    button.dataset.on = stop ? "yes" : "";
  }
}
