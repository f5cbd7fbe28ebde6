// What stands around the page follows the page: the marked entry, the count, the focus, the scroll, the refusals.
import { toast } from "./toast.js";

const SCROLLS = new Map();
const line = document.getElementById("request-line");
let here = location.href;

function followPage() {
  const { active, pending } = document.getElementById("page-state").dataset;
  for (const link of document.querySelectorAll("[data-nav]")) {
    if (link.dataset.nav === active) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  showPending(Number(pending));
}

function showPending(count) {
  const badge = document.getElementById("pending");
  badge.hidden = count < 1;
  badge.querySelector("[data-count]").textContent = count;
}

/** My unfinished jobs became more or fewer between two pages. */
export function changePending(by) {
  if (by) showPending(Number(document.querySelector("#pending [data-count]").textContent) + by);
}

function isPage(event) {
  return event.detail.target?.id === "page";
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!isPage(event)) return;
  SCROLLS.set(here, scrollY);
  line.classList.add("busy");
  for (const menu of document.querySelectorAll(":popover-open")) menu.hidePopover();
});

// The cover someone opens moves to its place on the track's page.
document.addEventListener("htmx:beforeRequest", (event) => {
  const cover = event.target.closest?.(".track, .record, .result")?.querySelector(".disc");
  if (!isPage(event) || !cover) return;
  for (const old of document.querySelectorAll(".hero .disc")) old.style.viewTransitionName = "none";
  cover.style.viewTransitionName = "cover";
});

document.addEventListener("htmx:afterRequest", () => line.classList.remove("busy"));

document.addEventListener("htmx:afterSettle", (event) => {
  here = location.href;
  if (event.target.id !== "page") return;
  followPage();
  event.target.focus({ preventScroll: true });
  queueMicrotask(() => document.getElementById(location.hash.slice(1))?.scrollIntoView()); // after htmx went to the top
});

addEventListener("popstate", () => {
  SCROLLS.set(here, scrollY);
  here = location.href;
});

document.addEventListener("htmx:historyRestore", () => {
  followPage();
  scrollTo(0, SCROLLS.get(location.href) ?? 0);
});

// Many addresses are data for programs: going back asks for the page.
document.addEventListener("htmx:historyCacheMiss", ({ detail }) => detail.xhr.setRequestHeader("Accept", "text/html"));

document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());

// A refusal belongs where it was asked: pages show it whole, a form shows itself with its mistakes, anything else says it in the corner.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, boosted } = event.detail;
  if (xhr.status < 400 || boosted) return;
  const form = requestConfig.elt.closest("[data-form]");
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  if (form && answer.getElementById(form.id)) {
    event.detail.target = form;
    event.detail.swapOverride = "outerHTML";
    event.detail.shouldSwap = true;
    return;
  }
  event.detail.shouldSwap = false;
  if (requestConfig.elt.matches("[data-poll]")) stopAsking(requestConfig.elt, xhr.status);
  else toast(reason(xhr, answer), { bad: true });
});

// A form that comes back with mistakes leads to the first of them: its button may stand a screen below.
document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  if (!target.matches("[data-form]") || !(detail.xhr?.status >= 400)) return;
  const field = target.querySelector("[aria-invalid]");
  if (field) field.focus();
  else target.querySelector(".alert")?.scrollIntoView({ block: "center" });
});

function stopAsking(poll, status) {
  if (status === 404 || status === 410) poll.remove();
}

function reason(xhr, answer) {
  const said = answer.querySelector("[data-error]")?.dataset.error;
  if (said) return said;
  try {
    return JSON.parse(xhr.responseText).error;
  } catch {
    return "That did not work. Try again in a moment.";
  }
}

document.addEventListener("htmx:sendError", (event) => {
  line.classList.remove("busy");
  if (!event.detail.elt.matches("[data-poll]")) toast("No connection to Sound Box. Try again in a moment.", { bad: true });
});

// Empty choices stay out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "filters") return;
  for (const [name, value] of [...event.detail.formData]) if (value === "") event.detail.formData.delete(name);
});
