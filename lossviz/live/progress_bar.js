// The browser's half of a progress bar (progress_bar.py): what is running, how much is done, and a native bar until the end.

function render({ model, el }) {
  const bar = document.createElement("progress");
  const text = document.createElement("span");
  const box = document.createElement("div");
  box.className = "lossviz-progress";
  box.style.cssText = "display: flex; gap: 1em; align-items: center; color: var(--vscode-editor-foreground, var(--jp-ui-font-color1, #212121))";
  box.append(bar, text);

  function show() {
    const [what, running, done, jobs] = ["what", "running", "done", "jobs"].map((name) => model.get(name));
    bar.hidden = !running;
    bar.max = jobs;
    bar.value = done;
    bar.setAttribute("aria-label", what);
    text.textContent = `${what}: ${done} of ${jobs} runs${running ? ` done; now ${running}` : ""}`;
  }

  el.append(box);
  show();
  model.on("change", show);
  return () => model.off("change", show);
}

export default { render };
