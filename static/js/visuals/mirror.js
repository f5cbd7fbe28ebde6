// A face that unfolds: now is in the middle and flows outwards, the low sounds lie on the axis.
import { dusk, rgb } from "./dusk.js";

const COLUMNS = 260;
const CALM_COLUMNS = 8; // at once
const A_SECOND = 45;

export default function mirror() {
  let memory = null;
  let due = 0;

  return ({ paper, width, height, bands, level, elapsed, calm }) => {
    memory ??= new OffscreenCanvas(COLUMNS, bands.length * 2).getContext("2d");
    due = Math.min(due + (calm ? CALM_COLUMNS : elapsed * A_SECOND), CALM_COLUMNS);
    for (; due >= 1; due--) add(memory, bands);
    paper.fillStyle = dusk(0);
    paper.fillRect(0, 0, width, height);
    paper.imageSmoothingQuality = "high";
    for (const side of [1, -1]) {
      paper.setTransform(side, 0, 0, 1, width / 2, 0);
      paper.drawImage(memory.canvas, 0, 0, width / 2 + 1, height);
    }
    paper.resetTransform();
    const light = paper.createRadialGradient(width / 2, height / 2, 0, width / 2, height / 2, height * 0.5);
    light.addColorStop(0, `rgb(255 242 208 / ${0.35 * level})`);
    light.addColorStop(1, "rgb(255 242 208 / 0)");
    paper.fillStyle = light;
    paper.fillRect(0, 0, width, height);
  };
}

function add(memory, bands) {
  memory.drawImage(memory.canvas, 1, 0);
  const column = memory.createImageData(1, bands.length * 2);
  for (const [band, value] of bands.entries()) {
    const colour = [...rgb(value ** 1.35), 255];
    column.data.set(colour, (bands.length + band) * 4);
    column.data.set(colour, (bands.length - 1 - band) * 4);
  }
  memory.putImageData(column, 0, 0);
}
