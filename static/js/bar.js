// The bar itself: what plays in it, and how far it is. On phones it opens to the whole screen.
import { clock, paintFaces } from "./face.js";
import { keepOut } from "./inert.js";

export const bar = document.getElementById("player");
const part = (id) => document.getElementById(`player-${id}`);
const disc = part("disc");
const picture = part("picture");
const time = part("time");
const by = part("by");
const expander = document.getElementById("expand");
let title = part("title");

/** Shows a track, or what a station has on air: `live` is then the station, in which nobody can seek. */
export function showInBar({ name, creator, page, face, disc: cover }, { live = null, source = null } = {}) {
  bar.hidden = false;
  document.documentElement.dataset.player = "";
  bar.classList.toggle("live", live !== null);
  bar.classList.toggle("faceless", !face);
  if (cover) disc.src = cover;
  if (face) picture.src = face;
  part("face").ariaDisabled = live !== null;
  title = relinked(title, name, page ?? live.page);
  by.textContent = creator ? ` · ${creator}` : "";
  const station = live ?? source;
  const from = station?.page ? relinked(part("from"), station.name, station.page) : part("from");
  from.hidden = !station?.page;
}

export function hideBar() {
  bar.hidden = true;
  delete document.documentElement.dataset.player;
}

// A new link each time: htmx remembers where a link led when it first saw it.
function relinked(old, words, href) {
  const link = old.cloneNode();
  link.textContent = words;
  link.href = href;
  link.addEventListener("click", () => expand(false));
  old.replaceWith(link);
  window.htmx?.process(link);
  return link;
}

/** How far it is, on every face of what plays. */
export function paintTime(seconds, duration, words = `${clock(seconds)} / ${clock(duration)}`) {
  paintFaces(document.querySelectorAll(".is-current"), seconds, duration);
  if (time.textContent !== words) time.textContent = words;
}

function expand(open) {
  bar.classList.toggle("open", open);
  keepOut(bar, open);
  expander.ariaExpanded = String(open);
  expander.ariaLabel = open ? "Close the player" : "Open the player";
}

expander.addEventListener("click", () => expand(!bar.classList.contains("open")));
bar.addEventListener("keydown", (event) => event.key === "Escape" && !bar.querySelector(":popover-open") && expand(false));
matchMedia("(max-width: 44rem)").addEventListener("change", () => expand(false));
