// A signature drawn on a canvas: the typed name stays the way that always works, and the one to start with. Hooks:
//   data-signature           the form; its radio « way » says « typed » or « drawn », its hidden field is « drawing »
//   data-signature-ways      the choice, shown only here since drawing needs this module
//   data-signature-typed, data-signature-drawn   what each way shows
//   data-signature-pad       the canvas; data-signature-clear: starts it again
const INK = "#1d2530";

function place(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const scale = canvas.width / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
}

function pen(canvas) {
  const context = canvas.getContext("2d");
  context.lineWidth = 4;
  context.lineCap = "round";
  context.lineJoin = "round";
  context.strokeStyle = INK;
  return context;
}

function restore(canvas, address) {
  if (!address.startsWith("data:image/png;base64,")) return;
  const image = new Image();
  image.addEventListener("load", () => canvas.getContext("2d").drawImage(image, 0, 0));
  image.src = address;
}

function draw(canvas, field) {
  const context = pen(canvas);
  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = place(canvas, event);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 0.1, y); // a dot: a line without length would not be drawn
    context.stroke();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    context.lineTo(...place(canvas, event));
    context.stroke();
  });
  const end = () => {
    if (drawing) field.value = canvas.toDataURL("image/png");
    drawing = false;
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  restore(canvas, field.value);
}

function begin(form) {
  const canvas = form.querySelector("[data-signature-pad]");
  const field = form.elements.drawing;
  const ways = form.querySelector("[data-signature-ways]");
  if (!canvas || !field || !ways) return;
  const show = () => {
    const drawn = form.elements.way.value === "drawn";
    form.querySelector("[data-signature-drawn]").hidden = !drawn;
    form.querySelector("[data-signature-typed]").hidden = drawn;
  };
  ways.hidden = false;
  ways.addEventListener("change", show);
  show();
  draw(canvas, field);
  form.querySelector("[data-signature-clear]").addEventListener("click", () => {
    canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  });
}

for (const form of document.querySelectorAll("form[data-signature]")) begin(form);
