// The panel of what comes: in order, taken off, added to from any track; and what was played before.
import { keepOut } from "./inert.js";
import { trackOf } from "./marks.js";
import { placeOf, rowOf } from "./order.js";
import { jump, live, playTracks, queue } from "./player.js";
import { toast } from "./toast.js";

const MOST_PAST = 20;
const panel = document.getElementById("upnext");
const opener = document.getElementById("show-upnext");
const list = document.getElementById("upnext-list");
const past = document.getElementById("upnext-past");
const row = document.getElementById("upnext-row");
const said = document.getElementById("said");
const phone = matchMedia("(max-width: 44rem)");

export function toggleUpNext() {
  const open = panel.hidden;
  panel.hidden = !open;
  opener.ariaExpanded = String(open);
  keepOut(panel, open && phone.matches);
  if (open) draw();
  (open ? panel : opener).focus();
}

function draw() {
  if (panel.hidden) return;
  list.replaceChildren(...queue.next.map((track) => drawn(track, true)));
  past.replaceChildren(...queue.past.slice(-MOST_PAST).reverse().map((track) => drawn(track, false)));
  panel.classList.toggle("nothing", !queue.next.length);
  past.closest("details").hidden = !queue.past.length;
  document.getElementById("upnext-source").textContent = live.station ? "Live: the station chooses" : queue.source ? `From ${queue.source.name}, without end` : "";
}

function drawn(track, comes) {
  const item = row.content.cloneNode(true).firstElementChild;
  const jumps = item.querySelector("[data-jump]");
  item.querySelector("img").src = track.disc;
  item.querySelector(".upnext-name").textContent = track.name;
  item.querySelector(".upnext-by").textContent = track.creator;
  jumps.ariaLabel = `Play ${track.name}`;
  for (const own of item.querySelectorAll("[data-grip], [data-move], [data-remove]")) {
    if (comes) own.ariaLabel &&= `${own.ariaLabel} ${track.name}`;
    else own.remove();
  }
  return item;
}

function remove(item) {
  const at = placeOf(item);
  const track = queue.next[at];
  queue.remove(at);
  const beside = list.children[at] ?? list.lastElementChild;
  (beside?.querySelector("[data-remove]") ?? panel).focus();
  said.textContent = `Taken off: ${track.name}`;
}

/** Puts it behind what a listener added before; the toast offers to play it right after this one. */
function add(track) {
  if (!queue.now && !live.station) return playTracks([track]);
  const place = queue.add(track);
  const undo = () => queue.remove(place);
  const also = place > 0 && { words: "Play next", run: () => queue.move(place, 0) };
  toast(`Added to Up Next: ${track.name}`, { undo, also });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-queue], [data-jump], [data-remove], [data-clear]");
  if (!button) return;
  const item = button.closest("li");
  if (button.dataset.queue !== undefined) add(trackOf(button.closest("[data-track]")));
  else if (button.dataset.clear !== undefined) {
    const kept = queue.clear();
    toast("Nothing comes after this", { undo: () => queue.restore(kept) });
    panel.focus();
  } else if (button.dataset.remove !== undefined) remove(item);
  else if (rowOf(item)) jump(placeOf(item));
  else playTracks([queue.past.at(-1 - placeOf(item)), ...queue.next], { source: queue.source });
});

list.addEventListener("moved", (event) => {
  event.stopPropagation(); // the rows are drawn anew, and no other list's
  const { from, to } = event.detail;
  const focused = ["[data-jump]", "[data-move]"].find((one) => event.target.querySelector(one) === document.activeElement);
  queue.move(from, to);
  if (focused) list.children[to].querySelector(focused).focus();
  said.textContent = `${queue.next[to].name}: ${to + 1} of ${queue.next.length}`;
});

list.addEventListener("keydown", (event) => event.key === "Delete" && remove(rowOf(event.target)));
panel.addEventListener("keydown", (event) => event.key === "Escape" && toggleUpNext());
document.getElementById("close-upnext").addEventListener("click", toggleUpNext);
opener.addEventListener("click", toggleUpNext);
phone.addEventListener("change", () => keepOut(panel, !panel.hidden && phone.matches));
queue.addEventListener("change", draw);
live.addEventListener("change", draw);
