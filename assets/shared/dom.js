// Small helpers for building the page. Text only ever enters as text: nothing here parses HTML.

/** @type {(tag: string, said?: Record<string, any>, ...children: (Node | string | null)[]) => any} */
export function el(tag, { class: name, text, on, ...attributes } = {}, ...children) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  for (const [event, listener] of Object.entries(on ?? {})) node.addEventListener(event, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const SVG = "http://www.w3.org/2000/svg";

export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

// Writing the same text again would still cost a layout.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Pixels of a canvas for each pixel of the page. asked: finer ones, while a picture is saved
export const density = {
  asked: 0,
  get ratio() {
    return this.asked || Math.min(window.devicePixelRatio || 1, 2);
  },
};

// Canvases are drawn in device pixels, placed in CSS pixels.
export function fit(canvas, width, height) {
  const { ratio } = density;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

// Our style sheets, in the page's head; done when they hold.
export function styles(...urls) {
  return Promise.all(urls.map((href) => new Promise((resolve) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href, onload: resolve, onerror: resolve });
    document.head.append(link);
  })));
}
