const place = document.getElementById("toasts");
const SECONDS = 8;

/** A sentence in the corner, with a link or a way back where one helps; it stays while it is pointed at or focused. */
export function toast(text, { link = null, undo = null, also = null, bad = false } = {}) {
  const note = document.createElement("div");
  note.className = bad ? "toast bad" : "toast";
  const words = document.createElement("p");
  words.textContent = text;
  note.append(words);
  if (link) note.append(linkTo(link));
  if (also) note.append(button(also.words, note, also.run));
  if (undo) note.append(button("Undo", note, undo));
  note.append(button("Close", note));
  if (bad && !link) forget(text);
  place.append(note);
  leaveLater(note);
}

/** The same trouble is said once, not once for everything it stops. */
function forget(text) {
  for (const note of [...place.children]) if (note.firstChild.textContent === text) note.remove();
}

function linkTo({ href, words }) {
  const anchor = document.createElement("a");
  anchor.className = "button bare";
  anchor.href = href;
  anchor.textContent = words;
  queueMicrotask(() => window.htmx?.process(anchor));
  return anchor;
}

function button(words, note, run) {
  const made = document.createElement("button");
  made.className = "button bare";
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", () => {
    note.remove();
    run?.();
  });
  return made;
}

function leaveLater(note) {
  let timer = setTimeout(() => note.remove(), SECONDS * 1000);
  const stay = () => clearTimeout(timer);
  const go = () => (timer = setTimeout(() => note.remove(), SECONDS * 500));
  note.addEventListener("pointerenter", stay);
  note.addEventListener("focusin", stay);
  note.addEventListener("pointerleave", go);
  note.addEventListener("focusout", go);
}
