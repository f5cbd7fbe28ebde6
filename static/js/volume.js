import { paint } from "./create.js";
import { setIcon } from "./icon.js";
import { sound } from "./player.js";
import { keep, recall } from "./store.js";

const slide = document.getElementById("volume");
const button = document.getElementById("mute");
let muted = false;

export function toggleMute() {
  muted = !muted;
  show();
}

function show() {
  const level = slide.value / 100;
  sound.setVolume(level ** 2, muted); // ears hear level in ratios
  button.setAttribute("aria-pressed", String(muted));
  setIcon(button, muted || level === 0 ? "volume-x" : "volume-2");
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
