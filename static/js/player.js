// The one player. It stands outside the page, so music goes on while people walk around.
import { clock, listenToFaces, paintFaces } from "./face.js";
import { announce, onMediaKeys } from "./mediasession.js";
import { Sound } from "./sound.js";
import { recall, keep } from "./store.js";
import { silenceOthers, whenAnotherPlays } from "./tabs.js";
import { toast } from "./toast.js";
import { troubleWith } from "./trouble.js";

const bar = document.getElementById("player");
const part = Object.fromEntries(
  ["play", "previous", "next", "loop", "expand", "player-disc", "player-picture", "player-title", "player-time", "player-by"].map(
    (id) => [id, document.getElementById(id)],
  ),
);
export const sound = new Sound(document.getElementById("audio"));
let list = [];
let track = null;
let frame = 0;
let asked = false; // somebody pressed play since the page was loaded

export function toggle() {
  if (!track) return;
  if (sound.playing) sound.pause();
  else start();
}

export function skipSeconds(seconds) {
  if (track) sound.seek(sound.position + seconds);
}

/** Plays these tracks from the first on. */
export function playList(tracks) {
  list = tracks;
  show(list[0]);
  start();
}

/** The track that plays or stands still in the player, or null. */
export function currentTrack() {
  return track;
}

/** Play these one after the other, without a break if the first of them plays already. */
export function playAll(tracks) {
  list = tracks;
  sound.loop(false);
  if (track?.id !== tracks[0].id) show(tracks[0]);
  part.previous.disabled = part.next.disabled = list.length < 2;
  keepPlace();
  if (!sound.playing) start();
}

function load(owner) {
  const chosen = JSON.parse(owner.dataset.track);
  if (chosen.id === track?.id) return;
  if (owner !== bar) list = [...(owner.closest("[data-list]") ?? document.getElementById("page")).querySelectorAll("[data-track]")].map((one) => JSON.parse(one.dataset.track));
  show(chosen);
}

function show(chosen) {
  track = chosen;
  sound.load(track.audio);
  bar.hidden = false;
  bar.dataset.track = JSON.stringify(track);
  document.documentElement.dataset.player = "";
  part["player-disc"].src = track.disc;
  part["player-picture"].src = track.face;
  linkTitle();
  part["player-by"].textContent = ` · ${track.creator}`;
  part.previous.disabled = part.next.disabled = list.length < 2;
  announce(track);
  keepPlace();
  mark();
}

// A new link each time: htmx remembers where a link led when it first saw it.
function linkTitle() {
  const link = part["player-title"].cloneNode();
  link.textContent = track.name;
  link.href = track.page;
  link.addEventListener("click", () => expand(false));
  part["player-title"].replaceWith(link);
  part["player-title"] = link;
  window.htmx?.process(link);
}

async function start() {
  asked = true;
  silenceOthers();
  try {
    await sound.play();
  } catch (problem) {
    if (problem.name === "NotAllowedError") toast(`Press play to hear “${track.name}”.`);
  }
}

function step(by) {
  if (!track || !list.length) return;
  const at = list.findIndex((one) => one.id === track.id);
  if (by < 0 && sound.position > 3) return sound.seek(0);
  show(list[(at + by + list.length) % list.length]);
  start();
}

/** Every place that shows this track tells whether it plays; also after a page or a fragment came in. */
function mark() {
  for (const owner of document.querySelectorAll("[data-track]")) {
    const current = track !== null && JSON.parse(owner.dataset.track).id === track.id;
    owner.classList.toggle("is-current", current);
    owner.classList.toggle("is-playing", current && sound.playing);
    for (const button of owner.querySelectorAll("[data-play]")) name(button, JSON.parse(owner.dataset.track), current && sound.playing);
  }
  for (const button of document.querySelectorAll("[data-loop], #loop")) button.setAttribute("aria-pressed", String(sound.looping));
  part.play.setAttribute("aria-label", sound.playing ? "Pause" : "Play");
  paint();
}

function name(button, of, playing) {
  const word = playing ? "Pause" : "Play";
  if (button.dataset.words === undefined) button.setAttribute("aria-label", `${word} ${of.name}`);
  else button.querySelector("span").textContent = word;
}

function paint() {
  if (!track) return;
  const duration = sound.duration || track.duration;
  paintFaces(document.querySelectorAll(".is-current"), sound.position, duration);
  const time = `${clock(sound.position)} / ${clock(duration)}`;
  if (part["player-time"].textContent !== time) part["player-time"].textContent = time;
}

function paintOn() {
  paint();
  frame = sound.playing ? requestAnimationFrame(paintOn) : 0;
}

// The last track comes back, standing still, when the whole page is loaded anew.
function keepPlace() {
  keep("playing", JSON.stringify({ track, list: list.slice(0, 100), seconds: sound.position }));
}

function restore() {
  const kept = JSON.parse(recall("playing", "null"));
  if (!kept?.track) return;
  list = kept.list;
  show(kept.track);
  sound.seek(kept.seconds);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-play], [data-loop]");
  if (!button) return;
  event.preventDefault();
  const owner = button.closest("[data-track]");
  const same = track?.id === JSON.parse(owner.dataset.track).id;
  load(owner);
  if (button.dataset.loop !== undefined) {
    sound.loop(!(same && sound.looping));
    if (!sound.playing) start();
    mark();
  } else if (same) toggle();
  else start();
});

listenToFaces({
  seek(face, share, { playing }) {
    const owner = face.closest("[data-track]");
    const fresh = JSON.parse(owner.dataset.track).id !== track?.id;
    load(owner);
    sound.seek(share * (sound.duration || track.duration));
    if (playing && fresh) start();
    paint();
  },
  step(face, move) {
    load(face.closest("[data-track]"));
    sound.seek(move.to === undefined ? sound.position + move.by : move.to * track.duration);
    paint();
  },
});

sound.onChange = () => {
  mark();
  keepPlace();
  frame ||= requestAnimationFrame(paintOn);
};
sound.onEnd = () => {
  const at = list.findIndex((one) => one.id === track.id);
  if (at + 1 < list.length) step(1);
};
sound.onProblem = async () => {
  if (!track) return;
  const trouble = await troubleWith(track);
  if (asked) toast(trouble.words, { bad: true });
  else if (trouble.gone) forget();
};

/** The track of the last visit has been deleted since: nobody asked for it, so nobody is told. */
function forget() {
  track = null;
  bar.hidden = true;
  delete document.documentElement.dataset.player;
  keepPlace();
}

part.play.addEventListener("click", toggle);
part.previous.addEventListener("click", () => step(-1));
part.next.addEventListener("click", () => step(1));
part.loop.addEventListener("click", () => {
  sound.loop(!sound.looping);
  mark();
});
part.expand.addEventListener("click", () => expand(!bar.classList.contains("open")));
bar.addEventListener("keydown", (event) => event.key === "Escape" && expand(false));

function expand(open) {
  bar.classList.toggle("open", open);
  part.expand.setAttribute("aria-expanded", String(open));
  part.expand.setAttribute("aria-label", open ? "Close the player" : "Open the player");
}

onMediaKeys({ play: start, pause: () => sound.pause(), previous: () => step(-1), next: () => step(1), seek: (to) => sound.seek(to), skip: skipSeconds });
whenAnotherPlays(() => sound.playing && sound.pause());
document.addEventListener("htmx:afterSettle", mark);
document.addEventListener("htmx:historyRestore", mark);
addEventListener("pagehide", keepPlace);
restore();
