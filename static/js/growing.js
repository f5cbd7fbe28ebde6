// What is heard while it is made: its job is followed, and once it has become a track, that goes on in its place.
import { finish, queue } from "./player.js";
import { playable } from "./queue.js";
import { toast } from "./toast.js";

const SECONDS = 1;
let timer = 0;

function follow() {
  clearTimeout(timer);
  if (queue.now?.growing) timer = setTimeout(look, SECONDS * 1000);
}

async function look() {
  const { now } = queue;
  try {
    const { status } = await asked(now.page);
    if (queue.now !== now) return;
    if (status === "completed") await finish(playable(await asked(`/api/library/${now.id}`)));
    if (status === "failed") return toast(`“${now.name}” was not finished.`, { bad: true, link: { href: now.page, words: "Why" } });
  } catch {} // out of reach: asked again
  follow();
}

async function asked(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} of ${address}`);
  return answer.json();
}

queue.addEventListener("change", follow);
follow();
