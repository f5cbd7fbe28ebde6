// A playlist on its page: play, shuffle, share; its order by arrows, Alt with arrow keys, and the grip.
import { playList } from "./player.js";
import { send } from "./send.js";
import { toast } from "./toast.js";

const EDGE = 90; // pixels from the edge of the window where dragging scrolls
const said = document.getElementById("said");
const trackOf = (row) => JSON.parse(row.dataset.track);
const rowOf = (element) => element?.closest?.("[data-order] > li");
let held = null;
let unsaved = null;
let saving = false;

/** The others go around the row, which is never taken out itself: so it keeps focus and pointer. */
function place(row, to) {
  const rows = [...row.parentNode.children];
  const at = rows.indexOf(row);
  if (to > at) row.before(...rows.slice(at + 1, to + 1));
  else row.after(...rows.slice(Math.max(to, 0), at));
}

function step(row, by) {
  place(row, [...row.parentNode.children].indexOf(row) + by);
  settle(row.parentNode, row);
}

function settle(list, row) {
  const rows = [...list.children];
  for (const [at, one] of rows.entries()) {
    for (const button of one.querySelectorAll("[data-move]")) button.ariaDisabled = String(at === (button.name === "up" ? 0 : rows.length - 1));
  }
  said.textContent = `${trackOf(row).name}: ${rows.indexOf(row) + 1} of ${rows.length}`;
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
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  next?.querySelector("[data-take-off]")?.focus();
  const undo = async () => {
    if (await send("POST", path, { position: gone.position })) list.insertBefore(row, list.children[gone.position - 1] ?? null);
  };
  toast(`Taken off: ${name}`, { undo });
}

function playAll(shuffled) {
  const tracks = [...document.querySelectorAll(".playlist > [data-track]")].map(trackOf);
  for (let at = tracks.length - 1; shuffled && at > 0; at--) {
    const other = Math.floor(Math.random() * (at + 1));
    [tracks[at], tracks[other]] = [tracks[other], tracks[at]];
  }
  playList(tracks);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move], [data-take-off], [data-play-all], [data-share]");
  if (!button) return;
  const { move, takeOff: off, playAll: how, share } = button.dataset;
  if (how !== undefined) return playAll(how);
  if (share) return navigator.share({ title: document.title, url: share }).catch(() => {});
  const row = rowOf(button);
  if (!row) return;
  event.preventDefault();
  if (off) takeOff(row);
  else if (button.ariaDisabled !== "true") step(row, Number(move));
});

document.addEventListener("keydown", (event) => {
  const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const row = by && rowOf(event.target);
  if (!row) return;
  event.preventDefault();
  if (by < 0 ? row.previousElementSibling : row.nextElementSibling) step(row, by);
  event.target.scrollIntoView({ block: "nearest" });
});

document.addEventListener("pointerdown", (event) => {
  held = event.target.closest("[data-grip]") && rowOf(event.target);
  if (!held) return;
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  held.classList.add("dragged");
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (event.clientY < EDGE || event.clientY > innerHeight - EDGE) scrollBy(0, event.clientY < EDGE ? -12 : 12);
  const box = held.getBoundingClientRect();
  const over = rowOf(document.elementFromPoint(box.left + box.width / 2, event.clientY));
  if (over && over !== held) place(held, [...over.parentNode.children].indexOf(over));
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    held?.classList.remove("dragged");
    if (held) settle(held.parentNode, held);
    held = null;
  });
}

function offerShare() {
  for (const button of document.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
}
document.addEventListener("htmx:afterSettle", offerShare);
document.addEventListener("htmx:historyRestore", offerShare);
offerShare();
