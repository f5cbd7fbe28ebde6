/** A track as the API tells it, in the words of the player. */
export function playable(track) {
  const { id, name, creator, duration, loop } = track;
  return { id, name, creator, duration, loop, audio: track.audio_url, face: track.spectrogram_url, disc: track.disc_url, page: track.page_url };
}
