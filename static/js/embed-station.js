// A station on other people's pages: one track after the other, none again while others are left.
const card = document.body;
const play = document.getElementById("play");
const now = document.getElementById("now");
const face = document.getElementById("face");
const audio = document.getElementById("audio");
const MOST_HEARD = 200;
const waiting = [];
const heard = [];

async function fill() {
  const address = `${card.dataset.tracks}?exclude=${heard.join(",")}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (answer.ok) waiting.push(...(await answer.json()).tracks);
}

async function next() {
  try {
    if (!waiting.length) await fill();
  } catch {
    now.textContent = "The station cannot be reached. Press play to try again.";
    return;
  }
  const track = waiting.shift();
  if (!track) return (now.textContent = "Nothing to play yet");
  heard.push(track.id);
  heard.splice(0, heard.length - MOST_HEARD);
  now.textContent = track.name;
  face.src = track.spectrogram_url;
  audio.src = track.audio_url;
  audio.play().catch(() => {});
}

function mark() {
  card.classList.toggle("is-playing", !audio.paused);
  play.setAttribute("aria-label", `${audio.paused ? "Play" : "Pause"} ${card.dataset.name}`);
}

play.addEventListener("click", () => {
  if (!audio.paused) audio.pause();
  else if (audio.src && !audio.ended && !audio.error) audio.play();
  else next();
});
audio.addEventListener("ended", next);
audio.addEventListener("error", () => audio.src && next());
for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, mark);
