// Counts the lines of the editor while one types, and writes the sums where the page shows them. Hooks:
//   data-rates='{"3": "S 0.2000"}' on the editor: category and rate of each value of the VAT field
//   data-line-net in a row; data-total-net, -tax, -gross; what is left after the contribution comes from the server
//   data-total-rates: one clone a rate of <template data-rate-template>: data-rate-name, -base, -tax
import { fieldOf, rowsOf, valueOf } from "./rows.js";
import { lineNet, money, percent, percents, scaled, totals } from "./totals.js";
import { notProposed } from "./variants.js";

function write(place, hook, text) {
  for (const target of place.querySelectorAll(`[${hook}]`)) {
    if (target.textContent !== text) target.textContent = text;
  }
}

function drawRates(editor, rates) {
  const place = editor.querySelector("[data-total-rates]");
  const model = editor.querySelector("template[data-rate-template]");
  if (!place || !model) return;
  place.replaceChildren(...rates.filter(({ tax }) => tax !== 0n).map(({ rate, base, tax }) => {
    const row = model.content.cloneNode(true);
    write(row, "data-rate-name", percent(rate));
    write(row, "data-rate-base", money(base));
    write(row, "data-rate-tax", money(tax));
    return row;
  }));
}

// Nothing when a discount exceeds its line: the server refuses it.
function netOf(row) {
  const rate = percents(valueOf(row, "discount_rate")) ?? 0n;
  const whole = lineNet(valueOf(row, "quantity"), valueOf(row, "unit_price"), valueOf(row, "discount_rate"));
  const off = scaled(valueOf(row, "discount_amount"), 2) ?? 0n;
  const sound = rate >= 0n && rate <= 1000000n && off >= 0n && (off === 0n || off <= (whole ?? 0n));
  return whole === null || !sound ? null : whole - off;
}

export function count(editor) {
  const known = JSON.parse(editor.dataset.rates || "{}");
  const counted = [];
  const rows = rowsOf(editor);
  const aside = notProposed(rows);
  for (const row of rows) {
    const net = netOf(row);
    const optional = aside.has(row) || (fieldOf(row, "optional")?.checked ?? false);
    row.toggleAttribute("data-optional", optional);
    write(row, "data-line-net", net === null ? "—" : money(net));
    if (net === null || optional) continue;
    const group = known[valueOf(row, "vat_rate")] ?? "Z 0";
    counted.push({ net, group, rate: group.split(" ")[1] });
  }
  const typed = (name) => editor.querySelector(`[name="${name}"]`)?.value ?? "";
  const sums = totals(counted, { rate: typed("total_discount_rate"), amount: typed("total_discount_amount") });
  write(editor, "data-total-net", money(sums.net));
  write(editor, "data-total-tax", money(sums.tax));
  write(editor, "data-total-gross", money(sums.gross));
  drawRates(editor, sums.rates);
}
