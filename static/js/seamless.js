// Looping without a gap. The audio element leaves a hole at the seam, so while a loop runs the decoded samples
// sound through Web Audio and the element, at volume 0, only keeps the time.
let context = null;
let decoded = { url: null, buffer: null };
let source = null;
let gain = null;
let startedAt = 0;

/** Loops `url` from `seconds` on; false when this browser cannot. */
export async function startLoop(url, seconds, volume) {
  context ??= new AudioContext();
  if (decoded.url !== url) {
    const answer = await fetch(url);
    decoded = { url, buffer: await context.decodeAudioData(await answer.arrayBuffer()) };
  }
  await context.resume();
  stopLoop();
  gain = new GainNode(context, { gain: volume });
  source = new AudioBufferSourceNode(context, { buffer: decoded.buffer, loop: true });
  source.connect(gain).connect(context.destination);
  const offset = seconds % decoded.buffer.duration;
  source.start(0, offset);
  startedAt = context.currentTime - offset;
}

export function stopLoop() {
  source?.stop();
  source = null;
}

export function isLooping() {
  return source !== null;
}

export function setLoopVolume(volume) {
  if (gain) gain.gain.value = volume;
}

/** Seconds into the loop. */
export function loopPosition() {
  return (context.currentTime - startedAt) % decoded.buffer.duration;
}
