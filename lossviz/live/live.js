// The browser's half of a live figure. It asks Python for one picture at a time and shows what comes back.
// Python's half is figure.py. A request is { number, values?, press?, drag?, ratio? }; the answer is one update of the
// model's traits, with that number in `answered`.

const PATIENCE = 1500; // milliseconds without an answer before the figure says that it waits
const BUSY = "Waiting for Python: it is busy with something else. The figure will catch up.";
const GONE = "Python is no longer connected to this figure: run this cell again to use it.";

const unique = () => `lossviz-${Math.random().toString(36).slice(2)}`; // each figure loads this file anew: no counting

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Each control returns its row, `show(value)` which puts a value in without asking Python, and the inputs to disable.
// `set(value)` is called when the reader changes it.
const CONTROLS = {
  range(spec, set) {
    const input = element("input", { type: "range", min: spec.min, max: spec.max, step: spec.step });
    const text = (value) => withUnit(Number(value).toFixed(spec.digits), spec.unit);
    return slider(spec, input, text, () => set(Number(input.value)), (value) => value);
  },
  steps(spec, set) {
    const input = element("input", { type: "range", min: 0, max: spec.options.length - 1, step: 1 });
    const text = (index) => withUnit(spec.options[index], spec.unit);
    return slider(spec, input, text, () => set(spec.options[input.value]), (value) => spec.options.indexOf(value));
  },
  choice(spec, set) {
    const name = unique();
    const inputs = spec.options.map((option) => element("input", { type: "radio", name, value: option }));
    for (const input of inputs) input.addEventListener("change", () => set(input.value));
    const labels = inputs.map((input) => element("label", {}, input, element("span", {}, input.value)));
    const row = element("fieldset", { class: "lossviz-choice" }, element("legend", {}, spec.label), ...labels);
    return { row, inputs, show: (value) => inputs.forEach((input) => (input.checked = input.value === value)) };
  },
  check(spec, set) {
    const input = element("input", { type: "checkbox" });
    input.addEventListener("change", () => set(input.checked));
    const row = element("label", { class: "lossviz-check" }, input, element("span", {}, spec.label));
    return { row, inputs: [input], show: (value) => (input.checked = value) };
  },
  button(spec, _set, press) {
    const input = element("button", { type: "button", class: "lossviz-button" }, spec.label);
    input.addEventListener("click", () => press(spec.name));
    return { row: input, inputs: [input], show() {} };
  },
};

function withUnit(text, unit) {
  return unit ? `${text} ${unit}` : `${text}`;
}

function slider(spec, input, text, changed, position) {
  const id = unique();
  input.id = id;
  const output = element("output", { for: id, "aria-live": "off" }); // the status line speaks, not every slider too
  const tell = () => {
    output.textContent = text(input.value);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => {
    tell();
    changed();
  });
  const row = element("div", { class: "lossviz-slider" }, element("label", { for: id }, spec.label), input, output);
  const show = (value) => {
    input.value = position(value);
    tell();
  };
  return { row, inputs: [input], show };
}

// One request at a time: while one is under way, later ones wait in order. A request that waits is replaced by the next
// of its kind (but for buttons: each press counts). So values in between are dropped, the last never is, and whatever the
// reader did last has the last word.
function correspondence(model, { waiting, ready, lost }) {
  let number = 0; // of the request under way; 0 if none
  let underWay = null;
  let queue = [];
  let timer = 0;

  const kind = (request) => Object.keys(request)[0];

  function send(request) {
    if (number) {
      const last = queue.at(-1);
      if (last && kind(last) === kind(request) && !request.press) queue.pop();
      queue.push(last?.values && request.values ? { values: { ...last.values, ...request.values } } : request);
      return;
    }
    underWay = request;
    number = model.get("answered") + 1;
    try {
      model.send({ ...request, number });
    } catch {
      lost(); // the channel died with the kernel
      return;
    }
    timer = setTimeout(waiting, PATIENCE);
  }

  function answered() {
    if (!number || model.get("answered") < number) return;
    stop(queue);
    if (queue.length) send(queue.shift());
    else ready();
  }

  function stop(keep = []) {
    clearTimeout(timer);
    number = 0;
    underWay = null;
    queue = keep;
  }

  // whether Python has yet to hear, or to answer, what the reader set `name` to
  const pending = (name) => [underWay, ...queue].some((request) => request?.values?.[name] !== undefined);

  return { send, answered, stop, pending };
}

// The picture: a canvas that keeps the last frame until the next is decoded, so it never blinks. Decoded frames are
// closed at once; an <img> would leave each of them to the browser's cache.
function painter(canvas, onPainted) {
  let newest = null;
  let busy = false;

  async function work() {
    busy = true;
    while (newest) {
      const frame = newest;
      newest = null;
      const bitmap = await createImageBitmap(new Blob([frame], { type: "image/png" })).catch(() => null);
      if (!bitmap) continue;
      if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
        canvas.width = bitmap.width;
        canvas.height = bitmap.height;
      }
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      bitmap.close();
      onPainted();
    }
    busy = false;
  }

  return (frame) => {
    if (!frame?.byteLength) return;
    newest = frame;
    if (!busy) work();
  };
}

// A hand on the picture. Each request holds the start of the drag, the place now, and the values at the start.
function handOn(canvas, areas, { values, drag, usable }) {
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
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (hold || event.button || !inside(place(event))) return; // a second finger does not take over
    event.preventDefault();
    hold = { start: place(event), values: values(), pointer: event.pointerId };
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("lossviz-held");
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

// The notebook listens for letters on everything that is not a text field: without this, "a" or "d d" typed on a slider
// would insert or delete cells. Shortcuts with a modifier, Escape and Shift+Enter still reach it.
function keepKeys(event) {
  const forNotebook = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
  if (!forNotebook && !(event.shiftKey && event.key === "Enter")) event.stopPropagation();
}

function render({ model, el }) {
  const [width, height] = model.get("size");
  const canvas = element("canvas", { role: "img", width, height });
  canvas.style.width = `${width}px`;
  canvas.style.aspectRatio = `${width} / ${height}`;
  const readout = element("p", { class: "lossviz-readout", role: "status" });
  const note = element("p", { class: "lossviz-note", role: "alert" });
  const rows = element("div", { class: "lossviz-controls" });
  const box = element("div", { class: "lossviz-live", role: "group", "aria-label": model.get("title") });
  box.style.fontSize = `${model.get("text_size")}px`;
  box.dataset.painted = 0;
  box.append(canvas, readout, note, rows);
  box.addEventListener("keydown", keepKeys);

  const state = (name) => (box.dataset.state = name);
  const say = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };
  const gone = () => box.dataset.state === "gone";

  const python = correspondence(model, {
    waiting: () => say(BUSY),
    ready: () => state("ready"),
    lost: () => disconnect(),
  });
  const ask = (request) => {
    if (gone()) return;
    state("waiting");
    python.send(request);
  };

  const controls = {};
  for (const spec of model.get("specs")) {
    const set = (value) => ask({ values: { [spec.name]: value } });
    const control = CONTROLS[spec.kind](spec, set, (name) => ask({ press: name }));
    controls[spec.name] = control;
    rows.append(control.row);
  }

  const paint = painter(canvas, () => box.dataset.painted++);
  function show() {
    paint(model.get("frame"));
    readout.textContent = model.get("readout");
    // in a narrow window the line may wrap: it keeps the height it once needed, so that nothing below jumps
    readout.style.minHeight = `${readout.offsetHeight}px`;
    canvas.setAttribute("aria-label", `${model.get("title")}. ${model.get("readout")}`);
    if (!gone()) say(model.get("error"));
    for (const [name, value] of Object.entries(model.get("values"))) {
      // a slider under the hand shows where the hand is, not where Python was a moment ago
      const held = controls[name]?.inputs.some((input) => input.type === "range" && input.matches(":active"));
      if (controls[name] && !held && !python.pending(name)) controls[name].show(value);
    }
  }
  function update() {
    python.answered(); // first: Python draws the next picture while the browser decodes this one
    show();
  }

  function disconnect() {
    python.stop();
    state("gone");
    for (const control of Object.values(controls)) for (const input of control.inputs) input.disabled = true;
    say(GONE);
  }

  handOn(canvas, () => model.get("areas"), {
    values: () => model.get("values"),
    drag: (drag) => ask({ drag }),
    usable: () => !gone(),
  });

  // A screen with more pixels gets more; zooming the page counts too.
  let screen = null;
  const measure = () => {
    screen?.removeEventListener("change", measure);
    screen = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    screen.addEventListener("change", measure);
    if (Math.round(canvas.width / width * 100) !== Math.round(Math.min(2, Math.max(1, devicePixelRatio)) * 100)) {
      ask({ ratio: devicePixelRatio });
    }
  };

  el.append(box);
  state("ready");
  show();
  if (el.closest(".jupyter-widgets-disconnected")) disconnect();
  else measure();
  model.on("change", update);
  model.on("comm_live_update", disconnect); // the kernel was restarted
  return () => {
    python.stop();
    screen?.removeEventListener("change", measure);
    model.off("change", update);
    model.off("comm_live_update", disconnect);
  };
}

export default { render };
