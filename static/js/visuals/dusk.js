// "dusk", the colour map of every spectrogram: 256 colours from silence to full level.
const STOPS = [[0, 0x0b0d17], [0.18, 0x1b1d45], [0.38, 0x4b2a86], [0.56, 0x9c3a9e], [0.72, 0xe65a74], [0.87, 0xffae66], [1, 0xfff2d0]];
export const RGB = Array.from({ length: 256 }, (_, index) => colourAt(index / 255));

function colourAt(share) {
  const above = Math.max(STOPS.findIndex(([at]) => at >= share), 1);
  const [[low, from], [high, to]] = [STOPS[above - 1], STOPS[above]];
  const part = (share - low) / (high - low);
  return [16, 8, 0].map((shift) => Math.round(((from >> shift) & 255) * (1 - part) + ((to >> shift) & 255) * part));
}

export const rgb = (share) => RGB[Math.round(Math.min(Math.max(share, 0), 1) * 255)];

export const dusk = (share, alpha = 1) => `rgb(${rgb(share).join(" ")} / ${alpha})`;
