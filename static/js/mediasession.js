// Lock screens, headsets and media keys.
const session = navigator.mediaSession;

export function announce(track) {
  if (!session) return;
  session.metadata = new MediaMetadata({
    title: track.name,
    artist: track.creator,
    album: "Sound Box",
    artwork: [{ src: new URL(track.disc, location.href).href, sizes: "512x512" }],
  });
}

export function onMediaKeys({ play, pause, previous, next, seek, skip }) {
  const handlers = {
    play,
    pause,
    previoustrack: previous,
    nexttrack: next,
    seekto: ({ seekTime }) => seek(seekTime),
    seekbackward: ({ seekOffset }) => skip(-(seekOffset ?? 5)),
    seekforward: ({ seekOffset }) => skip(seekOffset ?? 5),
  };
  for (const [action, handler] of Object.entries(handlers)) session?.setActionHandler(action, handler);
}
