// The cover turns; around it stand the bands, mirrored left and right, and a ring spreads with every beat.
import { dusk } from "./dusk.js";

const TURN_SECONDS = 12;

export default function rings() {
  const cover = document.getElementById("player-disc");
  let waves = [];
  let swell = 0;

  return ({ paper, width, height, bands, beat, bass, seconds, elapsed, calm }) => {
    paper.fillStyle = dusk(0);
    paper.fillRect(0, 0, width, height);
    paper.save();
    paper.translate(width / 2, height / 2);
    swell += (bass - swell) * 0.2;
    const radius = Math.min(width, height) * (0.19 + 0.02 * swell);
    const reach = Math.min(width, height) * 0.25;

    if (!calm && beat > 0.35 && !(waves.at(-1) < 0.15)) waves.push(0);
    waves = waves.map((age) => age + elapsed * 0.5).filter((age) => age < 1);
    for (const age of waves) {
      paper.beginPath();
      paper.arc(0, 0, radius * 1.1 + age * Math.hypot(width, height) * 0.45, 0, 7);
      paper.strokeStyle = dusk(0.66 - age * 0.4, (1 - age) ** 2 * 0.55);
      paper.lineWidth = 1 + reach * 0.05 * (1 - age);
      paper.stroke();
    }

    const glow = paper.createRadialGradient(0, 0, radius * 0.8, 0, 0, radius + reach * 1.6);
    glow.addColorStop(0, dusk(0.56, 0.2 + 0.45 * swell));
    glow.addColorStop(1, dusk(0.3, 0));
    paper.fillStyle = glow;
    paper.fillRect(-width / 2, -height / 2, width, height);

    paper.lineCap = "round";
    paper.lineWidth = ((radius * Math.PI) / bands.length) * 0.62;
    for (const [band, value] of bands.entries()) {
      const angle = (Math.PI * (band + 0.5)) / bands.length;
      const [from, to] = [radius * 1.1, radius * 1.1 + reach * (0.02 + value ** 1.8)];
      paper.strokeStyle = dusk(0.3 + 0.7 * value);
      paper.beginPath();
      for (const side of [-1, 1]) {
        const [x, y] = [side * Math.sin(angle), Math.cos(angle)];
        paper.moveTo(x * from, y * from);
        paper.lineTo(x * to, y * to);
      }
      paper.stroke();
    }

    if (cover.naturalWidth) {
      paper.beginPath();
      paper.arc(0, 0, radius, 0, 7);
      paper.clip();
      if (!calm) paper.rotate((seconds * 2 * Math.PI) / TURN_SECONDS);
      paper.drawImage(cover, -radius, -radius, radius * 2, radius * 2);
    }
    paper.restore();
  };
}
