// The player that stands on other people's pages: one track, its face, nothing else.
import { clock, listenToFaces, paintFaces } from "./face.js";
import { Sound } from "./sound.js";

const card = document.body;
const track = JSON.parse(card.dataset.track);
const play = document.getElementById("play");
const time = document.getElementById("time");
const sound = new Sound(document.getElementById("audio"));
sound.looping = document.getElementById("audio").loop = track.loop;

function paint() {
  const duration = sound.duration || track.duration;
  card.classList.toggle("is-playing", sound.playing);
  card.classList.toggle("is-current", sound.playing || sound.position > 0); // until then the whole face shines
  play.setAttribute("aria-label", sound.playing ? "Pause" : "Play");
  time.textContent = `${clock(sound.position)} / ${clock(duration)}`;
  paintFaces([card], sound.position, duration);
  if (sound.playing) requestAnimationFrame(paint);
}

listenToFaces({
  seek(_face, share, { playing }) {
    sound.seek(share * track.duration);
    if (playing && !sound.playing) sound.play();
    paint();
  },
  step(_face, move) {
    sound.seek(move.to === undefined ? sound.position + move.by : move.to * track.duration);
    paint();
  },
});
play.addEventListener("click", () => (sound.playing ? sound.pause() : sound.play()));
sound.addEventListener("change", paint);
sound.addEventListener("end", paint);
sound.addEventListener("problem", () => (time.textContent = "This sound is not here any more."));
