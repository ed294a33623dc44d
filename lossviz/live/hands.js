// The reader's hands on a live figure: on the picture, and on the keys. Python (figure.py) puts live.js after this file.

// A hand on the picture. Each request has the start of the drag, the place now, and the values at the start.
function handOn(canvas, areas, { values, hold: taken, drag, letGo, usable }) {
  let hold = null;

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const inside = ([x, y]) =>
    usable() && areas().some(([left, top, right, bottom]) => left <= x && x <= right && top <= y && y <= bottom);
  const move = (event) => {
    if (hold?.pointer === event.pointerId) drag([hold.start, place(event), hold.values]);
    else if (!hold) canvas.classList.toggle("lossviz-grab", inside(place(event)));
  };
  const release = (event) => {
    move(event);
    if (hold?.pointer !== event.pointerId) return;
    hold = null;
    canvas.classList.remove("lossviz-held");
    letGo();
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (hold || event.button || !inside(place(event))) return; // a second finger does not take over
    event.preventDefault();
    hold = { start: place(event), values: values(), pointer: event.pointerId };
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("lossviz-held");
    taken();
    move(event);
  });
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  // a finger on a draggable panel moves the figure; anywhere else on the picture it scrolls the page
  canvas.addEventListener("touchstart", (event) => inside(place(event.touches[0])) && event.preventDefault(), {
    passive: false,
  });
}

// The notebook listens for letters outside text fields: without this, "a" or "d d" typed on a slider would insert or delete
// cells. JupyterLab listens while a key's event rises from the control, Notebook 7 and JupyterLite while it goes down to it:
// before either, it passes the window. There we stop it; the control itself needs no event to move. We listen only while
// something in the figure has the focus. Shortcuts with a modifier, Escape and Shift+Enter still reach the notebook, and
// Escape leads out of the figure: the focus goes to the cell around it.
function keepKeys(box) {
  const stop = (event) => {
    if (!event.composedPath().includes(box)) return release(); // the focus has gone without a word
    const forNotebook = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
    if (!forNotebook && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
    if (event.key === "Escape") box.parentElement.closest("[tabindex]")?.focus();
  };
  const release = () => window.removeEventListener("keydown", stop, true);

  box.addEventListener("focusin", () => window.addEventListener("keydown", stop, true));
  box.addEventListener("focusout", release);
  return release;
}
