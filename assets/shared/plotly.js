// Loads Plotly once, and what all our plots share.

/** @type {any} */
const page = window; // on which Plotly puts itself
let loading;

export function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    if (page.Plotly) return resolve(page.Plotly);
    const script = document.createElement("script");
    script.src = new URL("../plotly.min.js", import.meta.url).href;
    script.onload = () => resolve(page.Plotly);
    script.onerror = () => reject(new Error("Plotly could not be loaded."));
    document.head.append(script);
  });
  return loading;
}

// What Plotly holds of a plot that goes away.
export const purge = (plot) => page.Plotly?.purge(plot);

export const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false, scrollZoom: false };

export function layout(theme, margin) {
  return {
    margin: { pad: 0, ...margin },
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: theme.text, color: theme.muted },
    hoverlabel: { bgcolor: theme.ground, bordercolor: theme.line, font: { color: theme.ink, size: 12 } },
    dragmode: false,
  };
}

// Larger type needs more room beside the axes.
export const margin = (theme, { l, r, t, b }) => {
  const grown = theme.text / 11.5;
  return { l: Math.round(l * grown), r, t: Math.round(t * grown), b: Math.round(b * grown) };
};

export const axis = (theme, more) => ({
  fixedrange: true, zeroline: false, showline: false, ticks: "", gridcolor: theme.line, automargin: false, ...more,
});

// Plotly reads a little HTML and %{…} in texts: names from visitors must not.
export const escaped = (text) =>
  String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/%\{/g, "%\u200b{");

// The next round number: ranges grow in steps, so that pictures do not creep.
export function stepUp(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * decade >= value * 0.9999) * decade;
}
