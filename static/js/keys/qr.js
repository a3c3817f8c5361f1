// A QR code drawn in the page: a secret that is printed never goes through the server.
import { encodeQR } from "../../vendor/qr/index.js";

const SVG = "http://www.w3.org/2000/svg";
// The white margin that readers need, in modules.
const QUIET = 4;

function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

export function qrOf(text, label) {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const dark = rows.flatMap((row, y) => row.flatMap((module, x) => (module ? [`M${x} ${y}h1v1h-1z`] : [])));
  const options = { viewBox: `0 0 ${rows.length} ${rows.length}`, role: "img", class: "qr" };
  const svg = drawn("svg", { ...options, "aria-label": label, "shape-rendering": "crispEdges" });
  svg.append(drawn("rect", { width: "100%", height: "100%", fill: "#fff" }), drawn("path", { d: dark.join("") }));
  return svg;
}
