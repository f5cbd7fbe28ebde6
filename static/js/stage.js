// Pictures of what sounds. All of it is fetched when it is first opened.
export async function openStage() {
  const { toggle } = await import("./visuals/stage.js");
  toggle();
}

document.getElementById("show-stage").addEventListener("click", openStage);
