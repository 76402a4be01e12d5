"""Scenes of the Attention lab. What they claim holds for at least 18 of 20 seeds (`benchmarks/attention.py`)."""

from collections.abc import Mapping
from typing import Any

from ann_core.base.registry import Registry
from ann_core.lab.attention_twins import made, transformer
from ann_core.lab.guess import Guess
from ann_core.lab.twin_openers import LabOpener
from ann_core.lab.twins import Twins
from ann_core.nn.attention_kinds import EncoderDecoderConfig, TransformerConfig
from ann_core.nn.layer_settings import LayerSettings
from ann_core.nn.recurrent_kinds import GRUConfig
from ann_core.run.config import RunConfig
from ann_core.run.link import flatten

COMMON = flatten(RunConfig()) | {
    "data.source": "answer_turned", "data.length": 8, "data.samples": 3000, "data.test_share": 0.1,
    "training.learning_rate": 0.01, "training.clip_norm": 1.0, "training.epochs": 6}


def _twins(shared: Mapping[str, Any], *networks: tuple[LayerSettings, ...]) -> Twins:
    return tuple(made({**COMMON, **shared}, layers) for layers in networks)


ATTENTION, NONE = (EncoderDecoderConfig(),), (EncoderDecoderConfig(attention="none"),)
GRU = (GRUConfig(units=32, every_step=True),)
USUAL = _twins({}, ATTENTION, NONE)

OPENERS: Registry[LabOpener] = Registry("lab opener", [
    LabOpener("turned", "With and without a look back",
              "**Could you say eight digits backwards without looking at them again?** Four to eight digits are read, then "
              "they are to be written from the last to the first. One network may look back at the question (*general "
              "attention*), the other has only what it remembers (*no attention*). Which one learns it first?",
              USUAL, guess=Guess(("the one that looks back", "the one that does not", "both at about the same time"), 0,
                                 "After 200 steps of learning the one that looks back turns most questions round, to the last "
                                 "digit. The other one gets at most half of them right. Look at where the first one looks when "
                                 "it writes its first digit.")),
    LabOpener("scores", "Three ways to look",
              "**How does it find where to look?** Every place gets a score. The same task with three ways to make one: a "
              "plain dot product (number times number, added up), one with a matrix between, one with a small network.",
              _twins({}, *((EncoderDecoderConfig(attention=score),) for score in ("dot", "general", "additive")))),
    LabOpener("dates", "Dates into one form",
              "**Where would you look for the year?** May 3, 2021 and 3 May 2021 both become 2021-05-03. Watch where it looks "
              "for the year, and where for the day.",
              _twins({"data.source": "answer_date", "data.samples": 2000, "training.epochs": 8}, ATTENTION)),
    LabOpener("transformer", "A Transformer turns round",
              "**What if nothing is carried on from place to place?** In a Transformer every place looks at all places at "
              "once, several times, by what are called its heads. How many digits does it put right? Look at what each head "
              "looks at.",
              _twins({"data.source": "reverse"}, transformer()),
              guess=Guess(("one in ten, as by chance", "about half of them", "nearly all"), 2,
                          "Ninety-nine of a hundred, after 150 steps of learning.")),
    LabOpener("places", "Without positions",
              "**Can it turn round what it has no order of?** The same Transformer twice; one is not told where its tokens "
              "stand. How many digits does that one put right?",
              _twins({"data.source": "reverse"}, transformer(), transformer(places="none")),
              guess=Guess(("one in ten, as by chance", "about a third", "nearly all"), 1,
                          "About a third. It sees which digits there are, so it names those that come often; it cannot see "
                          "where they stand.")),
    LabOpener("causal", "No look ahead",
              "**How far does one get without looking ahead?** The same Transformer twice. Behind a *causal mask* no place "
              "sees a later one, and half of the answers lie ahead. How many digits does the one with the mask put right?",
              _twins({"data.source": "reverse"}, transformer(), transformer(TransformerConfig(causal=True))),
              guess=Guess(("next to none", "a little more than half", "nearly all"), 1,
                          "A little more than half: it reads what lies behind it, and guesses what lies ahead.")),
    LabOpener("names", "Made names, letter by letter",
              "**Does it find a rule that nobody tells it?** In these names vowels go together: all of e i, or all of a o u. "
              "The network only has to tell the next letter. How many of the names that it makes keep the rule? Pause, and "
              "let it make some below.",
              _twins({"data.source": "names", "data.samples": 4000, "training.epochs": 5}, transformer()),
              guess=Guess(("about half of them", "three quarters", "nine in ten or more"), 2,
                          "At least nine in ten, after 450 steps of learning. Look at where it looks before a vowel.")),
    LabOpener("few_names", "Only 400 names",
              "**Does it make names, or copy them?** Two networks learn from 400 names only. What becomes of the GRU's dashed "
              "loss, that of names held out?",
              _twins({"data.source": "names", "data.samples": 800, "data.test_share": 0.5, "training.epochs": 80},
                     transformer(), GRU),
              guess=Guess(("it falls, like the solid one", "it falls, and then it rises", "it stays where it is"), 1,
                          "It falls and then rises: the GRU learns its 400 names by heart. Of the names that it makes more "
                          "than twice as many are copied as by chance. Let it make some below.")),
])
