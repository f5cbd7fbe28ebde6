// The spectrogram as it comes into being: low sounds at the bottom, now at the right.
import { dusk, rgb } from "./dusk.js";

const COLUMNS = 480;
const CALM_COLUMNS = 8; // at once
const A_SECOND = 60;

export default function waterfall() {
  let memory = null;
  let due = 0;

  return ({ paper, width, height, bands, elapsed, calm }) => {
    memory ??= new OffscreenCanvas(COLUMNS, bands.length).getContext("2d");
    due = Math.min(due + (calm ? CALM_COLUMNS : elapsed * A_SECOND), CALM_COLUMNS);
    for (; due >= 1; due--) add(memory, bands);
    paper.fillStyle = dusk(0);
    paper.fillRect(0, 0, width, height);
    paper.imageSmoothingQuality = "high";
    paper.drawImage(memory.canvas, 0, 0, width, height);
    const edge = paper.createLinearGradient(width * 0.97, 0, width, 0);
    edge.addColorStop(0, "rgb(255 242 208 / 0)");
    edge.addColorStop(1, "rgb(255 242 208 / .16)");
    paper.fillStyle = edge;
    paper.fillRect(width * 0.97, 0, width * 0.03, height);
  };
}

function add(memory, bands) {
  memory.drawImage(memory.canvas, -1, 0);
  const column = memory.createImageData(1, bands.length);
  for (const [band, value] of bands.entries()) column.data.set([...rgb(value ** 1.35), 255], (bands.length - 1 - band) * 4);
  memory.putImageData(column, COLUMNS - 1, 0);
}
