"""Puzzles in a real browser: a film that ends is judged, a cure by keyboard solves it, a reload keeps it."""

from playwright.sync_api import expect

from tests.browser.conftest import faults, settled


def test_a_puzzle_is_solved_by_keyboard_and_a_reload_keeps_it(page, visit):
    visit(page, "puzzles?puzzle=early", player=True)
    expect(page.get_by_text("Not yet.")).to_be_visible()  # its ten epochs are over
    done = page.get_by_role("button", name="Check it now")
    expect(done).to_be_disabled()
    assert done.evaluate("e => getComputedStyle(e.querySelector('p')).color === getComputedStyle(e).color")  # it can be read
    page.get_by_text("Optimiser and batches").click()
    batch = page.get_by_role("slider", name="Batch size")
    for _ in range(7):
        batch.press("ArrowLeft")
    expect(page.get_by_text("1 of 3 changes used")).to_be_visible()
    expect(page.get_by_text("Solved")).to_be_visible()
    expect(page.get_by_text("To remember.")).to_be_visible()
    page.wait_for_function("() => localStorage['playground/progress']?.includes('puzzles/result/early')")
    settled(page)
    assert not page.errors and not page.outside and not faults(page)
    page.get_by_role("button", name="Next: Three at work").click()
    expect(page.get_by_text("4. Three at work.")).to_be_visible()
    visit(page, "puzzles", player=True)
    expect(page.get_by_text("5 of 80 points so far")).to_be_visible()


def test_a_forged_link_and_a_fourth_change_are_refused_in_words(page, visit):
    visit(page, "puzzles?puzzle=hardly&training.epochs=5000", player=True)
    expect(page.get_by_text("part of the puzzle")).to_be_visible()
    visit(page, "puzzles?puzzle=hardly&training.l2=0.1&training.l1=0.1&training.batch_size=8", player=True)
    expect(page.get_by_text("3 of 3 changes used")).to_be_visible()
    rate = page.get_by_role("slider", name="Learning rate")
    rate.press("ArrowRight")
    expect(page.get_by_text("That would be 4 changes, but 3 are allowed.")).to_be_visible()
    settled(page)  # the slider that was refused is gone
    expect(rate).to_have_attribute("aria-valuetext", "0.0003")
    page.get_by_role("button", name="L1 0.1").click()
    expect(page.get_by_text("2 of 3 changes used")).to_be_visible()
    assert not page.errors


def test_a_teacher_sets_a_puzzle_and_its_link_opens(page, visit):
    visit(page, "playground?v=1&data.source=moons&training.optimizer=sgd&training.learning_rate=0.0001&training.epochs=20",
          player=True)
    page.get_by_role("link", name="Puzzles: networks to be mended").click()
    page.get_by_text("Set this as a puzzle").click()
    page.get_by_role("button", name="Check it and make the link").click()
    expect(page.get_by_text("misses its goal")).to_be_visible()
    link = page.get_by_test_id("stCode").inner_text().strip()
    assert "/puzzles?puzzle=own&goal=0.9&most=3&of." in link
    visit(page, link[link.index("puzzles?"):], player=True)
    expect(page.get_by_text("A puzzle set for you.")).to_be_visible()
    assert not page.errors
