"""The QR code of the present address: what it holds, for whom it is too long, and where students reach the app."""

import pytest
import segno
import streamlit as st

from tests.pages.visit import opened
from ui import qr

PLAYGROUND = "http://192.168.1.20:8501/playground?"


def test_the_longest_address_that_gets_a_code_has_modules_that_a_phone_tells_apart():
    side = segno.make("x" * qr.LONGEST, error="l", micro=False).symbol_size(border=0)[0]
    longer = segno.make("x" * (qr.LONGEST + 1), error="l", micro=False).symbol_size(border=0)[0]
    assert side <= qr.FINEST / qr.ROOM < longer
    found = qr.drawn("x" * qr.LONGEST)
    assert found["picture"] and found["modules"] == side + 8  # four white ones on each side, as the standard has it


@pytest.mark.parametrize("count", [1, 100, 100_000])
def test_an_address_that_is_too_long_is_refused_with_its_length(count):
    address = PLAYGROUND + "y" * (qr.LONGEST - len(PLAYGROUND) + count)
    found = qr.drawn(address)
    assert "picture" not in found and f"{len(address):,} characters" in found["refused"]


@pytest.mark.parametrize("forged", [None, "", 7, ["x"], {"a": 1}, "http://ü.example"])
def test_what_no_browser_says_gets_no_code(forged):
    assert qr.drawn(forged) is None


@pytest.mark.parametrize("typed", ["http://localhost:8501/gan?view=lab", "http://127.0.0.1:8501", "http://[::1]:8501/"])
def test_from_this_computer_alone_the_local_network_is_proposed(typed, monkeypatch):
    monkeypatch.setattr(qr, "local_address", lambda: "192.168.1.20")
    base, words = qr.reached_at(typed)
    assert base == "http://192.168.1.20:8501" and "192.168.1.20" in words and "firewall" in words


def test_a_name_that_others_know_stays():
    assert qr.reached_at("https://school.example/gan?view=lab")[0] == "https://school.example"
    assert qr.reached_at("http://school.example:8600/")[0] == "http://school.example:8600"


def test_without_a_network_and_without_an_open_door_it_says_so(monkeypatch):
    monkeypatch.setattr(qr, "local_address", lambda: None)
    assert "in no network" in qr.reached_at("http://localhost:8501/")[1]
    monkeypatch.setattr(st, "get_option", {"server.address": "127.0.0.1"}.get)
    assert "for this computer alone" in qr.reached_at("http://localhost:8501/")[1]


@pytest.mark.parametrize("name, query", [("playground", {}), ("losses", {"idea": "cost"}), ("gradient_lab", {})])
def test_the_button_stands_in_the_presenter_view(name, query):
    page = opened(name, **query)
    assert not [b for b in page.button if b.label == "QR code"]
    next(b for b in page.button if b.label == "Present").click()
    page.run()
    assert [b for b in page.button if b.label == "QR code"] and not page.exception


def test_the_button_stands_in_the_demonstration():
    page = opened("gradient_lab")
    next(b for b in page.button if b.label == "Demonstration").click()
    page.run()
    assert [b for b in page.button if b.label == "QR code"] and not page.exception
