// A sound that is still being made, on an audio element: from its beginning, and further as more of it is there.
// Fetched when somebody listens to one.
import "./growing.js";
import { newHls, playsNatively } from "./stream.js";

const SETTINGS = { startPosition: 0, liveDurationInfinity: false };
const RETRY_MILLISECONDS = 1000;
const MOST_TRIES = 5; // in a row

export class Growth {
  #audio;
  #url;
  #hls = null;
  #tries = 0;
  #retry = 0;
  #closed = false;

  /** `ready`: when the element may play. */
  constructor(audio, url) {
    this.#audio = audio;
    this.#url = url;
    this.ready = this.#open();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#hls?.destroy();
  }

  async #open() {
    if (playsNatively(this.#audio)) {
      this.#audio.src = this.#url;
      return;
    }
    const hls = await newHls(SETTINGS, () => this.#again());
    if (this.#closed) return hls.destroy();
    this.#hls = hls;
    hls.loadSource(this.#url);
    hls.attachMedia(this.#audio);
  }

  /** A worker that died has begun anew, or the network is away: the list is asked for again. */
  #again() {
    this.#hls.destroy();
    if (this.#closed) return;
    if (this.#audio.currentTime > 0) this.#tries = 0;
    if (++this.#tries > MOST_TRIES) return this.#audio.dispatchEvent(new Event("error"));
    const [at, plays] = [this.#audio.currentTime, !this.#audio.paused];
    this.#retry = setTimeout(async () => {
      await this.#open();
      this.#audio.currentTime = at;
      if (plays) this.#audio.play().catch(() => {});
    }, RETRY_MILLISECONDS);
  }
}
