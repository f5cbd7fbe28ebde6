// Falling asleep to it: after some minutes or at the end of the track it fades out and stands still. And how long
// tracks cross.
import { fading, isPlaying, live, pause, secondsLeft, sound } from "./player.js";
import { keep, recall } from "./store.js";
import { dim } from "./volume.js";

const FADE_SECONDS = 10;
const choice = document.getElementById("sleep");
const left = document.getElementById("sleep-left");
const crossing = document.getElementById("crossfade");
let deadline = 0;
let timer = 0;

function set() {
  deadline = Date.now() + Number(choice.value) * 60_000;
  keep("sleep", Number(choice.value) ? `${choice.value} ${deadline}` : null);
  begin();
}

function begin() {
  clearInterval(timer);
  fading.stopsAfterThis = choice.value === "track";
  dim(1);
  timer = choice.value ? setInterval(watch, 250) : 0;
  say();
}

const remaining = () => (fading.stopsAfterThis ? secondsLeft() : (deadline - Date.now()) / 1000);

function watch() {
  const seconds = remaining();
  if (isPlaying()) dim(Math.min(Math.max(seconds / FADE_SECONDS, 0), 1));
  if (seconds <= 0.1) sleep();
  else say();
}

function sleep() {
  if (!choice.value) return;
  pause();
  choice.value = "";
  set();
}

function say() {
  left.textContent = Number(choice.value) ? `${Math.ceil(remaining() / 60)} min left` : "";
}

choice.addEventListener("change", set);
sound.addEventListener("end", () => fading.stopsAfterThis && !live.station && sleep());
crossing.addEventListener("change", () => {
  fading.seconds = Number(crossing.value);
  keep("crossfade", crossing.value === "0" ? null : crossing.value);
});
crossing.value = String(fading.seconds);

// The page was loaded again meanwhile.
const [minutes, end] = recall("sleep", "").split(" ").map(Number);
if (end > Date.now()) {
  choice.value = minutes;
  deadline = end;
  begin();
}
