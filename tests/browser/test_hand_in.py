"""Handed in and checked, in a real browser: the report is downloaded in one visit and dropped in another."""

import re

from playwright.sync_api import expect

from tests.browser.test_take_home import paused, saved


def test_a_report_is_handed_in_checked_in_another_visit_and_refused_when_a_digit_is_changed(new_page, server, tmp_path):
    page = paused(new_page(), server, 20)
    page.get_by_text("Hand it in", exact=False).first.click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("What did you expect?").fill("A straight line.")
    page.get_by_role("button", name="Make the report").click()
    button = page.get_by_role("button", name="Download Ada.html")
    expect(button).to_be_visible(timeout=30_000)
    name, data = saved(page, button.click)
    text = data.decode()
    assert name == "Ada.html" and "A straight line." in text and f'<a href="{server}/playground' in text

    (tmp_path / name).write_bytes(data)
    printed = new_page()
    printed.goto((tmp_path / name).as_uri())
    assert printed.locator("svg").count() >= 4 and printed.get_by_role("heading", name="Ada").is_visible()
    assert printed.pdf(format="A4").startswith(b"%PDF")

    other = new_page()
    other.goto(f"{server}/check")
    code = re.search(r'<pre id="code">(.*?)</pre>', text)[1]
    wrong = code[:20] + ("A" if code[20] != "A" else "B") + code[21:]
    other.locator("input[type=file]").first.set_input_files(
        [{"name": "Ada.html", "mimeType": "text/html", "buffer": data},
         {"name": "Ben.html", "mimeType": "text/html", "buffer": text.replace(code, wrong).encode()},
         *({"name": f"{n}.html", "mimeType": "text/html", "buffer": data} for n in range(4))])
    expect(other.get_by_text("5 of 6 verified.")).to_be_visible(timeout=60_000)
    _, table = saved(other, other.get_by_role("button", name="The table as CSV").click)
    lines = table.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Ada,verified") and lines[2].startswith("Ada,not run") and "was changed" in lines[2]
    assert page.errors == other.errors == []
