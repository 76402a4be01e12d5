// A part of the page painted on a canvas, at any size: what is drawn on it, and its words. Nothing leaves the browser.

import { el } from "../../shared/dom.js";

const XML = new XMLSerializer();
/** @type {Map<string, Promise<HTMLImageElement>>} */
const images = new Map(); // pictures of vectors, by what they say: axes stay the same from frame to frame
const MOST = 60;
const [AROUND, BELOW] = [18, 16]; // pixels of the page
const CONTROLS = ".choice, .link, select, input"; // what can be pressed is no part of a picture

/** @import { Theme } from "../types.d.ts" */

// width: of the canvas, in pixels   caption: what stands below the picture   read: its pixels are read, and so stay at hand
/** @type {(node: HTMLElement, width: number, theme: Theme, caption: string, read?: boolean) => Promise<HTMLCanvasElement>} */
export async function paint(node, width, theme, caption, read = false) {
  const box = node.getBoundingClientRect();
  const scale = width / (box.width + 2 * AROUND);
  const canvas = el("canvas", { width, height: Math.round((box.height + 2 * AROUND + BELOW) * scale) });
  const context = canvas.getContext("2d", { willReadFrequently: read });
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, (AROUND - box.left) * scale, (AROUND - box.top) * scale);
  await element(context, node);
  context.font = `13px ${theme.font}`;
  context.fillStyle = theme.muted;
  context.textAlign = "right";
  context.fillText(caption, box.right, box.bottom + BELOW);
  return canvas;
}

async function element(context, node) {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || style.clipPath !== "none" || node.matches(CONTROLS)) return;
  context.save();
  context.globalAlpha *= Number(style.opacity);
  surface(context, style, box);
  if (style.overflowX !== "visible" && box.width) {
    context.beginPath();
    context.roundRect(box.left, box.top, box.width, box.height, parseFloat(style.borderTopLeftRadius) || 0);
    context.clip();
  }
  if (node instanceof HTMLCanvasElement) {
    context.imageSmoothingEnabled = style.imageRendering !== "pixelated";
    if (node.width && node.height) context.drawImage(node, box.left, box.top, box.width, box.height);
  } else if (node instanceof SVGSVGElement) {
    const image = await pictureOf(node, style, box);
    if (image) context.drawImage(image, box.left, box.top, box.width, box.height);
  } else {
    for (const child of node.childNodes) {
      if (child instanceof Text) words(context, child, style);
      else if (child instanceof Element) await element(context, child);
    }
  }
  context.restore();
}

// Background and lines around.
function surface(context, style, { left, top, width, height }) {
  const radius = Math.min(parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2);
  context.beginPath();
  context.roundRect(left, top, width, height, style.borderTopLeftRadius.endsWith("%") ? width / 2 : radius);
  context.fillStyle = style.backgroundColor;
  context.fill();
  const [top_, left_, bottom_] = ["Top", "Left", "Bottom"].map((side) => parseFloat(style[`border${side}Width`]));
  context.setLineDash(style.borderTopStyle === "dashed" ? [5, 3] : []);
  context.lineWidth = top_ || left_;
  context.strokeStyle = top_ ? style.borderTopColor : style.borderLeftColor;
  if (!(top_ && bottom_)) context.beginPath(); // a line along one side
  if (top_ && !bottom_) line(context, left, top + top_ / 2, left + width, top + top_ / 2);
  if (left_ && !top_) line(context, left + left_ / 2, top, left + left_ / 2, top + height);
  if (top_ || left_) context.stroke();
}

function line(context, x, y, toX, toY) {
  context.moveTo(x, y);
  context.lineTo(toX, toY);
}

// A text, word by word, where the page has laid each out.
function words(context, text, style) {
  context.font = style.font;
  context.fillStyle = style.color;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText("x");
  const range = document.createRange();
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const box = range.getBoundingClientRect();
    const said = style.textTransform === "uppercase" ? word.toUpperCase() : word;
    if (box.width) context.fillText(said, box.left, box.top + (box.height - up - down) / 2 + up, box.width + 1);
  }
}

// A drawing of vectors as an image; null when the browser cannot make one.
function pictureOf(svg, style, { width, height }) {
  if (!width || !height) return null;
  const copy = svg.cloneNode(true);
  for (const [name, value] of Object.entries({ width, height, color: style.color, xmlns: "http://www.w3.org/2000/svg" })) copy.setAttribute(name, value);
  if (style.fill && !svg.classList.contains("main-svg")) copy.style.fill = style.fill;
  const text = XML.serializeToString(copy);
  if (!images.has(text)) {
    if (images.size >= MOST) images.delete(images.keys().next().value);
    images.set(text, new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => resolve(null);
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    }));
  }
  return images.get(text);
}

// What Plotly drew in a node, as one file of vectors; null where there is none.
/** @type {(node: HTMLElement) => string | null} */
export function vectors(node) {
  const drawn = [...node.querySelectorAll("svg.main-svg")].filter((svg) => svg.getBoundingClientRect().width > 0);
  if (!drawn.length) return null;
  const { width, height } = drawn[0].getBoundingClientRect();
  const whole = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) whole.setAttribute(name, String(value));
  whole.append(...drawn.map((svg) => svg.cloneNode(true)));
  return XML.serializeToString(whole);
}
