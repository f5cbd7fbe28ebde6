// Lock screens, headsets and media keys.
const session = navigator.mediaSession;

export function announce({ name, creator, disc, album = "Sound Box" }) {
  if (!session) return;
  const artwork = disc ? [{ src: new URL(disc, location.href).href, sizes: "512x512" }] : [];
  session.metadata = new MediaMetadata({ title: name, artist: creator, album, artwork });
}

/** Whether it plays, and how far it is; what is on air has no place. */
export function announceTime(playing, sound) {
  if (!session) return;
  session.playbackState = playing ? "playing" : "paused";
  const { position = 0, duration = 0 } = sound ?? {};
  session.setPositionState?.(duration ? { duration, position: Math.min(position, duration), playbackRate: 1 } : undefined);
}

export function onMediaKeys({ play, pause, previous, next, seek, skip }) {
  const handlers = {
    play,
    pause,
    stop: pause,
    previoustrack: previous,
    nexttrack: next,
    seekto: ({ seekTime }) => seek(seekTime),
    seekbackward: ({ seekOffset }) => skip(-(seekOffset ?? 5)),
    seekforward: ({ seekOffset }) => skip(seekOffset ?? 5),
  };
  for (const [action, handler] of Object.entries(handlers)) session?.setActionHandler(action, handler);
}
