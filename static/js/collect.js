// Adding a track to a playlist and saying what it is, in a dialog over any page.
import { send } from "./send.js";
import { toast } from "./toast.js";

const dialog = document.getElementById("collect");
const body = document.getElementById("collect-body");

// Before htmx, which would follow the link.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-collect]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (link.pathname === `${location.pathname}/tags`) return showTags(link);
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  body.innerHTML = answer.ok ? await answer.text() : "";
  window.htmx?.process(body);
  if (answer.ok) dialog.showModal();
  else toast("This track is no longer here.", { bad: true });
}, true);

// The track's own page has them already.
function showTags(link) {
  link.closest("[popover]").hidePopover();
  document.querySelector("#tags summary").focus();
}

body.addEventListener("submit", async (event) => {
  if (event.target.hasAttribute("hx-post")) return;
  event.preventDefault();
  if (event.submitter?.ariaDisabled === "true") return;
  const track = body.querySelector("[data-track-id]").dataset.trackId;
  const said = await send("POST", event.target.getAttribute("action"), Object.fromEntries(new FormData(event.target)));
  if (!said) return;
  dialog.close();
  const playlist = said.playlist ?? said;
  toast(`Added to ${playlist.name}`, { undo: () => takeBack(playlist, track) });
});

async function takeBack(playlist, track) {
  if (await send("DELETE", `/api/playlists/${playlist.id}/tracks/${track}`)) toast(`Taken off ${playlist.name} again`);
}

body.addEventListener("input", ({ target }) => {
  if (target.dataset.narrow === undefined) return;
  for (const item of body.querySelectorAll("li")) item.hidden = !item.textContent.toLowerCase().includes(target.value.toLowerCase());
});

dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
