// What sounds: one track, for the length of a crossfade two, and Web Audio while one loops. Everything else sees one
// clock. Tells by events: change, tick (four times a second), end, problem.
import { Deck } from "./deck.js";
import { openedGraph } from "./graph.js";
import { isLooping, loopPosition, startLoop, stopLoop } from "./seamless.js";

const CHANGE_SECONDS = 0.3; // in which a finished sound takes over from the same one as it grew
const LEAD_SECONDS = 0.6; // how far ahead it waits for that
const TOLD = { play: "change", pause: "change", loadedmetadata: "change", seeked: "change", timeupdate: "tick", ended: "end", error: "problem" };

export class Sound extends EventTarget {
  looping = false;
  #now;
  #spare;

  constructor(...elements) {
    super();
    [this.#now, this.#spare] = elements.map((audio) => new Deck(audio));
    for (const audio of elements) {
      for (const [heard, told] of Object.entries(TOLD)) {
        audio.addEventListener(heard, () => audio === this.#audio && this.dispatchEvent(new Event(told)));
      }
    }
  }

  get #audio() {
    return this.#now.audio;
  }

  get playing() {
    return !this.#audio.paused;
  }

  get duration() {
    return Number.isFinite(this.#audio.duration) ? this.#audio.duration : 0;
  }

  get position() {
    return isLooping() ? loopPosition() : this.#audio.currentTime;
  }

  /** Brings a track in, with a crossfade of so many seconds. */
  load(track, fadeSeconds = 0) {
    stopLoop();
    const { url } = this.#spare;
    if (fadeSeconds || url === track.audio) this.#swap(fadeSeconds);
    if (this.#now.url === track.audio && !this.#audio.error) this.#audio.currentTime = 0;
    else this.#now.load(track);
    this.#audio.loop = this.looping;
    this.#now.silent = false;
    this.#now.fade(fadeSeconds ? 0 : 1);
    if (fadeSeconds) this.#now.fade(1, fadeSeconds);
  }

  /** The same sound from another file goes on where this one is; true once it does. */
  async replace(track) {
    const [old, fresh] = [this.#now, this.#spare];
    const { audio } = fresh;
    fresh.load(track);
    await new Promise((done) => ["loadeddata", "error"].forEach((event) => audio.addEventListener(event, done, { once: true })));
    if (audio.error || this.#now !== old || fresh.url !== track.audio) return false;
    if (!old.audio.paused) await this.#meet(old.audio, audio);
    else audio.currentTime = old.audio.currentTime;
    if (this.#now !== old || fresh.url !== track.audio) return false;
    const plays = !old.audio.paused;
    fresh.fade(plays ? 0 : 1);
    if (plays) await audio.play();
    this.#swap(plays ? CHANGE_SECONDS : 0);
    if (plays) fresh.fade(1, CHANGE_SECONDS);
    audio.loop = this.looping;
    setTimeout(() => this.#spare === old && old.leave(), 2000 * CHANGE_SECONDS);
    this.dispatchEvent(new Event("change"));
    return true;
  }

  /** Brings an element that stands still to a place a little ahead, and waits until the other one gets there. */
  async #meet(playing, waiting) {
    waiting.currentTime = Math.min(playing.currentTime + LEAD_SECONDS, waiting.duration);
    await new Promise((done) => waiting.addEventListener("seeked", done, { once: true }));
    while (!playing.paused && !playing.ended && playing.currentTime < waiting.currentTime) {
      await new Promise((done) => setTimeout(done, Math.min(250, (waiting.currentTime - playing.currentTime) * 1000)));
    }
  }

  /** Fetches the track that will probably come next. */
  prefetch(track) {
    if (this.#spare.url !== track.audio && this.#spare.audio.paused) this.#spare.load(track);
  }

  async play() {
    if (this.#audio.error) this.#audio.load(); // try again: it may have come back
    if (this.#spare?.url === null) this.#spare.audio.load(); // phones let only elements sound that a press has touched
    openedGraph()?.context.resume();
    await this.#now.ready;
    await this.#audio.play();
    if (this.looping) await this.#takeOver();
  }

  pause() {
    const at = this.position;
    stopLoop();
    this.#spare?.audio.pause();
    this.#audio.pause();
    this.#audio.currentTime = at;
    this.#silence(false);
    this.#now.fade(1);
  }

  seek(seconds) {
    this.#audio.currentTime = Math.min(Math.max(seconds, 0), this.duration || seconds);
    if (isLooping()) this.#takeOver();
  }

  loop(on) {
    this.looping = this.#audio.loop = on;
    if (on && this.playing) this.#takeOver();
    if (!on && isLooping()) this.#giveBack();
  }

  #swap(fadeSeconds) {
    [this.#now, this.#spare] = [this.#spare, this.#now];
    this.#spare.fade(0, fadeSeconds);
    this.#spare.audio.removeAttribute("data-now");
    this.#audio.dataset.now = "";
  }

  async #takeOver() {
    const { url, gain } = this.#now;
    try {
      await startLoop(url ?? this.#audio.src, this.#audio.currentTime, gain);
    } catch {
      return; // the element loops by itself, with its small gap
    }
    if (!this.playing || !this.looping || this.#now.url !== url) stopLoop();
    this.#silence(isLooping());
  }

  #giveBack() {
    const at = loopPosition();
    stopLoop();
    this.#audio.currentTime = at;
    this.#silence(false);
  }

  #silence(is) {
    this.#now.silent = is;
    this.#now.apply();
  }
}
