// The one Web Audio graph. It is made when a loop or a picture of the sound first needs it: until then the audio
// elements sound by themselves, which phones keep up with a locked screen.
let graph = null;

/** The graph, made now if need be: `entry` for whatever sounds, `analyser` before and `master` after the volume. */
export function openGraph() {
  if (graph) return graph;
  const context = new AudioContext();
  const entry = new GainNode(context);
  const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0.75, minDecibels: -90, maxDecibels: -24 });
  const master = new GainNode(context);
  entry.connect(analyser);
  entry.connect(master).connect(context.destination);
  return (graph = { context, entry, analyser, master });
}

/** The graph if there is one. */
export function openedGraph() {
  return graph;
}
