"""What axe finds on every idea of every lesson, in the light and of contrast in the dark. Each page as it opens is among the
tests of tests/browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import browser, faults, new_page, page, server, usual, visit
from tests.browser.test_aloud import STREAMLITS
from tests.pages.test_lesson_form import ideas
from ui.path import LESSONS

__all__ = ["browser", "new_page", "page", "server", "usual", "visit"]


@pytest.mark.parametrize("lesson", [lesson.page for lesson in LESSONS])
def test_axe_finds_nothing_of_ours_on_any_idea(page, visit, lesson):  # noqa: F811
    found, keys = {}, list(ideas(lesson))
    visit(page, lesson)
    for at, key in enumerate(keys, 1):
        idea = page.locator(".st-key-idea")
        expect(page.locator(".st-key-way")).to_contain_text(f"{at} of {len(keys)}")
        expect(idea.locator(".live-figure:not([data-drawn])")).to_have_count(0)
        page.wait_for_timeout(300)  # what is wider than its place is looked for a moment after
        found[key] = [fault for fault in faults(page, ".st-key-idea") if fault[1] not in STREAMLITS]
        if at < len(keys):
            page.locator(".st-key-lesson-further button").click()
    assert not any(found.values()), {key: some for key, some in found.items() if some}
