"""Where networks look while they answer: the film's columns against the network itself, and answers to typed questions."""

import numpy as np
import pytest

from ann_core import advance, start
from ann_core.film.alignments import answered
from ann_core.film.probes.alignment import watched
from ann_core.film.scene import scene
from ann_core.judge.answers import LENGTHS, ask, right_by_length
from ann_core.lab.attention_openers import OPENERS, USUAL
from ann_core.lab.attention_twins import fitted, names, transformer
from ann_core.nn.attention_kinds import EncoderDecoderConfig, PositionsConfig, TransformerConfig
from ann_core.run.link import edited

SMALL = {"data.samples": 200, "training.epochs": 2}
WITHOUT = {"boundary", "units"}


def begun(twin, **changes):
    return start(edited(twin, {**SMALL, **changes}), without=WITHOUT)


@pytest.mark.parametrize("opener", OPENERS)
def test_a_frame_holds_what_the_network_says_and_where_it_looks(opener):
    for twin in OPENERS[opener].twins:
        run, film = advance(begun(twin), 2, steps_per_frame=2)
        header, (X, y) = scene(run)[0], watched(run.setup)
        heads, half, K = header["align_heads"], header["align_half"], len(X)
        tokens, shares, glances = answered(run.net, run.state.theta, X, header["align_freely"])
        assert np.array_equal(film.align_said[-1].reshape(K, -1), tokens) and tokens.shape == (K, X.shape[1] - half)
        sure = np.take_along_axis(shares, tokens[..., None], -1)[..., 0]
        np.testing.assert_allclose(film.align_sure[-1].reshape(K, -1) / 255, sure, atol=0.003)
        sizes = [head["height"] * head["width"] for head in heads]
        seen = film.alignment[-1].reshape(K, sum(sizes))
        assert [glance.name for glance in glances] == [head["name"] for head in heads]
        for glance, part in zip(glances, np.split(seen, np.cumsum(sizes)[:-1], -1), strict=True) if glances else ():
            np.testing.assert_allclose(part.reshape(glance.P.shape) / 255, glance.P, atol=0.003)
            np.testing.assert_allclose(glance.P.sum(-1), 1, rtol=1e-9)
        assert header["align_truth"] == [row[half:].tolist() for row in y]


def test_a_network_that_looks_nowhere_has_no_heads_but_answers():
    run = begun(USUAL[1])
    assert scene(run)[0]["align_heads"] == [] and advance(run, 1, steps_per_frame=1)[1].align_said.any()


def test_a_typed_question_is_answered_and_what_cannot_be_read_is_said():
    run = advance(begun(USUAL[0]), 1, steps_per_frame=3)[0]
    said, tokens, sure, (look,) = ask(run, "31415")
    assert len(tokens) == len(sure) and "".join(tokens).removesuffix(".") == said
    assert look.P.shape == (1, 9, 9) and not look.P[0, :, :4].any()  # padding in front
    assert ask(run, "1234567890123")[3][0].P.shape[-1] == 14  # longer than it learned from
    for question, words in (("12a", "never seen a"), ("", "no question")):
        with pytest.raises(ValueError, match=words):
            ask(run, question)


def test_learned_places_end_where_they_were_learned():
    run = begun(edited(USUAL[0], {"network.layers": fitted(transformer(), "answer_turned")}))
    scores = right_by_length(run)
    assert [np.isnan(score) for score in scores] == [length > 8 for length in LENGTHS]
    with pytest.raises(ValueError, match="learned positions for 9 characters"):
        ask(run, "1234567890")
    free = begun(edited(USUAL[0], {"network.layers": fitted(transformer(places="sinusoids"), "answer_turned")}))
    assert np.isfinite(right_by_length(free)).all() and len(ask(free, "1234567890")[1])


def test_networks_fit_their_task_and_bear_names_that_tell_them_apart():
    ahead = transformer(TransformerConfig(causal=False))
    assert fitted(ahead, "reverse") == ahead
    assert all(layer.causal for layer in fitted(ahead, "answer_sorted") if isinstance(layer, TransformerConfig))
    assert not any(isinstance(layer, EncoderDecoderConfig) for layer in fitted((EncoderDecoderConfig(),), "sort"))
    assert not any(isinstance(layer, PositionsConfig) for layer in transformer(places="none"))
    for opener in OPENERS.values():
        called = names(opener.twins)
        assert len(set(called)) == len(called) == len(opener.twins)
    assert names((USUAL[0], USUAL[0])) == ["encoder–decoder (A)", "encoder–decoder (B)"]
