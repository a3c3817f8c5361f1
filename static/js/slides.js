// Moves a number with a handle. Hooks: data-slides on the list of handles, hidden until this module starts;
// data-slide="labour" on a handle, which writes in the field of that name of the same form.
function fieldOf(handle) {
  return handle.form?.elements.namedItem(handle.dataset.slide);
}

function written(value) {
  return value.replace(".", ",");
}

export function start(part) {
  const lists = [...part.querySelectorAll("[data-slides]")];
  if (part.matches?.("[data-slides]")) lists.push(part);
  for (const list of lists) {
    list.hidden = false;
    for (const handle of list.querySelectorAll("[data-slide]")) {
      handle.addEventListener("input", () => {
        const field = fieldOf(handle);
        if (field) field.value = written(handle.value);
      });
      // The bounds follow what the field says, as when it is typed.
      handle.addEventListener("change", (event) => {
        event.stopPropagation();
        fieldOf(handle)?.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
  }
}
