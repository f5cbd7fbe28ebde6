// A notification when a sound is ready while nobody looks at the tab: only after a click asked for it, and remembered.
import { keep, recall } from "./store.js";
import { toast } from "./toast.js";

const isOn = () => recall("notify", "") === "on" && window.Notification?.permission === "granted";

export function notify({ prompt, page }) {
  if (!document.hidden || !isOn()) return;
  try {
    const note = new Notification("Your sound is ready", { body: prompt, tag: page });
    note.onclick = () => {
      window.focus();
      location.assign(page);
    };
  } catch {} // phones let only service workers do this
}

function show() {
  for (const button of document.querySelectorAll("[data-notify]")) button.ariaPressed = isOn();
}

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-notify]")) return;
  const wanted = !isOn();
  const may = wanted && (await window.Notification?.requestPermission()) === "granted";
  keep("notify", may ? "on" : null);
  if (may) toast("You will be told, as long as a tab of Sound Box is open.");
  else if (wanted) toast("This browser does not let us tell you.", { bad: true });
  show();
});

document.addEventListener("htmx:afterSettle", show);
show();
