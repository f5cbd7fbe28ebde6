// The form of Create: ideas and words go into the prompt, the slider follows the number, lengths follow the model.
const field = (id) => document.getElementById(id);

function fill(text) {
  const prompt = field("prompt");
  prompt.value = text;
  prompt.dispatchEvent(new Event("input", { bubbles: true }));
  prompt.focus();
}

/** A word's chip writes it behind a comma, or takes it out again; of some groups only one word can stand. */
function toggle(chip) {
  const word = chip.dataset.add;
  const parts = spoken();
  const others = "onlyOne" in chip.dataset ? [...chip.closest("ul").querySelectorAll("[data-add]")].map((other) => other.dataset.add) : [word];
  const kept = parts.filter((part) => !others.includes(part));
  fill([...kept, ...(parts.includes(word) ? [] : [word])].join(", "));
}

function spoken() {
  return field("prompt").value.split(",").map((part) => part.trim()).filter(Boolean);
}

function markChips() {
  if (!field("prompt")) return;
  const parts = spoken();
  for (const chip of document.querySelectorAll("[data-add]")) {
    const on = parts.includes(chip.dataset.add);
    chip.classList.toggle("on", on);
    if (on) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}

function countLeft() {
  const prompt = field("prompt");
  const left = field("prompt-left");
  if (prompt && left) left.textContent = `${prompt.value.length} of ${prompt.maxLength}`;
}

function followModel({ clamp }) {
  const model = document.querySelector("#create-form [name=model]:checked");
  const slide = field("duration-slide");
  const number = field("duration");
  if (!model || !slide) return;
  const song = field("song");
  if (song) song.disabled = !("sings" in model.dataset);
  const most = Math.min(Number(model.dataset.max) || Infinity, Number(number.dataset.limit ??= number.max));
  slide.max = number.max = most;
  if (clamp && Number(number.value) > most) number.value = most;
  followNumber();
}

function followNumber() {
  const slide = field("duration-slide");
  if (!slide) return;
  slide.value = field("duration").value;
  paint(slide);
}

/** The part of a range before its thumb. */
export function paint(slide) {
  const share = (slide.value - slide.min) / (slide.max - slide.min || 1);
  slide.style.setProperty("--fill", `${share * 100}%`);
}

/** A preset that is chosen or was just let go stands in sight, once: a form that comes anew is scrolled to its start. */
function showTile() {
  const tiles = document.querySelector(".tiles:not([data-shown])");
  if (!tiles) return;
  tiles.dataset.shown = "";
  tiles.querySelector("[aria-pressed=true], :focus")?.scrollIntoView({ block: "nearest", inline: "center", container: "nearest" });
}

function setUp() {
  showTile();
  countLeft();
  markChips();
  followModel({ clamp: false });
}

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-fill], [data-add]");
  if (!chip || !field("prompt") || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (chip.dataset.fill) fill(chip.dataset.fill);
  else toggle(chip);
}, true);

document.addEventListener("input", (event) => {
  if (event.target.id === "prompt") {
    countLeft();
    markChips();
  }
  if (event.target.id === "duration") followNumber();
  if (event.target.id === "duration-slide") {
    field("duration").value = event.target.value;
    paint(event.target);
  }
  if (event.target.name === "model") followModel({ clamp: true });
});

document.addEventListener("keydown", (event) => {
  if (event.target.id === "prompt" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.form.requestSubmit();
  }
});

/** What was just asked for is seen, wherever the button that asked stands; mistakes of an earlier try are none any more. */
function accepted(jobs) {
  for (const mistake of document.querySelectorAll("#create-form :is(.mistake, .alert)")) mistake.remove();
  for (const input of document.querySelectorAll("#create-form [aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  cards(jobs).find((card) => !seen.has(card.id))?.scrollIntoView({ block: "nearest" });
}

const cards = (jobs) => [...jobs.querySelectorAll(".job")];
let seen = new Set();

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "jobs") seen = new Set(cards(detail.target).map((card) => card.id));
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "jobs") accepted(event.target);
});

document.addEventListener("htmx:afterSettle", setUp);
document.addEventListener("htmx:historyRestore", setUp);
setUp();
