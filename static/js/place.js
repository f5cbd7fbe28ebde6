// What played comes back, standing still, when the whole page is loaded anew; the tab that played last says what that is.
import { hideBar } from "./bar.js";
import { bringIn, live, queue, showSong, sound } from "./player.js";
import { keep, recall } from "./store.js";
import { whenAnotherPlays } from "./tabs.js";
import { toast } from "./toast.js";
import { troubleWith } from "./trouble.js";

let asked = false; // something has sounded since the page was loaded
let mine = true;

function keepPlace() {
  if (mine) keep("playing", JSON.stringify({ queue, station: live.station, seconds: sound.position }));
}

function restore() {
  const kept = JSON.parse(recall("playing", "null"));
  if (!kept?.queue) return;
  queue.restore(kept.queue);
  if (queue.now) {
    bringIn();
    sound.seek(kept.seconds);
  }
  if (!kept.station) return;
  live.station = kept.station;
  showSong();
}

/** The track of the last visit has been deleted since: nobody asked for it, so nobody is told. */
function forget() {
  queue.restore({ past: [], now: null, next: [], source: null });
  hideBar();
  keepPlace();
}

sound.addEventListener("problem", async () => {
  if (!queue.now || live.station) return;
  const trouble = await troubleWith(queue.now);
  if (asked) toast(trouble.words, { bad: true });
  else if (trouble.gone) forget();
});

restore();
for (const [what, event] of [[sound, "change"], [queue, "change"], [live, "change"], [window, "pagehide"]]) {
  what.addEventListener(event, () => {
    if (sound.playing || live.playing) asked = mine = true;
    keepPlace();
  });
}
whenAnotherPlays(() => (mine = false));
