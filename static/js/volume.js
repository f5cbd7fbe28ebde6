import { paint } from "./create.js";
import { setLevel } from "./deck.js";
import { setIcon } from "./icon.js";
import { keep, recall } from "./store.js";

const slide = document.getElementById("volume");
const button = document.getElementById("mute");
let muted = false;
let dimmed = 1;

export function toggleMute() {
  muted = !muted;
  show();
}

/** Quieter for a while, whatever the listener set: 0 to 1. */
export function dim(share) {
  dimmed = share;
  show();
}

function show() {
  const volume = slide.value / 100;
  setLevel(muted ? 0 : volume ** 2 * dimmed); // ears hear level in ratios
  button.setAttribute("aria-pressed", String(muted));
  setIcon(button, muted || volume === 0 ? "volume-x" : "volume-2");
  paint(slide);
}

slide.addEventListener("input", () => {
  muted = false;
  keep("volume", slide.value);
  show();
});
button.addEventListener("click", toggleMute);
slide.value = recall("volume", "100");
show();
