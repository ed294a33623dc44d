// The browser's half of a live figure. It asks Python for one picture at a time and shows what comes back.
// Python's half is figure.py, which puts hands.js before this file. A request is { number, values?, press?, drag?, ratio?,
// seen?, ahead? }; the answer is one update of the model's traits, with that number in `answered`. The page keeps pictures,
// and shows one without asking when its values come again. It asks for the frames of a film in advance, while nobody waits
// for Python.

const PATIENCE = 1500; // milliseconds without an answer before the figure says that it waits
const REST = 250; // milliseconds without a movement over kept pictures: then the hand rests
const QUIET = 150; // milliseconds without a request before the page asks for frames ahead
const LATER = 500; // milliseconds until it asks again, while a cell is running
const AT_ONCE = 8; // frames ahead in one request; Python draws as many as it has time for
const KEPT = { film: 96e6, other: 16e6 }; // bytes of pictures that a figure keeps, with a film and without
const BUSY = "Waiting for Python: it is busy with something else. The figure will catch up.";
const GONE = "Python is no longer connected to this figure: run this cell again to use it.";

const unique = () => `lossviz-${Math.random().toString(36).slice(2)}`; // each figure loads this file anew: a counter would repeat

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
    const text = (value) => written(Number(value).toFixed(spec.digits), spec.unit);
    return slider(spec, input, text, () => set(Number(input.value)), (value) => value);
  },
  steps(spec, set) {
    const input = element("input", { type: "range", min: 0, max: spec.options.length - 1, step: 1 });
    const text = (index) => written(spec.options[index], spec.unit);
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
  play: (spec, set) => film(spec, set),
};

// A value as the reader sees it: with a real minus sign, as in the picture and the readout.
function written(value, unit) {
  const text = `${value}`.replaceAll("-", "−");
  return unit ? `${text} ${unit}` : text;
}

function slider(spec, input, text, changed, position) {
  const id = unique();
  input.id = id;
  const output = element("output", { for: id, "aria-live": "off" }); // a screen reader reads the status line, not each slider
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

// A film: its frames on a slider, buttons that play it and go one frame on or back, and its speed. The figure provides
// `control.advance`: it shows a frame, or returns false if the frame is not here yet. A film that has to wait takes longer:
// it does not skip late frames. (At double speed it skips only as many as that speed needs.)
function film(spec, set) {
  const button = (text, name) => element("button", { type: "button", class: "lossviz-button", "aria-label": name }, text);
  const play = button("Play", `play: ${spec.label}`);
  const back = button("−1", `−1 ${spec.label}`);
  const on = button("+1", `+1 ${spec.label}`);
  const speeds = [0.5, 1, 2].map((speed) => element("option", { value: speed }, `${speed}×`));
  const speed = element("select", { class: "lossviz-speed", "aria-label": "speed" }, ...speeds);
  speed.value = 1;
  const input = element("input", { type: "range", min: 0, max: spec.last, step: 1 });
  const line = slider(spec, input, (frame) => `${frame} of ${spec.last}`, () => go(Number(input.value)), (frame) => frame);
  const row = element("div", { class: "lossviz-play" }, play, back, on, ...line.row.childNodes, speed);
  const noMotion = matchMedia("(prefers-reduced-motion: reduce)");

  let playing = false;
  let due = 0; // when the next frame is to be shown
  const at = () => Number(input.value);

  function go(frame) {
    pause();
    if (0 <= frame && frame <= spec.last) set(frame);
  }

  function start(frame = at() < spec.last ? at() : 0) {
    if (noMotion.matches) return;
    if (frame !== at()) set(frame);
    due = performance.now() + 1000 / (spec.rate * speed.value);
    if (!playing) requestAnimationFrame(tick);
    now(true);
  }

  function pause() {
    now(false);
  }

  function now(does) {
    playing = does;
    row.dataset.playing = does;
    play.textContent = does ? "Pause" : "Play";
    play.setAttribute("aria-label", `${does ? "pause" : "play"}: ${spec.label}`);
  }

  function tick(time) {
    if (!playing) return;
    if (!row.isConnected) return pause();
    requestAnimationFrame(tick);
    const period = 1000 / (spec.rate * speed.value);
    if (time < due) return;
    const late = Math.floor((time - due) / period);
    const frame = Math.min(spec.last, at() + Math.min(1 + late, Math.max(1, speed.value)));
    if (!control.advance(frame)) return;
    due = Math.max(due + period, time - period); // after a delay the film does not run faster to catch up
    if (frame === spec.last) pause();
  }

  play.addEventListener("click", () => (playing ? pause() : start()));
  back.addEventListener("click", () => go(at() - 1));
  on.addEventListener("click", () => go(at() + 1));
  const wish = () => {
    if (noMotion.matches) pause();
    play.hidden = speed.hidden = noMotion.matches;
  };
  noMotion.addEventListener("change", wish);
  wish();
  now(false);

  const control = { row, inputs: [input, play, back, on, speed], show: line.show, start, pause, playing: () => playing };
  control.close = () => {
    pause();
    noMotion.removeEventListener("change", wish);
  };
  return control;
}

// The kept pictures, each with its readout, by the values they show. The picture not shown for longest is dropped first.
function album(bytes) {
  const pictures = new Map();
  let held = 0;
  const name = (values) => JSON.stringify(values);

  function put(values, picture) {
    drop(name(values));
    pictures.set(name(values), picture);
    held += picture.frame.byteLength;
    while (held > bytes) drop(pictures.keys().next().value);
  }

  function drop(key) {
    held -= pictures.get(key)?.frame.byteLength ?? 0;
    pictures.delete(key);
  }

  function get(values) {
    const picture = pictures.get(name(values));
    if (picture) put(values, picture);
    return picture;
  }

  function clear() {
    pictures.clear();
    held = 0;
  }

  return { put, get, clear, has: (values) => pictures.has(name(values)) };
}

// One request at a time: while one is under way, later requests wait in order. A new request replaces a waiting one of its
// kind (but each press of a button counts). So values in between are dropped, but never the last: what the reader did last
// decides. `kept(request)` shows a kept picture if it can, and returns whether it did. `unsaid()` returns the request that
// tells Python about this, if there is anything to tell. It goes first: Python must know it before the next answer.
function correspondence(model, { kept, unsaid, asked, waiting, ready, lost }) {
  let number = 0; // of the request under way; 0 if there is none
  let underWay = null;
  let queue = [];
  let timer = 0;

  const kind = (request) => Object.keys(request)[0];

  function ask(request) {
    if (free() && kept(request)) return;
    if (!number) return send(request);
    const last = queue.at(-1);
    if (last && kind(last) === kind(request) && !request.press) queue.pop();
    queue.push(last?.values && request.values ? { values: { ...last.values, ...request.values } } : request);
    wait();
  }

  function send(request) {
    const first = request.ahead || request.seen ? null : unsaid();
    if (first) queue.unshift(request);
    underWay = first ?? request;
    number = model.get("answered") + 1;
    try {
      model.send({ ...underWay, number });
    } catch {
      lost(); // the channel died with the kernel
      return;
    }
    if (!request.ahead && !request.seen) wait();
  }

  // From now on somebody waits for Python. Nobody waits for frames ahead, or for what we only tell Python.
  function wait() {
    asked();
    timer ||= setTimeout(waiting, PATIENCE);
  }

  function answered() {
    if (!number || model.get("answered") < number) return;
    stop(queue);
    while (queue.length && !number) {
      const next = queue.shift();
      if (!kept(next)) send(next);
    }
    if (!number) ready();
  }

  function stop(keep = []) {
    clearTimeout(timer);
    timer = number = 0;
    underWay = null;
    queue = keep;
  }

  // whether no request that could change the values is under way
  const free = () => (!number || Boolean(underWay.ahead)) && !queue.length;
  // whether the reader's value for `name` still has to be sent or answered
  const pending = (name) => [underWay, ...queue].some((request) => request?.values?.[name] !== undefined);
  // whether pictures that come now may have the wrong resolution for the screen
  const rescaling = () => [underWay, ...queue].some((request) => request?.ratio);

  const expect = () => number && wait();

  return { ask, answered, stop, expect, free, pending, rescaling, underWay: () => underWay };
}

// Ask for the frames of a film ahead of the hand, the next frames first, while the figure is in sight and Python has nothing
// else to do.
function framesAhead(model, reel, { python, pictures, canvas, usable }) {
  let film = ""; // the other values, and the size of the picture
  let drawn = new Set(); // frames that have come for these values, or cannot be drawn: we do not ask for them again
  let cellRuns = false; // whether Python had a cell to run when it was last asked
  let inSight = false;
  let timer = 0;

  const withFrame = (frame, values = model.get("values")) => ({ ...values, [reel.name]: frame });

  const filmOf = (values) => JSON.stringify([withFrame(0, values), canvas.width]);

  function newFilm() {
    const present = filmOf(model.get("values"));
    if (film !== present) [film, drawn] = [present, new Set()];
  }

  function soon(delay = cellRuns ? LATER : 0) {
    clearTimeout(timer);
    timer = setTimeout(fill, delay);
  }

  function fill() {
    clearTimeout(timer);
    if (!usable() || !inSight || document.hidden || python.underWay()) return;
    newFilm();
    const values = model.get("values");
    const order = Array.from({ length: reel.last + 1 }, (_, i) => (values[reel.name] + 1 + i) % (reel.last + 1));
    const frames = order.filter((frame) => !drawn.has(frame) && !pictures.has(withFrame(frame))).slice(0, AT_ONCE);
    if (frames.length) python.ask({ ahead: { values, frames } });
  }

  function receive({ ahead, failed }, frames) {
    const asked = python.underWay()?.ahead;
    if (!asked || !ahead) return;
    newFilm();
    ahead.forEach(([frame, readout], i) => {
      if (!python.rescaling()) pictures.put(withFrame(frame, asked.values), { frame: frames[i], readout });
    });
    if (filmOf(asked.values) === film) {
      for (const frame of asked.frames.slice(0, ahead.length + failed)) drawn.add(frame); // Python takes them in order
    }
    cellRuns = !ahead.length && !failed;
  }

  // Return whether a frame can be shown: it is here, or an ordinary request has to ask for it.
  function ready(frame) {
    newFilm();
    if (pictures.has(withFrame(frame)) || drawn.has(frame) || cellRuns) return true;
    fill();
    return false;
  }

  const watch = new IntersectionObserver(([entry]) => {
    inSight = entry.isIntersecting;
    soon(QUIET);
  });
  watch.observe(canvas);
  model.on("msg:custom", receive);

  function close() {
    clearTimeout(timer);
    watch.disconnect();
    model.off("msg:custom", receive);
  }

  return { soon, ready, close };
}

// The picture: a canvas that keeps the last frame until the next is decoded, so it never blinks. Decoded frames are closed
// immediately; with an <img>, each of them would stay in the browser's cache.
function paintOn(canvas, onPainted) {
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

  function paint(frame) {
    if (!frame?.byteLength) return;
    newest = frame;
    if (!busy) work();
  }

  return { paint, busy: () => busy };
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
  const releaseKeys = keepKeys(box);

  const state = (name) => (box.dataset.state = name);
  const say = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };
  const gone = () => box.dataset.state === "gone";

  const controls = {};
  for (const spec of model.get("specs")) {
    const set = (value) => ask({ values: { [spec.name]: value } });
    const control = CONTROLS[spec.kind](spec, set, (name) => ask({ press: name }));
    controls[spec.name] = control;
    rows.append(control.row);
  }
  const reel = model.get("specs").find((spec) => spec.kind === "play"); // the film; most figures have none
  const player = controls[reel?.name];
  const painter = paintOn(canvas, () => box.dataset.painted++);
  const pictures = album(reel ? KEPT.film : KEPT.other);

  // Values that were shown from the kept pictures, and that Python does not know yet. The page tells Python when the hand
  // rests, or before it asks for something else.
  let untold = {};
  let resting = 0;

  const python = correspondence(model, {
    kept: showKept,
    unsaid: takeUntold,
    asked: () => state("waiting"),
    waiting: () => say(BUSY),
    ready() {
      state("ready");
      say(model.get("error"));
      ahead?.soon(QUIET);
    },
    lost: () => disconnect(),
  });
  const ahead = reel && framesAhead(model, reel, { python, pictures, canvas, usable: () => !gone() });

  function ask(request) {
    if (gone()) return;
    if (request.ratio) pictures.clear();
    python.ask(request);
  }

  // The page knows the new values only if no other value follows from the one that the reader sets.
  function showKept({ values, ...more }) {
    if (!values || Object.keys(more).length) return false;
    if (!model.get("plain") && Object.keys(values).some((name) => name !== reel?.name)) return false;
    const after = { ...model.get("values"), ...values };
    const picture = pictures.get(after);
    if (!picture) return false;
    Object.assign(untold, values);
    clearTimeout(resting);
    resting = setTimeout(tell, REST);
    inThePage({ values: after, error: "", ...picture });
    return true;
  }

  let alone = false; // whether the page changes the model by itself
  function inThePage(changes) {
    alone = true;
    model.set(changes);
    alone = false;
  }

  function overruled() {
    if (!alone) untold = {}; // Python has set values itself: they count
  }

  function tell() {
    const request = gone() ? null : takeUntold();
    if (request) python.ask(request);
  }

  function takeUntold() {
    const request = Object.keys(untold).length ? { seen: true, values: untold } : null;
    untold = {};
    return request;
  }

  function keep() {
    if (model.get("error") || python.rescaling() || !(reel || model.get("plain"))) return;
    if (python.underWay()?.seen) return; // the answer has the values, but not a picture
    pictures.put(model.get("values"), { frame: model.get("frame"), readout: model.get("readout") });
  }

  if (player) {
    player.advance = (frame) => {
      if (!python.free() || painter.busy()) return false;
      if (!ahead.ready(frame)) {
        python.expect(); // now somebody waits for the frames ahead
        return false;
      }
      ask({ values: { [reel.name]: frame } });
      return true;
    };
  }

  function show() {
    painter.paint(model.get("frame"));
    readout.setAttribute("aria-live", player?.playing() ? "off" : "polite"); // or a screen reader would talk all the time
    readout.textContent = model.get("readout");
    // in a narrow window the line may wrap: it keeps its largest height, so that nothing below it jumps
    readout.style.minHeight = `${readout.offsetHeight}px`;
    canvas.setAttribute("aria-label", `${model.get("title")}. ${model.get("readout")}`);
    if (!gone()) say(model.get("error"));
    if (model.get("error")) player?.pause();
    for (const [name, value] of Object.entries(model.get("values"))) {
      // a slider under the hand shows where the hand is, not where Python was a moment ago
      const held = controls[name]?.inputs.some((input) => input.type === "range" && input.matches(":active"));
      if (controls[name] && !held && !python.pending(name)) controls[name].show(value);
    }
  }
  function update() {
    keep();
    const request = python.underWay();
    python.answered(); // before it is shown: Python draws the next picture while the browser decodes this one
    const over = request && request !== python.underWay();
    if (over && request.ahead) return ahead.soon(); // there is nothing new to show
    // Python may have drawn something else before it knew what is shown here
    if (over && request.seen) inThePage(pictures.get(model.get("values")) ?? {});
    show();
  }

  function disconnect() {
    python.stop();
    player?.pause();
    state("gone");
    for (const control of Object.values(controls)) for (const input of control.inputs) input.disabled = true;
    say(GONE);
  }

  handOn(canvas, () => model.get("areas"), {
    values: () => model.get("values"),
    hold: () => player?.pause(),
    drag: (drag) => ask({ drag }),
    letGo: () => reel?.after_drag && player.start(0),
    usable: () => !gone(),
  });

  // A screen with more pixels gets a picture with more pixels; zooming the page counts too.
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
  model.on("change:values", overruled);
  model.on("change", update);
  model.on("comm_live_update", disconnect); // the kernel was restarted
  return () => {
    releaseKeys();
    python.stop();
    ahead?.close();
    player?.close();
    clearTimeout(resting);
    screen?.removeEventListener("change", measure);
    model.off("change:values", overruled);
    model.off("change", update);
    model.off("comm_live_update", disconnect);
  };
}

export default { render };
