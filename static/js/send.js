import { toast } from "./toast.js";

/** JSON there and back, also while the page is being left; a refusal is said in the corner and gives null. */
export async function send(method, path, body = {}) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, { method, headers, body: JSON.stringify(body), keepalive: true });
    const said = await answer.json();
    if (answer.ok) return said;
    toast(said.error, { bad: true });
  } catch {
    toast("No connection to Sound Box. Try again in a moment.", { bad: true });
  }
  return null;
}
