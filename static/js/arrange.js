// The order of a playlist, by arrows, Alt with arrow keys, and the grip; playing all of it; taking tracks off.
import { playable } from "./playable.js";
import { playAll, playList } from "./player.js";
import { send } from "./send.js";
import { toast } from "./toast.js";

const EDGE = 90; // pixels from the edge of the window where dragging scrolls
const said = document.getElementById("said");
const trackOf = (row) => JSON.parse(row.dataset.track);
const rowOf = (element) => element?.closest("[data-order] > li");
const placeOf = (row) => [...row.parentNode.children].indexOf(row);
let held = null;
let unsaved = null;
let saving = false;

/** The others go around the row, which is never taken out itself: so it keeps focus and pointer. */
function place(row, to) {
  const rows = [...row.parentNode.children];
  const at = placeOf(row);
  if (to > at) row.before(...rows.slice(at + 1, to + 1));
  else row.after(...rows.slice(Math.max(to, 0), at));
}

function settle(row) {
  const list = row.parentNode;
  const [first, last] = [Number(list.start), Number(list.dataset.of)]; // of all pages
  for (const button of list.querySelectorAll("[data-move]")) {
    button.ariaDisabled = first + placeOf(rowOf(button)) === (button.name === "up" ? 1 : last);
  }
  said.textContent = `${trackOf(row).name}: ${first + placeOf(row)} of ${last}`;
  save(list);
}

/** One answer is awaited before the next order is sent, or an older one could arrive last. */
async function save(list) {
  unsaved = list;
  if (saving) return;
  saving = true;
  while (unsaved) {
    unsaved = null;
    await send("PUT", list.dataset.order, { order: [...list.children].map((row) => trackOf(row).id) });
  }
  saving = false;
}

async function takeOff(row) {
  const list = row.parentNode;
  const { id, name } = trackOf(row);
  const path = list.dataset.order.replace(/order$/, `tracks/${id}`);
  const gone = await send("DELETE", path);
  if (!gone) return;
  (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("[data-take-off]")?.focus();
  row.remove();
  list.dataset.of--;
  const undo = async () => {
    if (!(await send("POST", path, gone))) return;
    list.insertBefore(row, list.children[gone.position - list.start] ?? null);
    list.dataset.of++;
  };
  toast(`Taken off: ${name}`, { undo });
}

/** What is on this page plays at once, while the browser knows who pressed; then all that is on the others joins it. */
async function playFrom({ playAll: how, rest }) {
  const put = how === "shuffled" ? shuffle : (tracks) => tracks;
  const here = put([...document.querySelectorAll(".playlist > li")].map(trackOf));
  playList(here);
  if (!rest) return;
  const answer = await fetch(rest, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const known = new Set(here.map(({ id }) => id));
  const { tracks } = await answer.json();
  const end = tracks.findIndex(({ id }) => id === here.at(-1).id) + 1; // after the last page the first goes on
  const others = [...tracks.slice(end), ...tracks.slice(0, end)].filter(({ id }) => !known.has(id)).map(playable);
  playAll([here[0], ...put([...here.slice(1), ...others])]);
}

function shuffle(tracks) {
  const drawn = tracks.map((track) => [Math.random(), track]);
  return drawn.sort((one, other) => one[0] - other[0]).map(([, track]) => track);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move], [data-take-off], [data-play-all]");
  const row = rowOf(button);
  if (button?.dataset.playAll !== undefined) playFrom(button.dataset);
  if (!row) return;
  const by = Number(button.dataset.move);
  const beyond = by && !(by < 0 ? row.previousElementSibling : row.nextElementSibling);
  if (beyond && button.ariaDisabled !== "true") return; // onto another page: the form does that
  event.preventDefault();
  if (!by) takeOff(row);
  else if (!beyond) {
    place(row, placeOf(row) + by);
    settle(row);
  }
});

document.addEventListener("keydown", (event) => {
  const row = event.altKey && rowOf(event.target);
  const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (!row || !way) return;
  event.preventDefault();
  row.querySelector(`[name=${way}]`).click();
  event.target.scrollIntoView({ block: "nearest" });
});

document.addEventListener("pointerdown", (event) => {
  held = event.target.closest("[data-grip]") && rowOf(event.target);
  if (!held) return;
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  held.classList.add("dragged");
});
document.addEventListener("pointermove", ({ clientY }) => {
  if (!held) return;
  scrollBy(0, clientY < EDGE ? -12 : clientY > innerHeight - EDGE ? 12 : 0);
  const over = rowOf(document.elementFromPoint(innerWidth / 2, clientY));
  if (over) place(held, placeOf(over));
});
document.addEventListener("lostpointercapture", () => {
  if (!held) return;
  held.classList.remove("dragged");
  settle(held);
  held = null;
});
