// Rows that people put in order, by arrows, Alt with arrow keys, and the grip. The row tells by "moved" where it went.
const EDGE = 90; // pixels from the edge of the window where dragging scrolls
let held = null;
let began = 0;

export const rowOf = (element) => element?.closest("[data-order] > li");
export const placeOf = (row) => [...row.parentNode.children].indexOf(row);

/** The others go around the row, which is never taken out itself: so it keeps focus and pointer. */
function place(row, to) {
  const rows = [...row.parentNode.children];
  const at = placeOf(row);
  if (to > at) row.before(...rows.slice(at + 1, to + 1));
  else row.after(...rows.slice(Math.max(to, 0), at));
}

const tell = (row, from) => row.dispatchEvent(new CustomEvent("moved", { bubbles: true, detail: { from, to: placeOf(row) } }));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  const row = rowOf(button);
  if (!row) return;
  const from = placeOf(row);
  const by = Number(button.dataset.move);
  const beyond = !(by < 0 ? row.previousElementSibling : row.nextElementSibling);
  if (beyond && button.ariaDisabled !== "true") return; // onto another page: the form does that
  event.preventDefault();
  if (beyond) return;
  place(row, from + by);
  tell(row, from);
});

document.addEventListener("keydown", (event) => {
  const row = event.altKey && rowOf(event.target);
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!row || !by) return;
  event.preventDefault();
  row.querySelector(`[data-move="${by}"]`).click();
  event.target.scrollIntoView({ block: "nearest" });
});

document.addEventListener("pointerdown", (event) => {
  held = event.target.closest("[data-grip]") && rowOf(event.target);
  if (!held) return;
  event.preventDefault();
  event.target.setPointerCapture(event.pointerId);
  held.classList.add("dragged");
  began = placeOf(held);
});
document.addEventListener("pointermove", ({ clientY }) => {
  if (!held) return;
  const moved = held.closest("[data-scrolls]") ?? window;
  moved.scrollBy(0, clientY < EDGE ? -12 : clientY > innerHeight - EDGE ? 12 : 0);
  const { left, width } = held.getBoundingClientRect();
  const over = rowOf(document.elementFromPoint(left + width / 2, clientY));
  if (over?.parentNode === held.parentNode) place(held, placeOf(over));
});
document.addEventListener("lostpointercapture", () => {
  if (!held) return;
  held.classList.remove("dragged");
  if (placeOf(held) !== began) tell(held, began);
  held = null;
});
