// The face as a seek bar: pointer and keys on any [data-face]; painting of the part that was heard.
export function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Shows the position on every face of the track that plays. */
export function paintFaces(owners, seconds, duration) {
  const share = duration ? Math.min(seconds / duration, 1) : 0;
  for (const owner of owners) {
    for (const face of owner.querySelectorAll(".face")) {
      face.style.setProperty("--at", `${share * 100}%`);
      if (face.dataset.seek !== undefined) sayPosition(face, seconds, duration);
    }
  }
}

function sayPosition(face, seconds, duration) {
  const whole = String(Math.round(seconds));
  if (face.getAttribute("aria-valuenow") === whole) return;
  face.setAttribute("aria-valuemax", Math.round(duration));
  face.setAttribute("aria-valuenow", whole);
  face.setAttribute("aria-valuetext", `${clock(seconds)} of ${clock(duration)}`);
}

/** Calls seek(face, share 0..1) for pointers and step(face, seconds or share) for keys. */
export function listenToFaces({ seek, step }) {
  let held = null;
  const shareAt = (face, event) => {
    const box = face.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  };

  document.addEventListener("pointerdown", (event) => {
    const face = event.button === 0 && event.target.closest?.("[data-face]");
    if (!face) return;
    held = face;
    face.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    const face = held ?? event.target.closest?.("[data-face]");
    if (!face) return;
    const share = shareAt(face, event);
    face.style.setProperty("--under", `${share * 100}%`);
    showTime(face, share);
    if (held && face.closest(".is-current")) seek(face, share, { playing: false });
  });
  document.addEventListener("pointerup", (event) => {
    if (held) seek(held, shareAt(held, event), { playing: true });
    held = null;
  });
  document.addEventListener("pointercancel", () => (held = null));
  document.addEventListener("keydown", (event) => {
    const face = event.target.closest?.("[data-seek]");
    const move = face && MOVES[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    step(face, move);
  });
}

const MOVES = {
  ArrowLeft: { by: -5 },
  ArrowDown: { by: -5 },
  ArrowRight: { by: 5 },
  ArrowUp: { by: 5 },
  PageDown: { by: -15 },
  PageUp: { by: 15 },
  Home: { to: 0 },
  End: { to: 1 },
};

function showTime(face, share) {
  const label = face.querySelector(".face-time");
  if (label) label.textContent = clock(share * JSON.parse(face.closest("[data-track]").dataset.track).duration);
}
