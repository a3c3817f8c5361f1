// What is verified before a share, told line by line as it is found right; the line where it stops says so.
import { word } from "../ballots/words.js";

export class Checks {
  constructor(page) {
    this.page = page;
    this.lines = [...page.querySelectorAll("[data-check]")];
  }

  // `verdict` is todo, right or wrong.
  #mark(line, verdict) {
    line.dataset.verdict = verdict;
    line.querySelector("[data-verdict-said]").textContent = word(this.page, `check_${verdict}`);
  }

  #pass(name) {
    for (const line of this.lines) if (line.dataset.check === name) this.#mark(line, "right");
  }

  #stop() {
    const line = this.lines.find(({ dataset }) => dataset.verdict === "todo");
    if (line) this.#mark(line, "wrong");
  }

  // `work` is given whom to tell its progress: a check that passed, or how far the long one is, which is `counted`.
  async follow(work, counted) {
    for (const line of this.lines) this.#mark(line, "todo");
    try {
      return await work(({ check, ...done }) => (check ? this.#pass(check) : counted(done)));
    } catch (fault) {
      this.#stop();
      throw fault;
    }
  }
}
