// What an analyser hears, as pictures need it: bands as wide as ears hear them, and how strong they are.
const BANDS = 120;
const [LOWEST_HZ, HIGHEST_HZ] = [45, 14_000];
const QUIETEST = 0.25; // below this nothing is made larger

/** Gives, each time it is called: bands (0 to 1 each, from low to high), wave (-1 to 1), level, bass and beat (0 to 1). */
export function hear(analyser) {
  const bins = new Uint8Array(analyser.frequencyBinCount);
  const wave = new Float32Array(2048);
  const bands = new Float32Array(BANDS);
  const width = analyser.context.sampleRate / analyser.fftSize;
  const binOf = (band) => (LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (band / BANDS)) / width;
  let peak = 1;
  let usual = 0;

  return (calm) => {
    analyser.smoothingTimeConstant = calm ? 0.9 : 0.75;
    analyser.getByteFrequencyData(bins);
    analyser.getFloatTimeDomainData(wave);
    peak = Math.max(peak * 0.998, QUIETEST);
    for (let band = 0; band < BANDS; band++) {
      const [from, to] = [binOf(band), binOf(band + 1)];
      let most = bins[Math.floor(from)] * (1 - (from % 1)) + bins[Math.ceil(from)] * (from % 1);
      for (let bin = Math.ceil(from); bin < to; bin++) most = Math.max(most, bins[bin]);
      bands[band] = (most / 255) * (0.8 + (0.4 * band) / BANDS); // high ones are weaker, and no less heard
      peak = Math.max(peak, bands[band]);
    }
    for (let band = 0; band < BANDS; band++) bands[band] /= peak;
    const bass = mean(bands.subarray(0, 18));
    usual += (bass - usual) * 0.04;
    return { bands, wave, level: mean(bands), bass, beat: Math.min(Math.max((bass - usual) * 4, 0), 1) };
  };
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
