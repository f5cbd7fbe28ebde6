// Radio from a track: it plays, then what sounds like it. And a file that is dropped to find what sounds like it.
import { playable } from "./playable.js";
import { playAll } from "./player.js";
import { toast } from "./toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-radio]");
  if (!button) return;
  const first = JSON.parse(button.closest("[data-track]").dataset.track);
  playAll([first]); // at once: a browser lets sound begin only while it still knows who pressed
  try {
    const answer = await fetch(button.dataset.radio, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error();
    const { tracks } = await answer.json();
    playAll([first, ...tracks.map(playable)]);
    toast(tracks.length ? `Then ${tracks.length} that sound like it.` : "Nothing else is here to play after it yet.");
  } catch {
    toast("What sounds like it could not be found. Try again in a moment.", { bad: true });
  }
});

const formOf = (event) => event.target.closest?.("[data-drop]");

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault();
    form.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  const form = formOf(event);
  if (form && !form.contains(event.relatedTarget)) form.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  const form = formOf(event);
  if (!form) return;
  event.preventDefault();
  form.classList.remove("over");
  if (!event.dataTransfer.files.length) return;
  form.elements.file.files = event.dataTransfer.files;
  send(form);
});
document.addEventListener("change", (event) => event.target.id === "drop-file" && event.target.files.length && send(formOf(event)));

function send(form) {
  const file = form.elements.file.files[0];
  if (file.size <= Number(form.dataset.mostBytes)) return form.requestSubmit();
  form.elements.file.value = "";
  toast(`“${file.name}” is larger than 20 MB. Send an MP3 or OGG of it, or only a part.`, { bad: true });
}

function tell(form, words, share) {
  const place = form.querySelector(".drop-progress");
  place.hidden = words === "";
  place.querySelector("[data-progress]").textContent = words;
  const bar = place.querySelector("progress");
  if (share === undefined) bar.removeAttribute("value");
  else bar.value = 100 * share;
}

const said = document.getElementById("said");

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.matches("[data-drop]") && event.target;
  if (!form) return;
  form.querySelector(".alert")?.remove();
  tell(form, "Sending …", 0);
  said.textContent = "Sending the file";
});
document.addEventListener("htmx:xhr:progress", (event) => {
  const form = formOf(event);
  const { loaded, total } = event.detail;
  if (form && total) loaded < total ? tell(form, "Sending …", loaded / total) : tell(form, "Listening …");
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.matches("[data-drop]")) return;
  tell(event.target, "");
  const found = document.getElementById("found");
  if (event.detail.successful) said.textContent = found?.dataset.say ?? "";
});
