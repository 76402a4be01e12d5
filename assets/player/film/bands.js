// Several seeds trained as one run: the median and the 10–90 % band of what they measured, and how many failed.

const GONE = 3e38; // infinite losses travel as this
const SHARES = [0.1, 0.5, 0.9];

// -> { low, mid, high }, a value for each of `rows` (layers); computed once a frame and name. With one seed all three are its own.
export function band(frame, name, rows = 1) {
  frame.bands ??= {};
  return (frame.bands[name] ??= compute(frame[name], rows));
}

function compute(values, rows) {
  const seeds = values.length / rows;
  if (seeds === 1) return { low: values, mid: values, high: values };
  const [low, mid, high] = SHARES.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    // −∞ is the logarithm of nothing, smaller than all others; what is not a number counts as failed, not here.
    const sorted = values.subarray(row * seeds, (row + 1) * seeds).filter((value) => value < GONE).sort();
    [low[row], mid[row], high[row]] = SHARES.map((share) => quantile(sorted, share));
  }
  return { low, mid, high };
}

function quantile(sorted, share) {
  if (!sorted.length) return NaN;
  const at = share * (sorted.length - 1);
  const [under, over] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return under === over || under === -Infinity ? under : under + (at - Math.floor(at)) * (over - under);
}

export const seedsOf = (runs) => Math.max(...runs.map((run) => run.scene.seeds ?? 1));

// Which score is spoken of: without test points the training score is all there is.
export const scored = (frame) => (frame.test_score.some(Number.isFinite) ? "test_score" : "train_score");

// A seed has failed when its score has covered less than half of the way from guessing to perfect.
export function failures({ scene: { score } }, frame) {
  const perfect = score.kind === "share" ? 1 : 0;
  const values = frame[scored(frame)];
  return values.reduce((count, value, seed) => {
    const covered = (value - score.baseline) / (perfect - score.baseline);
    return count + (covered >= 0.5 && frame.train_loss[seed] < GONE ? 0 : 1);
  }, 0);
}
