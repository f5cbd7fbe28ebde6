// The wave itself, as on the screen of an oscilloscope: it begins where it rises through the middle, and it glows on.
import { dusk } from "./dusk.js";

const SHOWN = 1024;

export default function scope() {
  return ({ paper, width, height, wave, level, bass, calm }) => {
    paper.fillStyle = dusk(0, calm ? 1 : 0.16);
    paper.fillRect(0, 0, width, height);
    const start = risesAt(wave);
    const loudest = Math.max(0.05, ...wave.map(Math.abs));
    const line = new Path2D();
    for (let at = 0; at <= SHOWN; at += 2) {
      const edge = Math.sin((Math.PI * at) / SHOWN) ** 0.7; // it rests at both ends
      line.lineTo((width * at) / SHOWN, height / 2 - (wave[start + at] / loudest) * edge * height * (0.08 + 0.3 * Math.sqrt(level)));
    }
    const colours = paper.createLinearGradient(0, 0, width, 0);
    for (const at of [0, 0.25, 0.5, 0.75, 1]) colours.addColorStop(at, dusk(0.4 + 0.55 * Math.sin(Math.PI * at) * (0.6 + 0.4 * bass)));
    paper.strokeStyle = colours;
    paper.lineJoin = "round";
    const unit = Math.max(width, height) / 900;
    for (const [thickness, alpha] of [[22, 0.05], [10, 0.12], [4.5, 0.4], [1.8, 1]]) {
      paper.globalAlpha = alpha;
      paper.lineWidth = thickness * unit;
      paper.stroke(line);
    }
    paper.globalAlpha = 1;
  };
}

function risesAt(wave) {
  for (let at = 1; at < wave.length - SHOWN - 1; at++) if (wave[at - 1] < 0 && wave[at] >= 0) return at;
  return 0;
}
