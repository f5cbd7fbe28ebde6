import { setIcon } from "./icon.js";
import { keep, recall } from "./store.js";

const CHOICES = {
  system: ["sun-moon", "Theme: as the system says"],
  light: ["sun", "Theme: light"],
  dark: ["moon", "Theme: dark"],
};
const button = document.getElementById("theme");
let chosen = recall("theme", "system");

function show() {
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  const [icon, label] = CHOICES[chosen];
  setIcon(button, icon);
  button.setAttribute("aria-label", label);
  button.title = label;
}

button.addEventListener("click", () => {
  const names = Object.keys(CHOICES);
  chosen = names[(names.indexOf(chosen) + 1) % names.length];
  keep("theme", chosen === "system" ? null : chosen);
  show();
});
if (!(chosen in CHOICES)) chosen = "system";
show();
