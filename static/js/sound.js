// What sounds: one track, for the length of a crossfade two, and Web Audio while one loops. Everything else sees one
// clock. Tells by events: change, tick (four times a second), end, problem.
import { Deck } from "./deck.js";
import { openedGraph } from "./graph.js";
import { isLooping, loopPosition, startLoop, stopLoop } from "./seamless.js";

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

  /** Fetches the track that will probably come next. */
  prefetch(track) {
    if (this.#spare.url !== track.audio && this.#spare.audio.paused) this.#spare.load(track);
  }

  async play() {
    if (this.#audio.error) this.#audio.load(); // try again: it may have come back
    if (this.#spare?.url === null) this.#spare.audio.load(); // phones let only elements sound that a press has touched
    openedGraph()?.context.resume();
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
