// One sound at a time: an audio element, and Web Audio while it loops. Everything else sees one clock and one volume.
import { isLooping, loopPosition, setLoopVolume, startLoop, stopLoop } from "./seamless.js";

export class Sound {
  looping = false;
  onChange = () => {};
  onEnd = () => {};
  onProblem = () => {};
  #audio;
  #volume = 1;
  #muted = false;

  constructor(audio) {
    this.#audio = audio;
    for (const name of ["play", "pause", "loadedmetadata", "seeked"]) audio.addEventListener(name, () => this.onChange());
    audio.addEventListener("ended", () => this.onEnd());
    audio.addEventListener("error", () => this.onProblem());
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

  load(url) {
    stopLoop();
    this.#audio.src = url;
    this.#audio.loop = this.looping;
    this.#applyVolume();
  }

  async play() {
    if (this.#audio.error) this.#audio.load(); // try again: it may have come back
    await this.#audio.play();
    if (this.looping) await this.#takeOver();
  }

  pause() {
    const at = this.position;
    stopLoop();
    this.#audio.pause();
    this.#audio.currentTime = at;
    this.#applyVolume();
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

  setVolume(volume, muted) {
    this.#volume = volume;
    this.#muted = muted;
    this.#applyVolume();
  }

  async #takeOver() {
    const url = this.#audio.src;
    try {
      await startLoop(url, this.#audio.currentTime, this.#level());
    } catch {
      return; // the element loops by itself, with its small gap
    }
    if (!this.playing || !this.looping || this.#audio.src !== url) stopLoop();
    this.#applyVolume();
  }

  #giveBack() {
    const at = loopPosition();
    stopLoop();
    this.#audio.currentTime = at;
    this.#applyVolume();
  }

  #level() {
    return this.#muted ? 0 : this.#volume;
  }

  #applyVolume() {
    this.#audio.volume = isLooping() ? 0 : this.#level();
    setLoopVolume(this.#level());
  }
}
