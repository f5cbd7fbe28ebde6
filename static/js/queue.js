// What was played, what plays and what comes, as on a tape; and where more comes from when it runs short.
const MOST_PAST = 50;
const MOST_HEARD = 200; // ids that a station is told to leave out
const FEW = 3;

export class Queue extends EventTarget {
  past = [];
  now = null;
  next = []; // those that a listener added himself carry `own`, and stand before those of a station
  source = null; // {url, name, page} of a station without end
  heard = [];
  #asking = false;

  /** Plays these from one of them on; `source` gives more when few are left. */
  start(tracks, at = 0, source = null) {
    this.#toPast();
    this.past.push(...tracks.slice(0, at));
    this.next = tracks.slice(at + 1);
    this.source = source;
    this.#begin(tracks[at]);
  }

  /** Takes what comes next into `now`; false at the end. */
  forward(to = 0) {
    if (!this.next[to]) return false;
    this.#toPast();
    const [track] = this.next.splice(to, 1);
    this.#begin(track);
    return true;
  }

  /** What plays is the same as before, under what is known of it now. */
  become(track) {
    this.now = track;
    this.#tell();
  }

  back() {
    if (!this.past.length) return false;
    this.next.unshift(this.now);
    this.#begin(this.past.pop());
    return true;
  }

  /** Puts it behind what the listener added before, and gives its place. */
  add(track) {
    const theirs = this.next.findIndex(({ own }) => !own);
    const at = this.source && theirs >= 0 ? theirs : this.next.length;
    this.next.splice(at, 0, { ...track, own: true });
    this.#tell();
    return at;
  }

  move(from, to) {
    this.next.splice(to, 0, ...this.next.splice(from, 1));
    this.#tell();
  }

  remove(at) {
    this.next.splice(at, 1);
    this.#tell();
  }

  /** Nothing comes any more, of the station neither. Gives back what was there, to undo it. */
  clear() {
    const { next, source } = this;
    this.next = [];
    this.source = null;
    this.#tell();
    return { next, source };
  }

  restore(kept) {
    Object.assign(this, kept);
    this.#tell();
  }

  toJSON() {
    const { past, now, next, source, heard } = this;
    return { past, now, next: next.slice(0, 100), source, heard };
  }

  /** Asks the station for more when few are left. */
  async refill() {
    const { source } = this;
    if (!source || this.#asking || this.next.length >= FEW) return;
    this.#asking = true;
    try {
      const waiting = this.next.map(({ id }) => id);
      const more = await tracksOf(source.url, [...this.heard, ...waiting]);
      if (this.source !== source) return;
      this.next.push(...more.filter(({ id }) => id !== this.now.id && !waiting.includes(id)));
      this.#tell();
    } catch {
      // it is asked again with the next track
    } finally {
      this.#asking = false;
    }
  }

  #begin(track) {
    this.now = track;
    this.heard = [...this.heard.filter((id) => id !== track.id), track.id].slice(-MOST_HEARD);
    this.#tell();
    this.refill();
  }

  #toPast() {
    if (this.now) this.past.push(this.now);
    this.past = this.past.slice(-MOST_PAST);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** The tracks an address of a station gives, without those it is told to leave out. */
export async function tracksOf(url, leftOut = []) {
  const address = new URL(url, location.href);
  if (leftOut.length) address.searchParams.set("exclude", leftOut.slice(-MOST_HEARD).join());
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} of ${url}`);
  return (await answer.json()).tracks.map(playable);
}

/** A track of the JSON API as the player knows tracks from pages. */
export function playable(track) {
  const { id, name, creator, duration, loop } = track;
  return { id, name, creator, duration, loop, lufs: track.loudness_lufs, audio: track.audio_url, face: track.spectrogram_url, disc: track.disc_url, page: track.page_url };
}
