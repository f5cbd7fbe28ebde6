// Every place that shows a track tells whether it plays; also after a page or a fragment came in.
import { bar } from "./bar.js";

export const trackOf = (owner) => JSON.parse(owner.dataset.track);

export function mark(track, playing) {
  bar.classList.add("is-current");
  bar.classList.toggle("is-playing", playing);
  document.getElementById("play").ariaLabel = playing ? "Pause" : "Play";
  for (const button of document.querySelectorAll("#page [data-listen]")) {
    button.ariaPressed = String(playing && JSON.parse(button.dataset.listen).id === track?.id);
  }
  for (const owner of document.querySelectorAll("#page [data-track]")) {
    const shown = trackOf(owner);
    const current = shown.id === track?.id;
    owner.classList.toggle("is-current", current);
    owner.classList.toggle("is-playing", current && playing);
    for (const button of owner.querySelectorAll("[data-play]")) name(button, shown.name, current && playing);
  }
}

/** And the buttons that play a station for this visitor alone. */
export function markSource(url, playing) {
  for (const button of document.querySelectorAll("[data-radio-name]")) {
    const on = playing && button.dataset.radio === url;
    button.classList.toggle("is-playing", on);
    name(button, button.dataset.radioName, on);
  }
}

/** The same for the buttons of stations on air. */
export function markStation(station, playing) {
  for (const button of document.querySelectorAll("[data-live]")) {
    const on = playing && JSON.parse(button.dataset.live).playlist === station?.playlist;
    button.ariaPressed = String(on);
    button.closest("[data-live-station]")?.classList.toggle("is-heard", on);
  }
}

function name(button, of, playing) {
  const word = playing ? "Pause" : "Play";
  if (button.dataset.words === undefined) button.ariaLabel = `${word} ${of}`;
  else button.querySelector("span").textContent = word;
}
