// Heart and votes for what plays, wherever people walk. Where the page shows the same track, its own buttons are pressed.
import { bar } from "./bar.js";
import { currentTrack, live, queue } from "./player.js";
import { send } from "./send.js";

const heart = document.getElementById("heart");
const votes = [...bar.querySelectorAll("[data-vote]")];
let id = null;

function show({ favorited, vote }) {
  if (favorited !== undefined) heart.ariaPressed = String(favorited);
  if (vote !== undefined) for (const button of votes) button.ariaPressed = String(Number(button.dataset.vote) === vote);
}

/** What this person thought of it before. */
async function follow() {
  const track = currentTrack();
  for (const button of [heart, ...votes]) button.disabled = !track;
  if (track?.id === id) return;
  id = track?.id ?? null;
  show({ favorited: false, vote: 0 });
  if (!track) return;
  for (const link of bar.querySelectorAll("[data-of-track]")) {
    link.href = link.dataset.ofTrack.replace("ID", track.id);
    window.htmx?.process(link);
  }
  const body = { generation_ids: [track.id] };
  const [kept, cast] = await Promise.all([ask("/api/favorites/check", body), ask("/api/library/votes", body)]);
  if (id === track.id) show({ favorited: kept?.[track.id], vote: cast?.[track.id] });
}

async function ask(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function onPage(selector) {
  return document.querySelector(`#page ${selector}`);
}

heart.addEventListener("click", async () => {
  const theirs = onPage(`[data-like="${id}"]`);
  if (theirs) return theirs.click();
  const favorited = heart.ariaPressed !== "true";
  if (await send("POST", `/api/favorites/${id}`, { favorited })) show({ favorited });
});

for (const button of votes) {
  button.addEventListener("click", async () => {
    const theirs = onPage(`#${button.dataset.vote === "1" ? "up" : "down"}-${id}`);
    if (theirs) return theirs.click();
    const vote = button.ariaPressed === "true" ? 0 : Number(button.dataset.vote);
    if (await send("POST", `/api/library/${id}/vote`, { vote })) show({ vote });
  });
}

for (const name of ["soundbox:favorited", "soundbox:voted"]) {
  document.addEventListener(name, ({ detail }) => detail.id === id && show(detail));
}
queue.addEventListener("change", follow);
for (const name of ["song", "change"]) live.addEventListener(name, follow);
follow();
