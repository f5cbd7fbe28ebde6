// A station on air: everybody hears the same moment. Pausing leaves it, playing comes back to now.
// Tells by events: change (playing or not, trouble), song (what is on air is another, or more people listen).
import { Deck, gainFor } from "./deck.js";
import { newHls, playsNatively } from "./stream.js";
import { playable } from "./queue.js";

const MOST_WAIT_SECONDS = 30;
const ASK_SECONDS = 10;
const SETTINGS = { liveDurationInfinity: true };

export class Live extends EventTarget {
  station = null; // {name, playlist, now, page} of a button
  playing = false;
  song = null; // {name, creator, page, face, disc, track, at, duration}
  listeners = 0;
  trouble = "";
  #deck = null;
  #hls = null;
  #tries = 0;
  #retry = 0;
  #poll = 0;
  #said = null;

  constructor() {
    super();
    addEventListener("online", () => this.trouble && this.#connect());
  }

  async start(station = this.station) {
    this.stop();
    this.station = station;
    this.playing = true;
    this.#tell("change");
    this.#ask();
    await this.#connect();
  }

  /** Leaves: nothing is fetched any more. */
  stop() {
    this.playing = false;
    this.#tries = 0;
    clearTimeout(this.#poll);
    this.#leave();
    if (this.station) this.#tell("change");
  }

  forget() {
    this.stop();
    this.station = this.song = this.#said = null;
  }

  /** Seconds into what is on air, as this listener hears it. */
  get position() {
    return this.song ? Math.min(Math.max(this.#heardAt() - this.song.at, 0), this.song.duration) : 0;
  }

  /** What the bar says instead of a time. */
  get words() {
    if (this.trouble) return this.trouble;
    if (!this.playing) return "Left: play comes back to now";
    return this.listeners > 1 ? `On air, ${this.listeners} listen` : "On air";
  }

  async #connect() {
    this.#leave();
    this.#deck ??= this.#newDeck();
    const { audio } = this.#deck;
    if (playsNatively(audio)) audio.src = this.station.playlist;
    else await this.#attach(audio);
    if (!this.playing) return this.#leave();
    try {
      await audio.play();
    } catch (problem) {
      if (problem.name === "NotAllowedError") this.stop();
    }
  }

  async #attach(audio) {
    const { station } = this;
    const hls = await newHls(SETTINGS, (failed) => failed === this.#hls && this.#trouble());
    if (this.station !== station || !this.playing) return hls.destroy();
    this.#hls = hls;
    hls.loadSource(station.playlist);
    hls.attachMedia(audio);
  }

  #newDeck() {
    const audio = document.createElement("audio");
    audio.addEventListener("error", () => this.playing && !this.#hls && this.#trouble());
    audio.addEventListener("playing", () => {
      this.#tries = 0;
      this.#say("");
    });
    document.getElementById("player").prepend(audio);
    const deck = new Deck(audio);
    deck.gain = gainFor();
    return deck;
  }

  #trouble() {
    this.#leave();
    const seconds = Math.min(2 ** this.#tries++, MOST_WAIT_SECONDS);
    this.#say(`${this.station.name} cannot be reached. Trying again …`);
    this.#retry = setTimeout(() => this.#connect(), seconds * 1000);
  }

  #say(words) {
    if (this.trouble === words) return;
    this.trouble = words;
    this.#tell("change");
  }

  #leave() {
    clearTimeout(this.#retry);
    this.#hls?.destroy();
    this.#hls = null;
    this.#deck?.audio.pause();
    this.#deck?.audio.removeAttribute("src");
    this.trouble = "";
  }

  async #ask() {
    const { station } = this;
    try {
      const answer = await fetch(station.now, { headers: { Accept: "application/json" } });
      if (answer.ok && this.station === station) this.#said = await answer.json();
    } catch {} // the next time
    if (!this.playing || this.station !== station) return;
    this.#follow();
    clearTimeout(this.#poll);
    this.#poll = setTimeout(() => this.#ask(), ASK_SECONDS * 1000);
  }

  /** Of what the station says, the song that is heard here: a listener is some seconds behind. */
  #follow() {
    if (!this.#said) return;
    const { now_playing: now, playing_next: coming, song_history: before, listeners } = this.#said;
    const heard = this.#heardAt();
    const entries = [coming, now, ...(before ?? [])].filter(Boolean);
    const entry = entries.find(({ played_at: at }) => at <= heard) ?? now;
    this.listeners = listeners?.current ?? 0;
    this.song = entry ? songOf(entry) : null;
    this.#tell("song");
  }

  /** Seconds since 1970 of the moment that sounds. */
  #heardAt() {
    const audio = this.#deck?.audio;
    const started = audio?.getStartDate?.().getTime();
    return (this.#hls?.playingDate?.getTime() ?? (started ? started + audio.currentTime * 1000 : Date.now())) / 1000;
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

function songOf({ song, played_at: at, duration }) {
  const track = song.track ? playable(song.track) : null;
  return { name: song.title || song.text, creator: song.artist, disc: song.art, ...track, track, at, duration };
}
