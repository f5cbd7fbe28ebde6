import { currentTrack, skipSeconds, toggle } from "./player.js";
import { keep, recall } from "./store.js";
import { toggleMute } from "./volume.js";

const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");
const OWN_KEYS = "input, textarea, select, button, a, summary, audio, [role=slider], [contenteditable], dialog *";
const WRITING = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

const ACTIONS = {
  " ": () => toggle(),
  ArrowLeft: () => skipSeconds(-5),
  ArrowRight: () => skipSeconds(5),
  m: toggleMute,
  l: like,
  "/": search,
  "?": () => dialog.showModal(),
};
const TAKEN_BY_CONTROLS = new Set([" ", "ArrowLeft", "ArrowRight"]);

function like() {
  const id = currentTrack()?.id;
  document.querySelector(`[data-like="${CSS.escape(id ?? "")}"]`)?.click();
}

function search() {
  const field = document.getElementById("search");
  if (field) return field.focus();
  document.addEventListener("htmx:afterSettle", () => document.getElementById("search")?.focus(), { once: true });
  document.querySelector("[data-nav=library]").click();
}

document.addEventListener("keydown", (event) => {
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || !on.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches(WRITING)) return;
  if (TAKEN_BY_CONTROLS.has(event.key) && (event.target.matches(OWN_KEYS) || !currentTrack())) return;
  event.preventDefault();
  action();
});

document.getElementById("show-keys").addEventListener("click", () => dialog.showModal());
document.getElementById("close-keys").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
on.addEventListener("change", () => keep("keys", on.checked ? null : "off"));
on.checked = recall("keys", "on") === "on";
