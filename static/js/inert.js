// What lies under something that covers the page is out of reach while it does.
const open = new Set();

export function keepOut(over, covers) {
  if (covers) open.add(over);
  else open.delete(over);
  for (const below of document.querySelectorAll(".top, #page, .foot")) below.inert = open.size > 0;
}

document.addEventListener("htmx:afterSettle", () => (document.getElementById("page").inert = open.size > 0));
