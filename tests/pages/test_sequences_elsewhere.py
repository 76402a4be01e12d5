"""Links about sequences on pages that cannot show them: said in words, and the usual settings stand."""

import pytest

from tests.pages.visit import coming, ok


@pytest.mark.parametrize("page", ["playground", "convolution", "autoencoder", "gan", "gradient_lab"])
@pytest.mark.parametrize("query", [
    {"data.source": "remember_first"}, {"data.source": "remember_first", "network.layers": "gru-8"},
    {"data.source": "text", "objective.kind": "sequence", "network.layers": "gru-8-1"}, {"objective.kind": "sequence"}])
def test_a_link_about_sequences(page, query):
    view = {"view": "lab"} if page in ("convolution", "autoencoder", "gan") else {}
    here = ok(coming(page, v="1", **view, **query).run())
    said = " ".join(one.value for kind in ("warning", "info", "caption") for one in getattr(here, kind)).replace("\\", "")
    assert "about sequences" in said or "cannot be used" in said or "names no" in said
