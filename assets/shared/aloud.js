// What Streamlit's elements do not say to those who hear a page, or go through it by keys.

const WIDE = ".st-key-idea :is(.katex-display, [data-testid=stMarkdownContainer]:has(> table))";
const SETTLED = 100; // ms

/** @type {(selector: string) => HTMLElement[]} */
const all = (selector) => Array.from(document.querySelectorAll(selector));

let due;

function tend() {
  due = null;
  for (const button of all(".st-key-ideas button")) {
    if (button.dataset.testid === "stBaseButton-primary") button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
  for (const one of all(WIDE)) {
    if (one.scrollWidth > one.clientWidth + 1) one.tabIndex = 0; // what is scrolled can be reached by key
    else one.removeAttribute("tabindex");
  }
  // A slider is called twice: by its own label, and by that of the group which it alone makes up.
  for (const slider of all("[data-testid=stSlider] [role=group] input[aria-label][aria-labelledby]")) {
    if (slider.getAttribute("aria-label") === slider.closest("[role=group]").getAttribute("aria-label")) slider.removeAttribute("aria-labelledby");
  }
}

const soon = () => { due ??= setTimeout(tend, SETTLED); };

// Whether an answer was right, and what came of a cure, is read out as it comes: its place is live before.
function listen(event) {
  event.target.closest?.("[class*='st-key-ask_'], [class*='st-key-heard_']")?.setAttribute("aria-live", "polite");
}

let begun = false;

export function mount() {
  if (begun) return;
  begun = true;
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
  document.fonts.addEventListener("loadingdone", soon); // then formulas grow
  document.addEventListener("click", listen, { capture: true });
  soon();
}
