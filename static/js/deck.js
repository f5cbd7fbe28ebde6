// An audio element with a level of its own: what makes tracks equally loud, times the fade, times what the listener set.
import { openedGraph, openGraph } from "./graph.js";

const REFERENCE_LUFS = -18; // as ReplayGain 2: nothing has to be amplified to it, and two tracks overlap without clipping
const MUSIC_LUFS = -14; // what finished music has; effects, which their peaks limit, lie between -10 and -18
const STEP_MILLISECONDS = 40;
const decks = [];
let level = 1;

/** What brings a track of this loudness to that of all others, as a factor of amplitude. */
export function gainFor(lufs) {
  return Math.min(1, 10 ** ((REFERENCE_LUFS - (lufs ?? MUSIC_LUFS)) / 20));
}

/** The listener's volume, 0 to 1 as amplitude. */
export function setLevel(to) {
  level = to;
  for (const deck of decks) deck.apply();
}

/** The graph, with every deck and every deck to come led through it. */
export function routedGraph() {
  const graph = openGraph();
  for (const deck of decks) deck.route(graph);
  return graph;
}

export class Deck {
  url = null;
  gain = 1;
  silent = false;
  #share = 1;
  #timer = 0;
  #routed = false;
  #growth = null;

  constructor(audio) {
    this.audio = audio;
    decks.push(this);
    if (openedGraph()) this.route(openedGraph());
  }

  load({ audio: url, lufs, growing }) {
    this.leave();
    this.url = url;
    if (growing) this.#growth = this.#grow(url);
    else this.audio.src = url;
    this.gain = gainFor(lufs);
    this.fade(1);
  }

  /** When what was loaded may be played. */
  get ready() {
    return this.#growth?.then((growth) => growth?.ready);
  }

  /** Nothing is fetched any more of a sound that grows. */
  leave() {
    this.#growth?.then((growth) => growth?.close());
    if (this.#growth) this.#growth = this.url = null;
  }

  async #grow(url) {
    const { Growth } = await import("./growth.js");
    return this.url === url ? new Growth(this.audio, url) : null;
  }

  /** Sets the share of full level, at once or over some seconds: two decks that cross sound as loud as one. */
  fade(to, seconds = 0) {
    clearInterval(this.#timer);
    const from = this.#share;
    const began = performance.now();
    const step = () => {
      const done = seconds ? Math.min((performance.now() - began) / 1000 / seconds, 1) : 1;
      this.#share = from + (to - from) * done;
      this.apply();
      if (done < 1) return;
      clearInterval(this.#timer);
      if (to === 0) this.audio.pause();
    };
    if (seconds) this.#timer = setInterval(step, STEP_MILLISECONDS);
    step();
  }

  route(graph) {
    if (this.#routed) return;
    this.#routed = true;
    new MediaElementAudioSourceNode(graph.context, { mediaElement: this.audio }).connect(graph.entry);
    this.apply();
  }

  apply() {
    const own = this.silent ? 0 : this.gain * Math.sin((this.#share * Math.PI) / 2);
    this.audio.volume = this.#routed ? own : own * level;
    const graph = openedGraph();
    if (graph) graph.master.gain.value = level;
  }
}
