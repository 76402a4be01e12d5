// What a message makes of the runs that the browser has (docs/wire.md: kinds of entries).

import { Run } from "./store.js";

// -> runs: the new list, with null for one that cannot be known; fresh: a film starts anew; rebuilt: other runs or names, at
// the same moment; branched: the place of a new branch, or -1; continued: a run goes on under other settings; progress: frames came, or what lies ahead has changed.
export function merge(before, entries, time) {
  const known = new Map(before.map((run) => [run.id, run]));
  const names = before.map((run) => run.scene.name).join("\n");
  let [fresh, progress, branched, continued] = [before.length === 0, false, -1, false];
  const take = {
    scene(_, entry, blocks) {
      fresh = true;
      const run = new Run(entry, blocks);
      run.insert(entry, blocks);
      return run;
    },
    branch(run, entry, blocks, place) {
      const parent = known.get(entry.parent);
      if (run || !parent) return run;
      branched = place;
      return parent.branch(entry, blocks);
    },
    // Same weights, other settings: what lies ahead is no longer true.
    continue(run, entry, blocks) {
      const goesOn = known.get(entry.parent) ?? run;
      if (!goesOn) return undefined;
      progress = continued = true;
      Object.assign(goesOn, { id: entry.id, parent: entry.parent, scene: { ...goesOn.scene, ...entry.scene }, since: time });
      goesOn.cut(time);
      goesOn.know(blocks);
      return goesOn;
    },
    frames(run, entry, blocks) {
      if (!run) return undefined;
      progress = run.insert(entry, blocks) > 0 || Boolean(run.end) || progress;
      run.thin();
      return run;
    },
    same: (run) => run,
  };
  const runs = entries.map(({ entry, blocks }, place) => {
    const run = take[entry.kind](known.get(entry.id), entry, blocks, place) ?? null;
    return run && renamed(run, entry);
  });
  const rebuilt = !runs.includes(null) && (runs.length !== before.length || runs.some((run, i) => run !== before[i]) ||
    runs.map((run) => run.scene.name).join("\n") !== names);
  return { runs, fresh, rebuilt, branched, continued, progress };
}

// What tells a run from the others may change with the others.
function renamed(run, { name, color, changed }) {
  run.changed = changed;
  if (run.scene.name !== name || run.scene.color !== color) run.scene = { ...run.scene, name, color };
  return run;
}
