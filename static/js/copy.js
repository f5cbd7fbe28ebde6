import { toast } from "./toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy || button.previousElementSibling.textContent;
  if (button.dataset.share !== undefined && navigator.share) {
    return navigator.share({ title: document.title, url: text }).catch(() => {}); // whoever thinks better of it
  }
  try {
    await navigator.clipboard.writeText(text.startsWith("/") ? new URL(text, location.href).href : text);
    toast("Copied");
  } catch {
    toast("This browser does not let pages copy.", { bad: true });
  }
});
