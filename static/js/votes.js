// A vote has been counted: now the reasons open beside it, and nothing waits for them.
const said = document.getElementById("said");

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!target.matches?.(".votes[data-fresh]")) return;
  const source = target.querySelector("[popovertarget]");
  target.querySelector("[popover]").showPopover({ source });
  said.textContent = "Your vote counts. Press Tab to say why.";
});
