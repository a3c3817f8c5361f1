// Fields that are drawn anew while one types (a choice decides which are asked): what was typed since they were
// asked for stays. Hook: data-drawn-anew on what htmx fills.
const FIELDS = "input[name]:not([type=hidden]):not([type=file]), select[name], textarea[name]";
const asked = new WeakMap();

const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const nameOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
const said = (field) => (isTicked(field) ? field.checked : field.value);

function saidIn(part) {
  return new Map([...part.querySelectorAll(FIELDS)].map((field) => [nameOf(field), said(field)]));
}

function sayAgain(field, value) {
  if (isTicked(field)) field.checked = value;
  else field.value = value;
}

export function watch() {
  const onPart = (name, act) => document.addEventListener(name, ({ detail }) => {
    if (detail.target?.hasAttribute("data-drawn-anew")) act(detail);
  });
  onPart("htmx:beforeRequest", ({ xhr, target }) => asked.set(xhr, saidIn(target)));
  onPart("htmx:beforeSwap", ({ xhr, target }) => {
    const before = asked.get(xhr) ?? new Map();
    asked.set(xhr, new Map([...saidIn(target)].filter(([name, value]) => before.get(name) !== value)));
  });
  onPart("htmx:afterSwap", ({ xhr, target }) => {
    const since = asked.get(xhr) ?? new Map();
    for (const field of target.querySelectorAll(FIELDS)) {
      if (since.has(nameOf(field))) sayAgain(field, since.get(nameOf(field)));
    }
  });
}
