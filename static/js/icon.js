const SHEET = new URL("../icons/sprite.svg", import.meta.url).pathname;

/** Shows another icon in an element that already holds one. */
export function setIcon(element, name) {
  element.querySelector("use").setAttribute("href", `${SHEET}#${name}`);
}
