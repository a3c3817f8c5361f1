// The sheet of a new key: its letters in groups, its QR code, its file. All is drawn here and leaves by the scrutineer.
import { word } from "../ballots/words.js";
import { grouped, writeKeyFile } from "./key-file.js";
import { qrOf } from "./qr.js";

export function drawSheet(page, seed) {
  const letters = grouped(seed);
  page.querySelector("[data-seed]").textContent = letters;
  page.querySelector("[data-qr]").replaceChildren(qrOf(letters, word(page, "qr")));
}

export function saveKey(page, owner, seed) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([writeKeyFile(owner, seed)], { type: "application/json" }));
  link.download = word(page, "file", { values: { n: owner.index } });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

export function wipeSheet(page) {
  page.querySelector("[data-seed]").textContent = "";
  page.querySelector("[data-qr]").replaceChildren();
}
