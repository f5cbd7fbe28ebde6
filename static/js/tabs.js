// One tab plays at a time: the one that starts tells the others.
const channel = new BroadcastChannel("soundbox");

export function silenceOthers() {
  channel.postMessage("playing");
}

export function whenAnotherPlays(listener) {
  channel.addEventListener("message", listener);
}
