// Scans that wait to be sent, kept in the browser's database: nothing is forgotten before the server
// has said, by its id, that it has it. Each belongs to the account that took it.

const NAME = "madang-door";
const STORE = "scans";
const AT_A_TIME = 50;
const MINUTE = 60_000;

export async function open({ who, send, token }) {
  const base = await database();
  const device = await deviceOf(base);
  return new Queue(base, { who, send, token, device });
}

class Queue {
  constructor(base, known) {
    this.base = base;
    Object.assign(this, known);
    this.problem = ""; // "offline", "signedout" or "refused"
    this.refusals = new Map();
  }

  // Keeps a scan: { session, act, badge | code | participation }.
  async add(scan) {
    const kept = {
      ...scan, id: crypto.randomUUID(), at: new Date().toISOString(), who: this.who, to: this.send,
    };
    await this.#store("readwrite", (store) => store.put(kept));
    return kept;
  }

  async all() {
    return this.#store("readonly", (store) => store.getAll());
  }

  async mine() {
    const found = await this.all();
    return found.filter((scan) => scan.who === this.who && scan.to === this.send);
  }

  // Sends what waits, a part at a time; `told` hears of each answer. One at a time in this window.
  sync(told) {
    this.running ??= this.#sync(told).finally(() => { this.running = undefined; });
    return this.running;
  }

  async #sync(told) {
    try {
      await this.#measure();
      const tried = new Set();
      for (;;) {
        const waiting = (await this.mine()).filter((scan) => !tried.has(scan.id));
        const part = waiting.slice(0, AT_A_TIME);
        if (!part.length) break;
        part.forEach((scan) => tried.add(scan.id));
        const answer = await this.#post(part);
        await this.#store("readwrite", (store) => answer.received.map((id) => store.delete(id)));
        answer.received.forEach((id) => this.refusals.delete(id));
        for (const [id, why] of Object.entries(answer.refused)) this.refusals.set(id, why);
        told(answer);
      }
      this.problem = this.refusals.size ? "refused" : "";
    } catch (error) {
      this.problem = error.message === "signedout" ? "signedout" : "offline";
    }
  }

  // By how much this clock is behind the server's: told with each scan for good, so that a scan says
  // the same however often it is sent.
  async #measure() {
    const unmeasured = (await this.mine()).filter((scan) => scan.offset === undefined);
    if (!unmeasured.length) return;
    const before = Date.now();
    const { now } = await this.#post([]);
    const middle = (before + Date.now()) / 2;
    const offset = Math.round((Date.parse(now) - middle) / 1000);
    const known = Math.abs(offset) * 1000 < MINUTE ? 0 : offset;
    await this.#store("readwrite", (store) =>
      unmeasured.map((scan) => store.put({ ...scan, offset: known })));
  }

  async #post(scans, again = true) {
    const answer = await fetch(this.send, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify({ device: this.device, scans: scans.map(sent) }),
    });
    if (answer.ok && !answer.redirected) return answer.json();
    if (answer.status >= 500) throw new Error("offline");
    // The token is of an earlier sign-in: a fresh page has another, if the same person is signed in.
    if (again && (await this.#renew())) return this.#post(scans, false);
    throw new Error("signedout");
  }

  async #renew() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#door [name=csrfmiddlewaretoken]")?.value;
    if (!token || page.documentElement.dataset.who !== this.who) return false;
    this.token = token;
    return true;
  }

  #store(mode, act) {
    return within(this.base, STORE, mode, act);
  }
}

const sent = ({ id, session, act, at, offset, badge, code, participation }) =>
  ({ id, session, act, at, offset, badge, code, participation });

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: "id" });
      request.result.createObjectStore("device");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function deviceOf(base) {
  const known = await within(base, "device", "readonly", (store) => store.get("id"));
  if (known) return known;
  const made = crypto.randomUUID();
  await within(base, "device", "readwrite", (store) => store.put(made, "id"));
  return made;
}

// Resolves once what was written is safe, with the result of what was asked.
function within(base, name, mode, act) {
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(name, mode);
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
