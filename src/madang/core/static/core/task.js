// Keeps the progress of a task up to date while somebody looks; without this the page reloads itself.

const PAUSE = 1500;

async function refresh() {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const [here, there] = [document, page].map((it) => it.getElementById("task"));
        if (here.innerHTML !== there.innerHTML) here.replaceWith(there);
        if (["done", "failed"].includes(there.dataset.state)) return;
      }
    } catch {
      // The line dropped: try again.
    }
  }
  setTimeout(refresh, PAUSE);
}

setTimeout(refresh, PAUSE);
