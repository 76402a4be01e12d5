"""How long a result takes to check, as a multiple of training it once; and thirty of them, as a class hands them in.

    python -m benchmarks.handing_in
"""

from time import perf_counter

from ann_core import RunConfig, start
from ann_core.film.advance import advance
from ann_core.film.recording import Recording
from ann_core.film.workers import Workers
from ann_core.handin.check import check
from ann_core.handin.code import read
from ann_core.handin.marks import ONLY
from ann_core.run.link import edited
from ui.hand_in.report import Words, report, result
from ui.player.workers import cores

STUDENTS, TIMES = 30, 5


def handed_in(config: RunConfig):
    """What a student's code says, and his report."""
    recording = Recording(config)
    recording.frames(None, 1, config.training.epochs, None, None)
    made = result(recording, None)
    return read(made.code), report(made, Words("Ada"), "Playground", "", "")


def best(work) -> float:
    times = []
    for _ in range(TIMES):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return min(times)


def main() -> None:
    config = RunConfig()
    said, page = handed_in(config)
    once = best(lambda: advance(start(config, without=ONLY), 1, config.training.epochs, None, None))
    checked = best(lambda: check(said))
    print(f"the usual run: training it once {once:.2f} s; checking it {checked:.2f} s, {checked / once:.1f} times as long; "
          f"a code of {len(page.split(b'<pre id=')[1]) - 200} characters, a report of {len(page) / 1000:.0f} kB")
    class_ = [handed_in(edited(config, {"seed": seed}))[0] for seed in range(STUDENTS)]
    workers = Workers(cores())
    workers.wait_until_begun(60)
    try:
        begun = perf_counter()
        states = [one.result().state for one in [workers.submit(check, one) for one in class_]]
        print(f"{STUDENTS} students: {perf_counter() - begun:.1f} s beside the visitors' place, "
              f"{states.count('verified')} verified")
    finally:
        workers.close()


if __name__ == "__main__":
    main()
