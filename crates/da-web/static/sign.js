// A place to sign by hand. What is drawn becomes the file that the form sends; without this script a picture is chosen instead.
(() => {
  const input = document.querySelector("input[data-pen]");
  const words = input.dataset;
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const canvas = make("canvas", { className: "pad" });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", words.here);
  const clear = make("button", { type: "button", className: "plain", textContent: words.clear });
  const other = make("details", {});
  const field = input.parentElement;
  const label = field.querySelector("label");
  // What is wrong links to the pad, which stands first.
  canvas.id = input.id;
  canvas.tabIndex = -1;
  input.id += "_picture";
  label.htmlFor = input.id;
  field.insertBefore(canvas, label);
  field.insertBefore(clear, label);
  other.append(make("summary", { textContent: words.instead }), label, input);
  field.append(other);

  const pen = canvas.getContext("2d");
  let drawn = false;
  let last = null;

  // The picture has as many dots as the screen; when the screen turns, what was drawn is drawn again.
  const fit = () => {
    const { width, height } = canvas.getBoundingClientRect();
    const scale = window.devicePixelRatio || 1;
    const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
    if (!across || (across === canvas.width && down === canvas.height)) return;
    const before = drawn && canvas.width ? make("canvas", { width: canvas.width, height: canvas.height }) : null;
    if (before) before.getContext("2d").drawImage(canvas, 0, 0);
    canvas.width = across;
    canvas.height = down;
    if (before) pen.drawImage(before, 0, 0);
    pen.scale(scale, scale);
    Object.assign(pen, { strokeStyle: words.pen, fillStyle: words.pen, lineWidth: 2.5, lineCap: "round", lineJoin: "round" });
  };

  const place = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };

  const send = (file) => {
    const files = new DataTransfer();
    if (file) files.items.add(file);
    input.files = files.files;
  };

  const keep = () => {
    const picture = atob(canvas.toDataURL("image/png").split(",")[1]);
    const bytes = Uint8Array.from(picture, (letter) => letter.charCodeAt(0));
    send(new File([bytes], "canvas.png", { type: "image/png" }));
  };

  // One pointer draws at a time: neither the palm beside the finger nor another button of the mouse.
  let pointer = null;
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    if (last || event.button !== 0) return;
    fit();
    pointer = event.pointerId;
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    pen.beginPath();
    pen.arc(...last, 1.25, 0, 2 * Math.PI);
    pen.fill();
    drawn = true;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last || event.pointerId !== pointer) return;
    const next = place(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
  });
  const lift = (event) => {
    if (!last || event.pointerId !== pointer) return;
    last = null;
    keep();
  };
  // A stroke is no gesture: without this a quick one would be taken for a fling, and the tap behind it would only stop that.
  canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  clear.addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    drawn = false;
    send(null);
  });
  window.addEventListener("resize", fit);
  fit();
})();
