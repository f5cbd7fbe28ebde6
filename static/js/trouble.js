/** Why a track does not play: whether it is gone for good, and the sentence for it. */
export async function troubleWith(track) {
  try {
    const { status } = await fetch(track.audio, { method: "HEAD" });
    if (status === 404 || status === 410) return { gone: true, words: `“${track.name}” is not here any more.` };
    return { gone: false, words: `“${track.name}” could not be played.` };
  } catch {
    return { gone: false, words: "No connection to Sound Box. Try again in a moment." };
  }
}
