// Sparks: each band throws its own, the low ones large and slow, and beats throw many. They rise and go out.
import { dusk } from "./dusk.js";

const MOST = 700;

export default function sparks() {
  let flying = [];

  return ({ paper, width, height, bands, beat, level, seconds, elapsed, calm }) => {
    paper.fillStyle = dusk(0, calm ? 1 : 0.22);
    paper.fillRect(0, 0, width, height);
    const floor = height * 0.62;
    const ground = paper.createRadialGradient(width / 2, floor, 0, width / 2, floor, width * 0.5);
    ground.addColorStop(0, dusk(0.5, 0.05 + 0.12 * level));
    ground.addColorStop(1, dusk(0.3, 0));
    paper.fillStyle = ground;
    paper.fillRect(0, 0, width, height);
    if (calm) flying = [];
    for (const [band, value] of bands.entries()) {
      const pitch = band / bands.length;
      const chance = calm ? value * 3 : (value ** 3 * (0.12 + 0.4 * pitch) + beat * value * 0.25) * elapsed * 60;
      for (let more = chance; flying.length < MOST && more > Math.random(); more--) flying.push(thrown(pitch, value, calm));
    }
    paper.globalCompositeOperation = "lighter";
    const unit = Math.min(width, height) / 500;
    for (const one of flying) {
      if (!calm) fly(one, elapsed, seconds);
      const left = Math.min(one.life / one.lives, 1);
      const [x, y, size] = [width / 2 + one.x * width, floor + one.y * height, one.size * unit * (0.4 + 0.6 * left)];
      for (const [spread, alpha] of [[3.4, 0.08], [1, 0.75]]) {
        paper.fillStyle = dusk(one.heat * (0.55 + 0.45 * left), alpha * left);
        paper.beginPath();
        paper.arc(x, y, size * spread, 0, 7);
        paper.fill();
      }
    }
    paper.globalCompositeOperation = "source-over";
    flying = flying.filter(({ life }) => life > 0);
  };
}

function thrown(pitch, value, calm) {
  const side = Math.random() < 0.5 ? -1 : 1;
  const lives = 1.4 + Math.random() * 2.2;
  const x = side * pitch ** 0.7 * 0.46 + (Math.random() - 0.5) * 0.12;
  return { x, y: calm ? -Math.random() * value * 0.5 : 0.05 * (Math.random() - 0.5), up: 0.06 + 0.4 * value * Math.random(), drift: (Math.random() - 0.5) * 0.05, size: 1.2 + 4 * (1 - pitch) ** 2 * Math.random(), heat: 0.45 + 0.55 * value, life: lives, lives };
}

function fly(one, elapsed, seconds) {
  one.life -= elapsed;
  one.up *= 1 - 0.5 * elapsed;
  one.y -= one.up * elapsed;
  one.x += (one.drift + 0.02 * Math.sin(seconds * 1.3 + one.size * 9 + one.y * 8)) * elapsed;
}
