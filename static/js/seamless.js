// Looping without a gap. The audio element leaves a hole at the seam, so while a loop runs the decoded samples
// sound through Web Audio and the element, at volume 0, only keeps the time.
import { routedGraph } from "./deck.js";

let decoded = { url: null, buffer: null };
let source = null;
let startedAt = 0;

/** Loops `url` from `seconds` on; throws when this browser cannot. */
export async function startLoop(url, seconds, gain) {
  const { context, entry } = routedGraph();
  if (decoded.url !== url) {
    const answer = await fetch(url);
    decoded = { url, buffer: await context.decodeAudioData(await answer.arrayBuffer()) };
  }
  await context.resume();
  stopLoop();
  source = new AudioBufferSourceNode(context, { buffer: decoded.buffer, loop: true });
  source.connect(new GainNode(context, { gain })).connect(entry);
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

/** Seconds into the loop. */
export function loopPosition() {
  return (source.context.currentTime - startedAt) % decoded.buffer.duration;
}
