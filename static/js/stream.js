// HLS on an audio element: by the browser where that serves, else by a library that is fetched when it is first needed.
const TYPE = "application/vnd.apple.mpegurl";
const SETTINGS = {
  enableWorker: false,
  enableID3MetadataCues: false, // of no use here, and their text track is a data: address, which the policy blocks
  enableEmsgMetadataCues: false,
};

/** Native only where it tells which moment it plays, or where there is nothing else: Chromium's does not. */
export function playsNatively(audio) {
  return audio.canPlayType(TYPE) && (audio.getStartDate || !window.MediaSource);
}

/** Plays a list on an element through the library; `failed` is called when it gives up. */
export async function newHls(settings, failed) {
  const { default: Hls } = await import("../vendor/hls.light.min.js");
  const hls = new Hls({ ...SETTINGS, ...settings });
  hls.on(Hls.Events.ERROR, (_event, { fatal }) => fatal && failed(hls));
  return hls;
}
