"""Questions on a whole block, on many of them, and on large models. A draw gives other numbers for the same question."""

import numpy as np

from ann_core.base.numbers import size
from ann_core.base.spelling import words
from ann_core.lessons import attention_block, attention_large
from ann_core.lessons.ask import Ask, numbers
from ui.lessons.attention import deep


def block(draw: int = 0) -> Ask:
    norm, i = numbers(draw, ("before", 0), ("before", "after"), range(attention_block.D))
    t = attention_block.T - 1
    seen = attention_block.passed(norm)
    after_plus = "r" if norm == "before" else "s1"
    past, through, found = (float(part[t, i]) for part in (
        seen.gradients[after_plus], seen.through["x"], seen.gradients["x"]))
    way = "attention and layer norm" if norm == "before" else "attention"
    values = {past + through: "That would be so if L grew by what x does on the one way, and by what it does on the other.",
              past * through: "That would be so if both ways lay one behind the other: then their factors are multiplied.",
              past: "That would be so if the residual way were the only one."}
    usual = {f"block/x{s}{k}": float(value) for (s, k), value in np.ndenumerate(attention_block.TOKENS)}
    stops = [{**usual, "block/norm": norm, "block/token": t + 1, "block/show": "gradients, back", "block/part": part}
             for part in ("out", after_plus, "x")]
    return Ask.of_values(
        f"Number {i + 1} of the last token: behind the plus, at “x + attention”, its gradient is {words(past, 3)}. Through "
        f"{way} comes back {words(through, 3)}. What is its gradient at x?", values, found,
        f"{words(past, 3)} by the residual way, unchanged, plus {words(through, 3)} through {way}. So even where nothing comes "
        "through, a gradient arrives.", spell=lambda value: words(value, 3), scene=stops)


def depth(draw: int = 0) -> Ask:
    (n,) = numbers(draw, (24,), (6, 12, 24))
    found = deep.reaches([(n, way, "none") for way in (False, True)] + [(n, True, "before")])
    without, with_residual, both = (deep.first(one) for one in found.values())
    values = {without: "That would be so if the residual added nothing to the way back.",
              1.0: "That would be so if the blocks themselves added nothing to the residual way: then each factor is 1.",
              with_residual: "That would be so if what a block adds to the residual's 1 made its factor more than 1."}
    return Ask(f"{n} blocks without layer norm. Without residual the gradient behind block 1 is {size(without)} × that "
               "behind the last block. Now the residual is switched on. And then?",
               {f"{size(value)} ×": said for value, said in values.items()},
               int(np.abs(np.log(np.array(list(values)) / with_residual)).argmin()),
               f"Each block multiplies by I + J in the place of J, by about {words(with_residual ** (1 / (n - 1)), 3)}: "
               f"nothing vanishes any more, and now it explodes. With layer norm before each half it is {size(both)} ×.",
               scene=[{"depth/blocks": n, "depth/residual": way, "depth/norm": norm}
                      for way, norm in ((False, "none"), (True, "none"), (True, "before"))])


def large(draw: int = 0) -> Ask:
    (blocks, d), times = numbers(draw, ((12, 768), 2), ((12, 768), (12, 512), (6, 512), (6, 256), (24, 768)), (2, 3))
    if d == 256:
        times = 2
    before, after = (attention_large.in_blocks(d * by, blocks) for by in (1, times))
    word = {2: "doubled", 3: "tripled"}[times]
    values = {before: "That would be so if d were only the length of a token's vector, and no matrix had that side.",
              before * times: "That would be so if every matrix grew along one side only.",
              after: f"That would be so if every matrix grew along both sides: {times} · {times}."}
    return Ask.of_values(
        f"{blocks} blocks with d = {d} have {_millions(before)} parameters. Now d is {word}. How many parameters do the blocks "
        "have then?", {float(value): said for value, said in values.items()}, float(after),
        f"A block has 12 d² + 13 d: its matrices have d, or 4 d, on both sides. So {times}² = {times ** 2} times as many, "
        f"{_millions(after)}.", spell=_millions,
        scene=[{"large/blocks": blocks, "large/d": d * by, "large/vocabulary": 50_257, "large/context": 1024}
               for by in (1, times)])


def _millions(count: float) -> str:
    return f"{words(count / 1e6, 3)} million"
