// Choosing tracks of a list, to take them along as a pack.
const bar = () => document.getElementById("chosen");

function toggle() {
  const on = (bar().hidden = !bar().hidden);
  for (const button of document.querySelectorAll("[data-choose][aria-pressed]")) button.ariaPressed = String(!on);
  for (const row of document.querySelectorAll("#tracks .track")) {
    if (on) row.querySelector(".choice").remove();
    else row.prepend(boxFor(JSON.parse(row.dataset.track)));
  }
  tell();
}

function boxFor({ id, name }) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.className = "choice";
  box.value = id;
  box.ariaLabel = `Choose ${name}`;
  return box;
}

/** The server says how much that would be. */
function tell() {
  const ids = [...document.querySelectorAll(".choice:checked")].map((box) => box.value);
  const what = bar().querySelector(".chosen-what");
  bar().elements.ids.value = ids.join(",");
  bar().querySelector("[type=submit]").disabled = !ids.length;
  if (ids.length) window.htmx.trigger(what, "chosen");
  else what.textContent = "Nothing chosen yet";
}

document.addEventListener("click", (event) => event.target.closest("[data-choose]") && toggle());
document.addEventListener("change", ({ target }) => target.matches(".choice, #chosen select") && tell());
