// Colours as the style sheet gives them, and the ramps made of them.

const NAMES = ["ink", "muted", "line", "ground", "panel", "accent", "negative", "neutral", "positive", "rim"];
const CLASSES = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#7f8790"]; // Okabe–Ito
const GROUND = 0.62; // of a class's colour, behind points of it: they stand out by their lightness, too
export const SYMBOLS = ["circle", "square", "triangle-up", "diamond", "cross", "star", "x", "triangle-down"];

export function rgb(color) {
  const hex = /^#([0-9a-f]{6})/i.exec(color.trim());
  if (hex) return [0, 2, 4].map((i) => parseInt(hex[1].slice(i, i + 2), 16));
  return (color.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
}

export const css = ([r, g, b]) => `rgb(${Math.round(r)},${Math.round(g)},${Math.round(b)})`;
export const mix = (a, b, share) => a.map((value, i) => value + (b[i] - value) * share);

// Little-endian RGBA, ready for a Uint32 view of image data.
export const packed = ([r, g, b]) => ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;

// 256 colours from negative over neutral to positive; firm a little away from the middle, as a decision is.
function ramp(theme, strength) {
  const [low, middle, high] = [theme.negative, theme.neutral, theme.positive].map(rgb);
  return Array.from({ length: 256 }, (_, value) => {
    const signed = (value - 127.5) / 127.5;
    return mix(middle, signed < 0 ? low : high, strength * Math.abs(signed) ** 0.8);
  });
}

export function readTheme(root) {
  const style = getComputedStyle(root);
  const ground = rgb(style.getPropertyValue("--st-background-color") || "#ffffff");
  const dark = ground[0] * 0.299 + ground[1] * 0.587 + ground[2] * 0.114 < 128;
  root.dataset.theme = dark ? "dark" : "light";
  const token = (name) => style.getPropertyValue(`--${name}`).trim();
  /** @type {any} */
  const theme = Object.fromEntries(NAMES.map((name) => [name, token(name)]));
  theme.token = token;
  theme.dark = dark;
  theme.font = style.fontFamily;
  theme.text = parseFloat(style.getPropertyValue("--axis-text")) || 11.5; // px, of axes and numbers in charts
  theme.key = JSON.stringify(theme);
  theme.colors = ramp(theme, 1);
  theme.field = Uint32Array.from(ramp(theme, GROUND), packed);
  theme.units = Uint32Array.from(ramp(theme, 1), packed);
  return theme;
}

export const classColor = (scene, theme, index) => {
  if (scene.classes.length <= 2) return index ? theme.positive : theme.negative;
  return CLASSES[index % CLASSES.length];
};

// Around a point: some of the colours of many classes are too light for a white rim.
export const rimOf = (scene, theme) => (scene.classes.length > 2 && !theme.dark ? theme.ink : theme.rim);

export const classSoft = (theme, index) => mix(rgb(CLASSES[index % CLASSES.length]), rgb(theme.ground), 1 - GROUND);

// Of a value between those of the two end colours.
export const fieldColor = (theme, value, { low, high }) => {
  const index = Math.round((255 * (value - low)) / (high - low || 1));
  return css(theme.colors[Math.min(255, Math.max(0, index || 0))]);
};

// A run's colour: a token, which has its dark counterpart, or a colour; on a dark ground a lighter one, so that its name can be read.
export function runColor(run, theme, alone) {
  const color = run.scene.color;
  if (!color) return alone;
  const token = /^var\(--([a-z0-9-]+)\)$/.exec(color);
  if (token) return theme.token(token[1]);
  return theme.dark ? css(mix(rgb(color), [255, 255, 255], 0.38)) : color;
}

// The same for small letters, which want more contrast.
export function runInk(run, theme, alone) {
  const color = runColor(run, theme, alone);
  return theme.dark ? color : css(mix(rgb(color), rgb(theme.ink), 0.3));
}
