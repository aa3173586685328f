// The slip of a one-time code prints itself from its button; without this file, the browser's own menu prints it.
document.querySelector("button[name=in]")?.addEventListener("click", () => window.print());
