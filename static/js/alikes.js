// A file that is dropped to find what sounds like it.
import { toast } from "./toast.js";

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
