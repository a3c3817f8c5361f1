// What the server could not read in a draft that saves itself, told at its field: not while one types in it, nor in a
// field still empty, which is only to come. Faults that the page came with leave once they are cured. Hooks:
// <template data-fault-model>: the sentence; data-fault-link: leads to the first.
export function start(form) {
  const model = form.querySelector("template[data-fault-model]");
  const link = form.querySelector("[data-fault-link]");
  let known = null;

  function unmark(sentence) {
    const control = document.getElementById(sentence.id.replace(/_error$/, ""));
    control?.classList.remove("is-invalid");
    control?.removeAttribute("aria-invalid");
    const words = control?.getAttribute("aria-describedby")?.split(" ").filter((id) => id !== sentence.id) ?? [];
    if (words.length) control.setAttribute("aria-describedby", words.join(" "));
    else control?.removeAttribute("aria-describedby");
    sentence.closest(".field")?.classList.remove("field-wrong");
    sentence.remove();
  }

  function mark({ text, target }) {
    const control = document.getElementById(target);
    const place = control?.closest(".field");
    if (!place) return;
    const sentence = model.content.firstElementChild.cloneNode(true);
    sentence.id = `${target}_error`;
    sentence.className = "field-error";
    sentence.querySelector("[data-fault-text]").textContent = text;
    place.append(sentence);
    place.classList.add("field-wrong");
    control.classList.add("is-invalid");
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), sentence.id].filter(Boolean).join(" "));
    const folded = control.closest("details");
    if (folded) folded.open = true;
  }

  function draw() {
    if (!known) return;
    const shown = new Map([...form.querySelectorAll(".field-error[id]")].map((sentence) => [sentence.id, sentence]));
    const told = known.filter(({ target }) => {
      const control = document.getElementById(target);
      return control && (shown.has(`${target}_error`) || (control.value !== "" && control !== document.activeElement));
    });
    for (const sentence of shown.values()) unmark(sentence);
    for (const fault of told) mark(fault);
    for (const row of form.querySelectorAll("[data-line]")) row.classList.toggle("sale-line-wrong", Boolean(row.querySelector(".field-error")));
  }

  function lead() {
    const [first] = known.filter(({ label, target }) => label && target);
    link.hidden = !first;
    link.textContent = first?.label ?? "";
    if (first) link.href = `#${first.target}`;
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById(link.hash.slice(1))?.focus();
  });
  // Rows that moved: what is known of their places is no longer true.
  form.addEventListener("change", (event) => {
    if (event.target !== form) return;
    known = null;
    link.hidden = true;
  });
  form.addEventListener("focusout", () => setTimeout(draw));
  return (faults) => {
    known = faults;
    lead();
    draw();
  };
}
