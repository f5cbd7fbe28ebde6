// What goes wrong in the browser is told to the log of the site, so that somebody mends it.
const MOST = 5; // of one page
let told = 0;

function report(message, stack) {
  if (told++ >= MOST) return;
  const body = JSON.stringify({ message: String(message), stack: String(stack ?? ""), url: location.pathname });
  fetch("/api/log-error", { method: "POST", headers: { "Content-Type": "application/json" }, body, keepalive: true }).catch(() => {});
}

addEventListener("error", (event) => event.message && report(event.message, event.error?.stack));
addEventListener("unhandledrejection", (event) => report(event.reason?.message ?? event.reason, event.reason?.stack));
