// The order of a playlist is kept; playing all of it; taking tracks off.
import { trackOf } from "./marks.js";
import { placeOf, rowOf } from "./order.js";
import { playTracks, queue } from "./player.js";
import { tracksOf } from "./queue.js";
import { send } from "./send.js";
import { toast } from "./toast.js";

const said = document.getElementById("said");
let unsaved = null;
let saving = false;

document.addEventListener("moved", ({ target: row }) => {
  const list = row.parentNode;
  if (!list.dataset.order) return;
  const [first, last] = [Number(list.start), Number(list.dataset.of)]; // of all pages
  for (const button of list.querySelectorAll("[data-move]")) {
    button.ariaDisabled = first + placeOf(rowOf(button)) === (button.name === "up" ? 1 : last);
  }
  said.textContent = `${trackOf(row).name}: ${first + placeOf(row)} of ${last}`;
  save(list);
});

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
  playTracks(here);
  if (!rest) return;
  const tracks = await tracksOf(rest).catch(() => []);
  if (queue.now?.id !== here[0].id) return; // something else was chosen since
  const known = new Set(here.map(({ id }) => id));
  const end = tracks.findIndex(({ id }) => id === here.at(-1).id) + 1; // after the last page the first goes on
  const others = [...tracks.slice(end), ...tracks.slice(0, end)].filter(({ id }) => !known.has(id));
  queue.restore({ next: put([...queue.next, ...others]) });
}

function shuffle(tracks) {
  const drawn = tracks.map((track) => [Math.random(), track]);
  return drawn.sort((one, other) => one[0] - other[0]).map(([, track]) => track);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take-off], [data-play-all]");
  if (button?.dataset.playAll !== undefined) playFrom(button.dataset);
  if (!rowOf(button)) return;
  event.preventDefault();
  takeOff(rowOf(button));
});
