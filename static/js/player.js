// The one player: it leads the queue, the sound and the station on air, and shows them in the bar. It stands outside
// the page, so music goes on while people walk around.
import { bar, paintTime, showInBar } from "./bar.js";
import { Live } from "./live.js";
import { mark, markSource, markStation } from "./marks.js";
import { announce, announceTime, onMediaKeys } from "./mediasession.js";
import { Queue } from "./queue.js";
import { Sound } from "./sound.js";
import { recall } from "./store.js";
import { silenceOthers, whenAnotherPlays } from "./tabs.js";
import { toast } from "./toast.js";

const PREFETCH_SECONDS = 20;
const button = (id) => document.getElementById(id);
export const sound = new Sound(...bar.querySelectorAll("audio"));
export const queue = new Queue();
export const live = new Live();
export const fading = { seconds: Number(recall("crossfade", "0")), stopsAfterThis: false };
let frame = 0;

/** The track that plays or stands still in the player, or null: a sound that is still being made is none yet. */
export function currentTrack() {
  if (live.station) return live.song?.track ?? null;
  return queue.now?.growing ? null : queue.now;
}

export function isPlaying() {
  return live.station ? live.playing : sound.playing;
}

/** Seconds until what plays ends. */
export function secondsLeft() {
  return live.station ? (live.song?.duration ?? 0) - live.position : sound.duration - sound.position;
}

export function toggle() {
  if (isPlaying()) pause();
  else start();
}

export async function start() {
  if (!queue.now && !live.station) return;
  silenceOthers();
  if (live.station) return live.start();
  try {
    await sound.play();
  } catch (problem) {
    if (problem.name === "NotAllowedError") toast(`Press play to hear “${queue.now.name}”.`);
  }
}

export function pause() {
  if (live.station) live.stop();
  else sound.pause();
}

export function seek(seconds) {
  sound.seek(seconds);
  paint();
}

export function skipSeconds(seconds) {
  if (queue.now && !live.station) seek(sound.position + seconds);
}

export function loop(on) {
  sound.loop(on);
  markLoops();
}

/** Plays these tracks one after the other, then what the source gives; without a break if the first of them plays already. */
export function playTracks(tracks, { at = 0, source = null } = {}) {
  const plays = !live.station && queue.now?.id === tracks[at].id;
  live.forget();
  queue.start(tracks, at, source);
  if (plays) showTrack();
  else bringIn();
  if (!isPlaying()) start();
}

/** Puts one of these tracks into the player, standing still. */
export function putIn(tracks, at) {
  live.forget();
  queue.start(tracks, at);
  bringIn();
}

export async function next() {
  if (live.station) return;
  if (!queue.next.length) await queue.refill();
  if (queue.forward()) turn();
}

export function previous() {
  if (live.station || !queue.now) return;
  if (sound.position > 3 || !queue.back()) seek(0);
  else turn();
}

/** Plays what stands at this place of Up Next. */
export function jump(place) {
  if (queue.forward(place)) turn();
}

export function tuneIn(station) {
  sound.pause();
  live.station = station;
  live.song = null;
  showSong();
  return start();
}

/** What was heard while it was made is finished: its track goes on where that is. */
export async function finish(track) {
  if (!(await sound.replace(track)) || queue.now?.id !== track.id) return;
  queue.become(track);
  showTrack();
}

function turn(fadeSeconds = 0) {
  live.forget();
  bringIn(fadeSeconds);
  start();
}

export function bringIn(fadeSeconds = 0) {
  sound.load(queue.now, fadeSeconds);
  showTrack();
}

function showTrack() {
  bar.dataset.track = JSON.stringify(queue.now);
  showInBar(queue.now, { source: queue.source });
  announce(queue.now);
  marked();
}

export function showSong() {
  const { station, song } = live;
  const shown = song ?? { name: station.name };
  bar.dataset.track = JSON.stringify(song?.track ?? {});
  showInBar(shown, { live: station });
  announce({ ...shown, album: station.name });
  marked();
}

function marked() {
  mark(live.station ? null : queue.now, isPlaying());
  markStation(live.station, live.playing);
  markSource(!live.station && queue.source?.url, isPlaying());
  markLoops();
  paint();
}

function markLoops() {
  for (const one of document.querySelectorAll("[data-loop], #loop")) one.ariaPressed = String(sound.looping);
}

function paint() {
  if (live.station) paintTime(live.position, live.song?.duration ?? 0, live.words);
  else if (queue.now) paintTime(sound.position, sound.duration || queue.now.duration);
}

function paintOn() {
  paint();
  frame = isPlaying() ? requestAnimationFrame(paintOn) : 0;
}

function changed() {
  marked();
  announceTime(isPlaying(), live.station ? null : sound);
  frame ||= requestAnimationFrame(paintOn);
}

/** The next track comes in: before the end where tracks cross, and never while one loops. */
function lookAhead() {
  const [coming] = queue.next;
  if (!coming || !sound.duration || sound.looping || fading.stopsAfterThis || queue.now.growing) return;
  const left = secondsLeft();
  if (left < PREFETCH_SECONDS) sound.prefetch(coming);
  const over = Math.min(fading.seconds, sound.duration / 3, coming.duration / 3);
  if (sound.playing && over && left <= over && queue.forward()) turn(left);
}

sound.addEventListener("change", () => !live.station && changed());
sound.addEventListener("tick", lookAhead);
sound.addEventListener("end", () => !fading.stopsAfterThis && next());
live.addEventListener("change", () => live.station && changed());
live.addEventListener("song", showSong);
queue.addEventListener("change", () => (button("next").disabled = !queue.next.length && !queue.source));

button("play").addEventListener("click", toggle);
button("previous").addEventListener("click", previous);
button("next").addEventListener("click", next);
button("loop").addEventListener("click", () => loop(!sound.looping));

onMediaKeys({ play: start, pause, previous, next, seek, skip: skipSeconds });
whenAnotherPlays(() => isPlaying() && pause());
document.addEventListener("htmx:afterSettle", marked);
document.addEventListener("htmx:historyRestore", marked);

