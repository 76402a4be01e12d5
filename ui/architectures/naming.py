"""Names that the networks of the Attention lab make, at the moment where the film rests."""

from collections.abc import Mapping

import streamlit as st

from ann_core import Run
from ann_core.data.made.names import LONGEST
from ann_core.judge.names import COUNT, Made, Tally, learned_from, make, tally
from ui.text import markdown

TEMPERATURES = (0.0, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0)
SHOWN = 8
"""Names that are shown of those drawn."""


def naming(key: str, runs: Mapping[str, Run]) -> None:
    """What each network makes, from a beginning and at a temperature of the visitor's."""
    with st.container(border=True):
        st.markdown("**Let it make names**", help="Letter after letter, each drawn from what the network thinks comes next and "
                    "put to what it reads. It makes them as it is where the film rests: play, pause anywhere, or drag its "
                    "timeline.")
        beginning, heat = st.columns(2, gap="large")
        begin = beginning.text_input("A name begins with", "", key=f"{key}/begin", max_chars=4 * LONGEST,
                                     placeholder="nothing: it begins by itself")
        temperature = heat.select_slider("Temperature", TEMPERATURES, 1.0, key=f"{key}/heat", help="0: always the likeliest "
                                         "letter. Low: nearly always. High: it dares more, and breaks the rule more often.")
        for name, run in runs.items():
            _made(key, name if len(runs) > 1 else "", run, begin, temperature)
        st.caption("The rule: two to four syllables of a consonant and a vowel, n r s or l at the end or not; all vowels of "
                   "one group, e i or a o u.")


def _made(key: str, name: str, run: Run, begin: str, temperature: float) -> None:
    when = f"{name + ', ' if name else ''}at epoch {run.epoch:.3g}"
    when = f"{when[0].upper()}{when[1:]}"
    try:
        found = make(run, begin, COUNT if temperature else 1, temperature)
    except ValueError as error:
        st.warning(markdown(f"{when}: {error}"), icon=":material/block:")
        return
    different = list({one.name: one for one in found}.values())[:SHOWN]
    st.markdown(f"{markdown(when)}: {_shares(run, tally(run, found)) if temperature else 'the likeliest name.'}")
    known = learned_from(run)

    def said(place: int) -> str:
        one = different[place]
        mark = f":material/close: {one.fault}" if one.fault else ":material/check:"
        return f"{markdown(one.name) or '(nothing)'} {mark}{' copied' if one.name in known else ''}"

    chosen = st.pills("Names: choose one to see how sure each letter was", range(len(different)), format_func=said, default=0,
                      key=f"{key}/made/{name}/{len(different)}")
    _letters(different[chosen if chosen is not None and chosen < len(different) else 0])


def _shares(run: Run, found: Tally) -> str:
    return (f"of {COUNT} names **{100 * found.kept:.0f} %** keep the rule; **{100 * found.copied:.0f} %** stand among the "
            f"{run.setup.rows:,} that it learned from (of names drawn by the rule alone {100 * found.by_chance:.0f} % would).")


def _letters(made: Made) -> None:
    """Its letters, and the probability that each had."""
    if not made.tokens:
        return
    given = len(made.name) - len([token for token in made.tokens if token.isalpha()])
    cells = [*((letter, "given") for letter in made.name[:given]),
             *(("end" if not token.isalpha() else token, f"{100 * share:.0f}")
               for token, share in zip(made.tokens, made.sure, strict=True))]
    st.markdown("\n".join(["| letter | " + " | ".join(letter for letter, _ in cells) + " |", "|---|" + "---|" * len(cells),
                           "| sure, % | " + " | ".join(share for _, share in cells) + " |"]))
