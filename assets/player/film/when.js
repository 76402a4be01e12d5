// How a moment is told: in epochs, or in rounds where several networks take turns.

/** @import { Frame, Run } from "../types.d.ts" */

export const epochs = (time) => (Math.abs(time - Math.round(time)) < 0.005 ? Math.round(time) : time.toFixed(2)).toLocaleString("en-US");

const byRounds = ({ scene }) => scene.clock === "round";

// Its number; of epochs with their fraction.
/** @type {(shown: { run: Run, frame: Frame }, time: number) => string} */
export const count = ({ run, frame }, time) => (byRounds(run) ? frame.step.toLocaleString("en-US") : epochs(time));

// "epoch 12", "round 1,200"
/** @type {(shown: { run: Run, frame: Frame }, time: number) => string} */
export const when = ({ run, frame }, time) => (byRounds(run) ? `round ${count({ run, frame }, time)}` : `epoch ${Math.round(time)}`);

// What an epoch counts for on an axis of such moments.
export const perEpoch = (run) => (byRounds(run) ? run.scene.steps_per_epoch : 1);
