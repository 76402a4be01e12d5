"""The idea on large models: what is the same as in the lab, and what is only larger."""

import streamlit as st

from ann_core.base.spelling import words
from ann_core.lessons import attention_large as core
from ui.figure import figure
from ui.lessons.attention import controls, pictures_large
from ui.lessons.parts import lined, table, tiles
from ui.question import answered, told

BLOCKS = (1, 2, 4, 6, 12, 24, 36, 48, 96)
WIDTHS = (16, 64, 128, 256, 512, 768, 1024, 1280, 1536, 1600, 2048, 2304, 4096, 12_288)
VOCABULARIES = (10, 100, 1000, 10_000, 50_257, 100_000)
CONTEXTS = (8, 64, 256, 512, 1024, 2048, 4096, 8192)
THE_LAB, YOURS = "the lab's", "yours"


@st.fragment
def large() -> None:
    """Parameters of a Transformer of any size, part by part."""
    left, right = st.columns([3, 2])
    with right:
        usual = core.GPT2
        chosen = core.Sizes(*(int(controls.series(f"large/{key}", label, options, start)) for key, label, options, start in (
            ("blocks", "Blocks", BLOCKS, usual.blocks), ("d", "Numbers d of a token", WIDTHS, usual.d),
            ("vocabulary", "Kinds of tokens V", VOCABULARIES, usual.vocabulary),
            ("context", "Context T: tokens seen at most", CONTEXTS, usual.context))))
    small, layers = core.lab().layers, chosen.layers()
    ours, counts = core.counted(small), core.counted(layers)
    total = sum(counts.values())
    called = next((name for name, sizes in core.FAMILY.items() if sizes == chosen), YOURS)
    looks = {THE_LAB: core.looks(small), called: core.looks(layers)}
    with left:
        figure(pictures_large.large({THE_LAB: ours, called: counts}, looks), key="attention/large", height=330, least=560,
               alt=f"Where the parameters are. {called}: " + ", ".join(
                   f"{part} {count / total:.1%}" for part, count in counts.items() if count) + ".")
        table(("parameters", THE_LAB, called), [
            (part + told(_WHAT[part], ""), f"{ours[part]:,}", f"{counts[part]:,}") for part in core.PARTS]
            + [("**all**", f"**{sum(ours.values()):,}**", f"**{total:,}**")])
    with right:
        tiles({"parameters": _short(total), "weights of attention, one full context": _short(looks[called])})
        n, d, rest = chosen.blocks, chosen.d, counts["tokens"] + counts["positions"]
        block = core.in_blocks(d, 1)
        of_a_block = (r"\text{block}&=\underbrace{4d^2+4d}_{\text{attention}}+\underbrace{8d^2+5d}_{\text{feed-forward}}"
                      r"+\underbrace{4d}_{\text{norms}}", rf"&=12\cdot{d}^2+13\cdot{d}={_tex(block)}")
        lined((*(of_a_block if answered() else (rf"\text{{block}}&={_tex(block)}",)),
               rf"\text{{all}}&=(V+T)\,d+{n}\cdot\text{{block}}+2d", rf"&={_tex(rest)}+{_tex(n * block)}+{_tex(2 * d)}",
               rf"&={_tex(total)}"))
    st.markdown("**What is the same, and what is only larger**")
    table(("", "the lab's Transformer", "GPT-2 small (2019)"), [
        ("a block", "attention, feed-forward, residual, layer norm before each half", "the same"),
        ("learned by", "backpropagation and steps along the gradient", "the same"),
        ("sizes", "1 block, d 16, 2 heads, 10 kinds of tokens, 8 places", "12 blocks, d 768, 12 heads, 50,257 and 1,024"),
        ("is asked for", "the digit at the other end", "the next token, at every place, behind a causal mask"),
        ("learns from", "2,700 rows of made digits", "40 GB of text from 8 million web pages")])
    st.caption("Counted by the engine's own layers. Small differences: GPT-2 uses its table of tokens a second time for the "
               "output, its feed-forward layers have 4 d units and GELU, the lab's 2 d and ReLU. Heads share d out, so their "
               "number changes no count; here one for each 64 numbers, and √64 is what its scores are divided by. Later "
               "models differ in details of positions and norms, and many are trained further on questions and answers. No "
               "count tells what a model has learned: that comes from its text. " + told(
                   "In a block the parameters grow with d², in the context the weights of attention with T².", ""))


_WHAT = {"tokens": ", V · d", "positions": ", T · d", "attention": ", 4 d² a block",
         "feed-forward": ", 8 d² a block (lab: 4 d²)", "norms": ", 4 d a block", "biases": ", 9 d a block",
         "output": ", if it has its own"}


def _short(count: int) -> str:
    return f"{words(count / 10 ** 6, 3)} million" if count >= 10 ** 6 else f"{count:,}"


def _tex(count: int) -> str:
    return f"{count:,}".replace(",", "{,}")
