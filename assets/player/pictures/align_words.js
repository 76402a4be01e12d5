// What is said of a watched question: its tokens, their places, and what it asks for.

const SPACE = "␣";

export const shown = (token) => (token === " " ? SPACE : token);

// The tokens of a question, "" for padding.
export const questionOf = ({ align_reads: reads, align_half: half }, i) => (half ? reads[i].slice(0, half) : reads[i]);

// What a question asks for.
export function task(question, wanted, foretells) {
  const read = question.map(shown).join("");
  return foretells ? `${read}: what comes next, letter by letter?` : `${read} → ${wanted}`;
}

// The number of the first among the longest questions.
export function longest(scene) {
  const lengths = scene.align_reads.map((_, i) => questionOf(scene, i).join("").length);
  return lengths.indexOf(Math.max(...lengths));
}

// What stands where no token does.
export const nothing = (scene) => (scene.align_foretells ? "the start" : "padding");

// A token with its place in the question, before which padding may stand.
export function standing(columns, s, scene) {
  return columns[s] ? `${columns[s]} (place ${s + 1 - columns.findIndex(Boolean)})` : nothing(scene);
}
