// Keeps an eye on my unfinished jobs, also from other pages, and says when one moves on.
import { showPending } from "./navigation.js";
import { markDone } from "./title.js";
import { toast } from "./toast.js";

const SECONDS = 4;
const said = document.getElementById("said");
const watched = new Map(Object.entries(JSON.parse(sessionStorage.getItem("watched") ?? "{}")));

function lookAround() {
  for (const card of document.querySelectorAll("[data-job][data-mine]")) {
    notice(card.dataset.job, { status: card.dataset.status, said: card.dataset.said, prompt: card.dataset.prompt, page: card.dataset.page });
  }
}

function notice(id, now) {
  const before = watched.get(id);
  const unfinished = now.status === "queued" || now.status === "processing";
  if (unfinished) watched.set(id, now);
  else watched.delete(id);
  if (before && before.status !== now.status) moved(now);
  sessionStorage.setItem("watched", JSON.stringify(Object.fromEntries(watched)));
}

function moved(job) {
  if (job.status === "completed") {
    toast(`“${job.prompt}” is ready.`, { link: { href: job.page, words: "Hear it" } });
    markDone();
  } else if (job.status === "failed") {
    toast(`“${job.prompt}” did not work.`, { bad: true, link: { href: job.page, words: "Why" } });
  } else {
    said.textContent = `${job.prompt}: ${job.said}`;
  }
  showPending(watched.size);
}

/** Jobs whose card is not on this page are asked for; the cards ask for themselves. */
async function ask() {
  for (const [id, job] of watched) {
    if (document.getElementById(`job-${id}`)) continue;
    try {
      const answer = await fetch(job.page, { headers: { Accept: "application/json" } });
      if (answer.status === 404) watched.delete(id);
      if (answer.ok) notice(id, { ...job, ...statusOf(await answer.json()) });
    } catch {
      return; // offline: later
    }
  }
}

function statusOf({ status, error, progress }) {
  return { status: error === "Cancelled" ? "cancelled" : status, said: progress };
}

document.addEventListener("htmx:afterSettle", lookAround);
document.addEventListener("htmx:historyRestore", lookAround);
setInterval(ask, SECONDS * 1000);
lookAround();
