// Tells the library that a track was really heard: ten seconds of it, or half of a short one.
import { currentTrack, sound } from "./player.js";

const ENOUGH_SECONDS = 10;
const LONGEST_STEP = 2; // seconds between two ticks of the clock; a longer step is a jump, not listening
let id = null;
let heard = 0;
let last = 0;

sound.addEventListener("tick", () => {
  const track = currentTrack();
  if (track && track.id !== id) [id, heard, last] = [track.id, 0, sound.position];
  const step = sound.position - last;
  last = sound.position;
  if (!track || step < 0 || step > LONGEST_STEP) return;
  const enough = Math.min(ENOUGH_SECONDS, track.duration / 2);
  if (heard < enough && heard + step >= enough) tell(track);
  heard += step;
});

function tell(track) {
  fetch(`/api/tracks/${track.id}/plays`, { method: "POST", keepalive: true }).catch(() => {});
}
