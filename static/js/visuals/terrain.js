// A land of sound: each moment is a ridge, the newest in front, and all walk towards the horizon.
import { dusk } from "./dusk.js";

const RIDGES = 44;
const A_SECOND = 16;

export default function terrain() {
  const ridges = [];
  let due = 1;

  return ({ paper, width, height, bands, level, elapsed, calm }) => {
    due = Math.min(due + (calm ? 1 : elapsed * A_SECOND), 3);
    for (; due >= 1; due--) {
      ridges.unshift(Float32Array.from([...bands].reverse().concat(...bands)));
      ridges.length = Math.min(ridges.length, RIDGES);
    }
    const sky = paper.createLinearGradient(0, 0, 0, height * 0.6);
    sky.addColorStop(0, dusk(0));
    sky.addColorStop(1, dusk(0.2 + 0.15 * level));
    paper.fillStyle = sky;
    paper.fillRect(0, 0, width, height);
    for (let at = ridges.length - 1; at >= 0; at--) ridge(paper, width, height, ridges[at], (at + (calm ? 0 : due)) / RIDGES);
  };
}

/** `far` is 0 in front and 1 at the horizon. */
function ridge(paper, width, height, values, far) {
  const near = 1 / (1 + 3.2 * far);
  const base = height * (0.3 + 0.62 * (near - 0.238) / 0.762);
  const span = width * (0.3 + 1.1 * near);
  const line = new Path2D();
  for (const [at, value] of values.entries()) {
    const across = at / (values.length - 1);
    const rise = value ** 2 * Math.sin(Math.PI * across) ** 0.8;
    line.lineTo(width / 2 + (across - 0.5) * span, base - rise * height * 0.34 * near);
  }
  const ground = new Path2D(line);
  ground.lineTo(width / 2 + span / 2, height);
  ground.lineTo(width / 2 - span / 2, height);
  paper.fillStyle = dusk(0.03 + 0.1 * far);
  paper.fill(ground);
  const colours = paper.createLinearGradient(0, base - height * 0.3 * near, 0, base);
  colours.addColorStop(0, dusk(1 - 0.3 * far, 1 - 0.75 * far));
  colours.addColorStop(0.5, dusk(0.72 - 0.2 * far, 1 - 0.8 * far));
  colours.addColorStop(1, dusk(0.42, 0.85 - 0.75 * far));
  paper.strokeStyle = colours;
  paper.lineWidth = Math.max(1, (height / 340) * near);
  paper.stroke(line);
}
