// The rules of a scenario as live controls: a change is solved at once, and the page follows.
// Without this file the button of the form does the same.

const WAIT = 600;
let waiting, running;

function listen() {
  const rules = document.getElementById("rules");
  if (!rules) return;
  rules.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => solve(rules), WAIT);
  });
}

async function solve(rules) {
  // A row that only says of whom is not finished yet.
  for (const row of rules.querySelectorAll(".rule:has(select)")) {
    const [kind, least, most] = row.querySelectorAll("select, input:not([type=hidden])");
    if (kind.value && !least.value && !most.value) return;
  }
  running?.abort();
  running = new AbortController();
  const outcome = document.getElementById("outcome");
  outcome.setAttribute("aria-busy", "true");
  const focused = document.activeElement?.id;
  try {
    const answer = await fetch(location.pathname, {
      method: "POST", body: new FormData(rules), signal: running.signal,
    });
    // A large scenario is solved in the background: its task has a page of its own.
    if (new URL(answer.url).pathname !== location.pathname) {
      location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.getElementById("main");
    if (!answer.ok || !main) throw new Error(answer.status);
    document.getElementById("main").replaceWith(main);
    if (focused) document.getElementById(focused)?.focus();
    listen();
  } catch (error) {
    // Somebody changed another rule meanwhile; or the line dropped: the button is still there.
    if (error.name !== "AbortError") outcome.removeAttribute("aria-busy");
  }
}

listen();
