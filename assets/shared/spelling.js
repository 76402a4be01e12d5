// Numbers as ann_core/base/spelling.py spells them: −0.489, 12,300, 3.4·10⁻⁵.

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
export const power = (exponent) => `10${[...String(exponent)].map((digit) => RAISED[digit]).join("")}`;

// Three digits; where they would need a power of ten, two.
export function number(value, digits = 3) {
  if (!Number.isFinite(value)) return "not known";
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e6)) {
    const rounded = Number(value.toPrecision(digits));
    return (size < 1000 ? String(rounded) : rounded.toLocaleString("en-US")).replace("-", "−");
  }
  const [mantissa, exponent] = value.toExponential(1).split("e");
  return `${mantissa.replace("-", "−")}·${power(Number(exponent))}`;
}

// Four digits, as one reads them off a picture.
export function precise(value) {
  if (!Number.isFinite(value)) return "–";
  const rounded = Number(value.toPrecision(4));
  const [mantissa, exponent] = (rounded && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded)).split("e");
  return (exponent ? `${mantissa}·${power(Number(exponent))}` : mantissa).replace("-", "−");
}
