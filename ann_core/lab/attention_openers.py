"""Scenes of the Attention lab. What they claim holds for at least 18 of 20 seeds (`benchmarks/attention.py`)."""

from collections.abc import Mapping
from typing import Any

from ann_core.base.registry import Registry
from ann_core.lab.attention_twins import made, transformer
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
              "they are to be written from the last to the first. One network may look back at the question (general "
              "attention), the other has only what it remembers (no attention). Where does the first one look?",
              USUAL),
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
              "once, several times, by what are called its heads. What does each head look at?",
              _twins({"data.source": "reverse"}, transformer())),
    LabOpener("places", "Without positions",
              "**Can it turn round what it has no order of?** The same Transformer twice; one is not told where its tokens "
              "stand. What can it still know?",
              _twins({"data.source": "reverse"}, transformer(), transformer(places="none"))),
    LabOpener("causal", "No look ahead",
              "**How far does one get without looking ahead?** Behind a causal mask no place sees a later one. Half of the "
              "answers lie ahead: how many can it get right?",
              _twins({"data.source": "reverse"}, transformer(), transformer(TransformerConfig(causal=True)))),
    LabOpener("names", "Made names, letter by letter",
              "**What must a name be like?** Here its vowels go together: all of e i, or all of a o u. Nobody says so; the "
              "network only has to tell the next letter. Where does it look before a vowel? Pause, and let it make names of "
              "its own below.",
              _twins({"data.source": "names", "data.samples": 4000, "training.epochs": 5}, transformer())),
    LabOpener("few_names", "Too few names",
              "**Does it make names, or copy them?** Two networks learn from 400 names only. What becomes of the dashed loss, "
              "of names that they never saw? And how many of the names that they make are copied?",
              _twins({"data.source": "names", "data.samples": 800, "data.test_share": 0.5, "training.epochs": 80},
                     transformer(), GRU)),
])
