"""Trains a run and films it."""

from time import thread_time

import numpy as np

from ann_core.base.arrays import Array
from ann_core.film.camera import Camera, first_frame
from ann_core.film.divergence import last_finite
from ann_core.film.film import Film, finite_frames
from ann_core.film.look import group_size
from ann_core.run.run import Run
from ann_core.run.trainer import State, Trainer


def advance(run: Run, frames: int = 60, epochs_per_frame: int | None = 1, steps_per_frame: int | None = None,
            budget_ms: float | None = None) -> tuple[Run, Film]:
    """Trains on and films it. Pure: the run that came is unchanged, and the same call gives the same film.

    Frames lie `steps_per_frame` updates apart, or else at whole epochs, `epochs_per_frame` apart. Fewer frames come when
    the run ends or diverges, or when `budget_ms` milliseconds of work are used up (then at least one, perhaps amid an epoch).
    An ended run gives one frame: where it stands. Raises ValueError for counts below 1.
    """
    if frames < 1 or (steps_per_frame or epochs_per_frame or 0) < 1:
        raise ValueError(f"Expected counts of at least 1; frames={frames}, epochs_per_frame={epochs_per_frame}, "
                         f"steps_per_frame={steps_per_frame} came.")
    if run.finished or run.message:
        return run, first_frame(run)
    deadline = np.inf if budget_ms is None else thread_time() + budget_ms / 1e3
    camera, trainer, together, count = Camera(run.setup), run.trainer(), group_size(run.setup), 0
    with np.errstate(all="ignore"):  # overflow is caught below and explained
        while count < frames and not run.finished and not run.message and (not count or thread_time() < deadline):
            states, batches = _train(trainer, min(together, frames - count), run.config.training.epochs, epochs_per_frame,
                                     steps_per_frame, deadline, unfinished=not count)
            if not states:
                break
            taken = camera.take(states, batches)
            sound = finite_frames(taken, run.setup.objective.loss_columns)
            sound[-1] &= trainer.is_sane()
            good = len(states) if sound.all() else int(sound.argmin())
            run = run.at(states[good - 1]) if good else run
            camera.keep(taken, good)
            if good < len(states):
                run = last_finite(run, states[good].step)
                camera.keep(camera.take([run.state], [None]), 1)
            count += len(states)
    return run, camera.film(run)


def _train(trainer: Trainer, moments: int, last_epoch: int, epochs_per_frame: int | None, steps_per_frame: int | None,
           deadline: float, unfinished: bool) -> tuple[list[State], list[tuple[Array, Array] | None]]:
    """The next moments to be shown, and the last step's gradients at each. Fewer when the end, the deadline or bad
    numbers come first. A moment that the deadline cuts short is given only when it is the very first and `unfinished`."""
    states: list[State] = []
    batches: list[tuple[Array, Array] | None] = []
    while len(states) < moments and trainer.epoch < last_epoch and trainer.is_sane() and not trainer.stopped:
        epoch = last_epoch if steps_per_frame else min(trainer.epoch + (epochs_per_frame or 1), last_epoch)
        arrived = trainer.run(epoch, trainer.step + steps_per_frame if steps_per_frame else None, deadline)
        if not arrived and (states or not unfinished):
            break  # its steps are taken again next time
        states.append(trainer.state())
        batches.append((trainer.raw_grad.copy(), trainer.grad.copy()) if arrived else None)
        if not arrived:
            break
    return states, batches
