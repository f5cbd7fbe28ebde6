import { live, next, previous, queue, skipSeconds, toggle } from "./player.js";
import { openStage } from "./stage.js";
import { keep, recall } from "./store.js";
import { toggleUpNext } from "./upnext.js";
import { toggleMute } from "./volume.js";

const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");
const OWN_KEYS = "input, textarea, select, button, a, summary, audio, [role=slider], [contenteditable], dialog *";
const WRITING = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

const ACTIONS = {
  " ": toggle,
  ArrowLeft: () => skipSeconds(-5),
  ArrowRight: () => skipSeconds(5),
  n: next,
  p: previous,
  q: toggleUpNext,
  f: openStage,
  m: toggleMute,
  l: () => document.getElementById("heart").click(),
  "/": search,
  "?": () => dialog.showModal(),
};
const TAKEN_BY_CONTROLS = new Set([" ", "ArrowLeft", "ArrowRight"]);
const OF_THE_PLAYER = new Set([...TAKEN_BY_CONTROLS, "n", "p", "q", "f", "l"]);

function search() {
  const field = document.getElementById("search");
  if (field) return field.focus();
  document.addEventListener("htmx:afterSettle", () => document.getElementById("search")?.focus(), { once: true });
  document.querySelector("[data-nav=library]").click();
}

document.addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const action = ACTIONS[key];
  if (!action || !on.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches(WRITING)) return;
  if (TAKEN_BY_CONTROLS.has(key) && event.target.matches(OWN_KEYS)) return;
  if (OF_THE_PLAYER.has(key) && !queue.now && !live.station) return;
  event.preventDefault();
  action();
});

document.getElementById("show-keys").addEventListener("click", () => dialog.showModal());
document.getElementById("close-keys").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
on.addEventListener("change", () => keep("keys", on.checked ? null : "off"));
on.checked = recall("keys", "on") === "on";
