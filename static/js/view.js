// Rows or covers: one choice for every list that offers both.
import { keep } from "./store.js";

function show() {
  const view = document.documentElement.dataset.view ?? "list";
  for (const button of document.querySelectorAll("[data-view-as]")) {
    button.setAttribute("aria-pressed", String(button.dataset.viewAs === view));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view-as]");
  if (!button) return;
  document.documentElement.dataset.view = button.dataset.viewAs;
  keep("view", button.dataset.viewAs);
  show();
});
document.addEventListener("htmx:afterSettle", show);
document.addEventListener("htmx:historyRestore", show);
show();
