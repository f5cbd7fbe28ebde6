// What people press on a page: a track, its face, its loop, a list, a station, what is on air.
import { bar } from "./bar.js";
import { listenToFaces } from "./face.js";
import { trackOf } from "./marks.js";
import { live, loop, pause, playTracks, putIn, queue, seek, sound, start, toggle, tuneIn } from "./player.js";
import { tracksOf } from "./queue.js";
import { toast } from "./toast.js";

const isCurrent = (owner) => owner === bar || (!live.station && trackOf(owner).id === queue.now?.id);

/** The tracks of the list or page that shows this one, and its place among them. */
function listAround(owner) {
  const owners = [...(owner.closest("[data-list]") ?? document.getElementById("page")).querySelectorAll("[data-track]")];
  return [owners.map(trackOf), owners.indexOf(owner)];
}

function pressPlay(owner) {
  if (isCurrent(owner)) return toggle();
  const [tracks, at] = listAround(owner);
  playTracks(tracks, { at });
}

function pressLoop(owner) {
  const wanted = !(isCurrent(owner) && sound.looping);
  if (!isCurrent(owner)) putIn(...listAround(owner));
  loop(wanted);
  if (!sound.playing) start();
}

/** Radio from a track plays it at once: a browser lets sound begin only while it still knows who pressed. */
async function pressRadio({ radio: url, radioName: name = "Radio", radioPage: page }, owner) {
  if (!owner && !live.station && queue.source?.url === url) return toggle();
  const first = owner && trackOf(owner);
  const source = { url, name, page };
  loop(false);
  if (first) playTracks([first], { source });
  try {
    const tracks = await tracksOf(url, queue.heard);
    if (!first && tracks.length) playTracks(tracks, { source });
    else if (!first) toast(`${name} has nothing to play yet.`);
    else toast(tracks.length ? `Then ${tracks.length} that sound like it.` : "Nothing else is here to play after it yet.");
  } catch {
    toast(`${first ? "What sounds like it" : name} could not be found. Try again in a moment.`, { bad: true });
  }
}

function pressLive(station) {
  if (live.station?.playlist === station.playlist && live.playing) pause();
  else tuneIn(station);
}

function pressListen(growing) {
  if (!live.station && growing.id === queue.now?.id) toggle();
  else playTracks([growing]);
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("[data-play], [data-loop], [data-radio], [data-live], [data-listen]");
  if (!pressed) return;
  event.preventDefault();
  const { loop: loops, radio, live: station, listen } = pressed.dataset;
  const owner = pressed.closest("[data-track]");
  if (listen) pressListen(JSON.parse(listen));
  else if (station) pressLive(JSON.parse(station));
  else if (radio) pressRadio(pressed.dataset, owner);
  else if (loops !== undefined) pressLoop(owner);
  else pressPlay(owner);
});

const isOnAir = (owner) => owner === bar && live.station;

listenToFaces({
  seek(face, share, { playing }) {
    const owner = face.closest("[data-track]");
    if (isOnAir(owner) || !(playing || isCurrent(owner))) return;
    if (!isCurrent(owner)) pressPlay(owner);
    seek(share * (sound.duration || queue.now.duration));
  },
  step(face, move) {
    const owner = face.closest("[data-track]");
    if (isOnAir(owner)) return;
    if (!isCurrent(owner)) putIn(...listAround(owner));
    seek(move.to === undefined ? sound.position + move.by : move.to * queue.now.duration);
  },
});
