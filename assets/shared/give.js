// A file for the visitor, made in this browser.

import { el } from "./dom.js";

/** @type {(blob: Blob, name: string) => void} */
export function give(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
