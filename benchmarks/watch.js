// Watches one figure in the page, frame by frame. It is called with the element of the figure's cell and "live" or
// "interact", and returns what `page.py` asks: begin(), answer() and end().
(cell, way) => {
  const output = cell.querySelector(".jp-Cell-outputWrapper");
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const QUIET = 1000; // milliseconds without a new picture and with a kernel at rest: the last has come
  let key, released, shown, pictures, blank, jumps, height, start, active;
  let picture = null; // what distinguishes the picture shown from others
  let asked = null; // the source of the image that the browser should decode, and of the image that it has decoded
  let decoded = null;

  // Return what distinguishes the present picture from others; null if there is no picture.
  const look = {
    live() {
      const box = cell.querySelector(".lossviz-live");
      const inked = box?.querySelector("canvas").getContext("2d").getImageData(0, 0, 1, 1).data[3];
      return inked ? box.dataset.painted : null;
    },
    interact() {
      const image = cell.querySelector(".jp-OutputArea-output img");
      const source = image?.complete && image.naturalWidth ? image.getAttribute("src") : null;
      if (source !== asked) {
        asked = source;
        image?.decode().then(() => (decoded = source), () => {});
      }
      return source && source !== decoded ? picture : source; // until it is decoded, count it as the one before
    },
  }[way];

  const tick = () => {
    const now = performance.now(); // before looking, which takes time
    const seen = look();
    if (seen === null) blank++;
    else if (seen !== picture) {
      picture = seen;
      pictures++;
      shown = active = now;
    }
    if (kernel.status !== "idle") active = now;
    const box = output.getBoundingClientRect();
    if (Math.abs(box.height - height) >= 1) jumps++;
    height = box.height;
    requestAnimationFrame(tick);
  };
  const begin = () => {
    key = shown = null;
    pictures = blank = jumps = 0;
    start = active = performance.now();
  };
  const until = (condition) =>
    new Promise((resolve) => {
      const check = () => (condition() ? resolve() : setTimeout(check, 10));
      check();
    });

  window.addEventListener("keydown", () => (key = performance.now()), { capture: true });
  window.addEventListener("pointerup", () => (released = performance.now()), { capture: true });
  begin();
  tick();
  return {
    begin,
    // after a key press: the milliseconds to its picture
    async answer() {
      await until(() => key && shown > key);
      return { milliseconds: shown - key, blank, jumps };
    },
    // after a drag: what was seen of it
    async end() {
      await until(() => performance.now() - active > QUIET);
      return { pictures, rate: (1000 * pictures) / (shown - start), late: shown - released, blank, jumps };
    },
  };
}
