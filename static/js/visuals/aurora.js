// Northern lights: curtains that hang over a dark ridge, each lit by its own part of the sound.
import { dusk } from "./dusk.js";

const CURTAINS = 5;
const STRIPES = 150;

export default function aurora() {
  const held = new Float32Array(CURTAINS);
  let time = 0;

  return ({ paper, width, height, bands, elapsed, level, calm }) => {
    if (!calm) time += elapsed * (0.25 + level * 0.7);
    const sky = paper.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, "#06070f");
    sky.addColorStop(1, dusk(0.16));
    paper.fillStyle = sky;
    paper.fillRect(0, 0, width, height);
    paper.globalCompositeOperation = "lighter";
    const part = Math.floor(bands.length / CURTAINS);
    for (let one = 0; one < CURTAINS; one++) {
      const strength = Math.max(...bands.subarray(one * part, (one + 1) * part));
      held[one] += (strength - held[one]) * (calm ? 0.5 : 0.08);
      curtain(paper, width, height, one, held[one], bands, time);
    }
    paper.globalCompositeOperation = "source-over";
    ridge(paper, width, height);
  };
}

function curtain(paper, width, height, one, strength, bands, time) {
  const heat = 0.42 + 0.11 * one;
  const step = width / STRIPES;
  for (let stripe = 0; stripe <= STRIPES; stripe++) {
    const x = stripe / STRIPES;
    const sway = Math.sin(x * 4.2 + one * 1.9 + time) + 0.5 * Math.sin(x * 9.7 - time * 1.4 + one * 4);
    const fold = 0.5 + 0.5 * Math.sin(x * 26 + sway * 3 + one * 2.3 + time * 0.8);
    const own = bands[Math.floor(((x * 0.8 + one * 0.17) % 1) * bands.length)];
    const foot = height * (0.5 + 0.055 * one + 0.075 * sway);
    const tall = height * (0.12 + 0.4 * strength * (0.45 + 0.55 * own));
    const light = paper.createLinearGradient(0, foot - tall, 0, foot + height * 0.03);
    const alpha = (0.04 + 0.4 * strength * (0.3 + 0.7 * own)) * (0.25 + 0.75 * fold);
    light.addColorStop(0, dusk(heat - 0.2, 0));
    light.addColorStop(0.75, dusk(heat, alpha * 0.6));
    light.addColorStop(0.93, dusk(heat + 0.15, alpha));
    light.addColorStop(1, dusk(heat, 0));
    paper.fillStyle = light;
    paper.fillRect(x * width, foot - tall, step + 1, tall + height * 0.03);
  }
}

function ridge(paper, width, height) {
  paper.fillStyle = "#05060c";
  paper.beginPath();
  paper.moveTo(0, height);
  for (let x = 0; x <= 1.001; x += 0.02) paper.lineTo(x * width, height * (0.87 - 0.035 * Math.sin(x * 7 + 1) - 0.018 * Math.sin(x * 19) - 0.008 * Math.sin(x * 47)));
  paper.lineTo(width, height);
  paper.fill();
}
