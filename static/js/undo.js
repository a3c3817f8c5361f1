// What was done to the rows, said beside the state of the draft and undone from there, or by Ctrl+Z as long as nothing
// was typed since: what is typed in a field is the browser's to undo. Rows that leave are kept as they are, with their
// fields; those typed in since stay. Hooks: data-say-… of the editor; data-done-said (role=status); data-undo.
import { headingOf, isBlank, opens, rowsOf } from "./rows.js";

const MOST = 200;
const steps = [];

function say(editor, { said = "", place, count }, offered) {
  const key = `say${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  const words = (editor.dataset[key] ?? "").replace("{place}", place).replace("{count}", count);
  editor.querySelector("[data-done-said]").textContent = words;
  editor.querySelector("[data-undo]").hidden = !offered;
  document.querySelector("[data-done-before]")?.remove();
}

// Does a change of the rows and remembers how they stood; `changed` renumbers and counts them. The change gives `said`,
// its words; `made`, new rows, `copied` when they held something at once; `values`, fields with what they held;
// `joined` when it goes with the one before; `still` when nothing changed.
export function perform(editor, change, changed) {
  const before = rowsOf(editor).map((row) => [row, headingOf(row)]);
  const active = document.activeElement;
  const done = change();
  if (!done.still) {
    steps.push({ before, active, made: [], values: [], ...done });
    steps.splice(0, steps.length - MOST);
    changed();
  }
  say(editor, done, Boolean(done.said) && !done.still);
}

// Rows that came since stay behind the one that they follow; those that the step made leave, unless they were written.
function undo(editor, changed) {
  const step = steps.pop();
  if (!step) return;
  const order = step.before.map(([row]) => row);
  let last = null;
  for (const row of rowsOf(editor)) {
    const written = step.typed && !step.copied && (!isBlank(row) || opens(row));
    const leaves = step.made.includes(row) && !written;
    if (!order.includes(row) && !leaves) order.splice(order.indexOf(last) + 1, 0, row);
    if (order.includes(row)) last = row;
  }
  for (const [row, heading] of step.before) row.prepend(heading);
  for (const [field, value] of step.values) field.value = value;
  editor.querySelector("[data-lines-body]").replaceChildren(...order);
  if (step.joined) return undo(editor, changed);
  changed();
  say(editor, { said: "undone" }, false);
  step.active?.focus();
  if (document.activeElement !== step.active) step.active?.closest("[data-line]")?.querySelector(".sale-line-label input").focus();
}

export function start(editor, changed) {
  editor.addEventListener("input", (event) => {
    if (event.isTrusted && steps.length) steps.at(-1).typed = true;
  });
  editor.querySelector("[data-undo]")?.addEventListener("click", () => undo(editor, changed));
  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
    const elsewhere = event.target.matches("input, textarea") && !editor.contains(event.target);
    if (!asked || elsewhere || !steps.length || steps.at(-1).typed) return;
    event.preventDefault();
    undo(editor, changed);
  });
}
