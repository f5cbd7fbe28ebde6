// A mark in the tab's title while something waits to be heard, gone as soon as someone looks.
const MARK = "✓ Ready · ";

export function markDone() {
  if (document.hidden && !document.title.startsWith(MARK)) document.title = MARK + document.title;
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && document.title.startsWith(MARK)) document.title = document.title.slice(MARK.length);
});
