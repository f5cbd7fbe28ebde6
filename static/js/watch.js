// Keeps an eye on my unfinished jobs, also from other pages, and says when one moves on.
import { changePending } from "./navigation.js";
import { notify } from "./notify.js";
import { markDone } from "./title.js";
import { toast } from "./toast.js";

const SECONDS = 4;
const said = document.getElementById("said");
const watched = new Map(Object.entries(JSON.parse(sessionStorage.getItem("watched") ?? "{}")));

const isUnfinished = (job) => job?.status === "queued" || job?.status === "processing";
const cardOf = (id) => document.getElementById(`job-${id}`);

/** A whole page brings the right count of unfinished jobs with it; a fragment does not. */
function lookAround(event) {
  const counted = event?.target.id === "page" || event?.type !== "htmx:afterSettle";
  for (const { dataset } of document.querySelectorAll("[data-job][data-mine]")) {
    notice(dataset.job, { status: dataset.status, said: dataset.said, prompt: dataset.prompt, page: dataset.page }, counted);
  }
}

function notice(id, now, counted) {
  const before = watched.get(id);
  if (isUnfinished(now)) watched.set(id, now);
  else watched.delete(id);
  sessionStorage.setItem("watched", JSON.stringify(Object.fromEntries(watched)));
  if (!counted) changePending(isUnfinished(now) - isUnfinished(before));
  if (before && before.status !== now.status) tell(id, now);
}

function tell(id, job) {
  if (job.status === "completed") {
    markDone();
    notify(job);
  }
  if (cardOf(id)) said.textContent = `${job.prompt}: ${job.said}`;
  else if (job.status === "completed") toast(`“${job.prompt}” is ready.`, { link: { href: job.page, words: "Hear it" } });
  else if (job.status === "failed") toast(`“${job.prompt}” did not work.`, { bad: true, link: { href: job.page, words: "Why" } });
}

/** Jobs whose card is not on this page are asked for; the cards ask for themselves. */
async function ask() {
  for (const [id, job] of watched) {
    if (cardOf(id)) continue;
    try {
      const answer = await fetch(job.page, { headers: { Accept: "application/json" } });
      if (answer.ok) notice(id, { ...job, ...moved(await answer.json()) }, false);
      else if (answer.status === 404) notice(id, { ...job, status: "gone" }, false);
    } catch {
      return; // offline: later
    }
  }
}

function moved({ status, error, progress }) {
  return { status: error === "Cancelled" ? "cancelled" : status, said: progress };
}

// Where nobody looks, lists stand still; my own jobs go on, because the tab's title tells of them.
document.addEventListener("htmx:beforeRequest", (event) => {
  const poll = event.detail.elt;
  if (document.hidden && poll.matches("[data-poll]") && !poll.closest("[data-mine]")) event.preventDefault();
});

document.addEventListener("htmx:afterSettle", lookAround);
document.addEventListener("htmx:historyRestore", lookAround);
setInterval(ask, SECONDS * 1000);
lookAround();
