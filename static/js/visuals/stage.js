// The stage: one canvas over the page, and one picture of the sound on it. It draws while it is open, seen, and something
// sounds or has just faded; with quiet motion twice a second, and nothing turns or flies.
import { routedGraph } from "../deck.js";
import { keepOut } from "../inert.js";
import { isPlaying, live, sound } from "../player.js";
import { keep, recall } from "../store.js";
import { hear } from "./hearing.js";

const IDLE_SECONDS = 3;
const CALM_SECONDS = 0.5;
const MOST_PIXELS = 1_600_000;
const stage = document.getElementById("stage");
const opener = document.getElementById("show-stage");
const canvas = stage.querySelector("canvas");
const paper = canvas.getContext("2d");
const quiet = matchMedia("(prefers-reduced-motion: reduce)");
const root = document.documentElement;
let picture = null;
let listen = null;
let frame = 0;
let last = 0;
let still = 0;
let idle = 0;

export function toggle() {
  const open = stage.hidden;
  stage.hidden = !open;
  root.classList.toggle("staged", open);
  keepOut(stage, open);
  opener.ariaPressed = String(open);
  if (!open) return close();
  const { analyser, context } = routedGraph();
  context.resume();
  listen ??= hear(analyser);
  chosen().checked = true;
  chosen().focus();
  fit();
  show();
  stir();
}

function close() {
  cancelAnimationFrame(frame);
  frame = 0;
  if (document.fullscreenElement) document.exitFullscreen();
  opener.focus();
}

function chosen() {
  return stage.querySelector(`[value="${CSS.escape(recall("visual", ""))}"]`) ?? stage.querySelector("[name=visual]");
}

async function show() {
  const { default: make } = await import(`./${chosen().value}.js`);
  paper.clearRect(0, 0, canvas.width, canvas.height);
  picture = make();
  go();
}

function go() {
  still = 0;
  if (!stage.hidden && !document.hidden) frame ||= requestAnimationFrame(draw);
}

function draw(now) {
  frame = 0;
  const seconds = now / 1000;
  const calm = quiet.matches;
  if (!calm || seconds - last >= CALM_SECONDS) {
    const heard = listen(calm);
    const elapsed = Math.min(seconds - last, 0.1);
    last = seconds;
    still = isPlaying() ? 0 : still + elapsed;
    picture?.({ paper, width: canvas.width, height: canvas.height, seconds, elapsed, calm, ...heard });
  }
  if (still < IDLE_SECONDS && !document.hidden) frame = requestAnimationFrame(draw);
}

function fit() {
  const { width, height } = stage.getBoundingClientRect();
  const scale = Math.min(devicePixelRatio, 2, Math.sqrt(MOST_PIXELS / (width * height)));
  canvas.width = width * scale;
  canvas.height = height * scale;
}

/** In full screen all but the picture goes away while nobody moves. */
function stir() {
  root.classList.remove("idle");
  clearTimeout(idle);
  idle = setTimeout(() => root.classList.add("idle"), IDLE_SECONDS * 1000);
}

stage.addEventListener("change", ({ target }) => {
  keep("visual", target.value);
  show();
});
stage.addEventListener("keydown", (event) => event.key === "Escape" && toggle());
document.getElementById("close-stage").addEventListener("click", toggle);
document.getElementById("full-stage").addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
document.getElementById("full-stage").hidden = !document.fullscreenEnabled;
new ResizeObserver(() => {
  if (stage.hidden) return;
  fit();
  go();
}).observe(stage);
for (const name of ["pointermove", "pointerdown", "keydown"]) document.addEventListener(name, stir);
document.addEventListener("visibilitychange", go);
for (const one of [sound, live]) one.addEventListener("change", go);
