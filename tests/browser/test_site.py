"""What people do on the site."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from search.index.outbox import apply_outbox
from search.longtext import PART_CHARACTERS
from tests.factories import make_article


def test_searching_and_ticking_two_facets_narrows_the_hits(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("lachin")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Showing 1–2 of 2")
    expect(page).to_have_url(f"{site}/?q=lachin")
    page.get_by_role("link", name="Azerbaijan 2").click()
    page.get_by_role("link", name="Vale 1").click()
    expect(page.get_by_role("status")).to_have_text("Showing 1–1 of 1")
    expect(page.get_by_role("heading", level=2, name="Lachin road closed")).to_be_visible()
    page.get_by_role("link", name="Remove filter Outlet: Vale").click()
    expect(page.get_by_role("status")).to_have_text("Showing 1–2 of 2")


def test_excluding_a_value_takes_its_articles_out(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lachin")
    page.get_by_role("link", name="Exclude Russia").click()
    expect(page.get_by_role("heading", level=2, name="Lachin corridor opens")).to_be_visible()
    expect(page.get_by_role("link", name="Remove filter Not country: Russia")).to_be_visible()


def test_a_bar_of_the_histogram_shows_its_month(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lachin")
    page.get_by_role("link", name="December 2020, 1 article").click()
    expect(page.get_by_role("link", name="Remove filter Date: December 2020")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Lachin road closed")).to_be_visible()
    page.get_by_role("link", name="All dates").click()
    expect(page.get_by_role("status")).to_have_text("Showing 1–2 of 2")


def test_dates_are_typed_beside_the_histogram(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=lachin")
    page.get_by_label("To", exact=True).fill("2020-10")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(f"{site}/?q=lachin&date_to=2020-10")
    expect(page.get_by_role("status")).to_have_text("Showing 1–1 of 1")


def test_an_article_is_read_and_left_for_the_same_results(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=corridor")
    page.get_by_role("link", name="Lachin corridor opens").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lachin corridor opens")
    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(re.compile(r"/\?q=corridor#a\d+$"))


def test_the_second_page_holds_the_rest(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=weather")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("status")).to_have_text("Showing 21–23 of 23")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("Showing 1–20 of 23")


def test_the_interface_turns_arabic_and_right_to_left(page: Page, site: str) -> None:
    page.goto(f"{site}/?q=لاتشين")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("status")).to_have_text("عرض 1–1 من أصل 1")
    title = page.get_by_role("heading", level=2, name="ممر لاتشين")
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    filters, hits = page.locator("#filters").bounding_box(), page.locator(".hits").bounding_box()
    assert filters is not None
    assert hits is not None
    assert filters["x"] > hits["x"]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_scrolls_sideways(browser: Browser, site: str, width: int, language: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale=language)
    for address in ("/", "/?q=", "/?q=lachin&country=AM&country_not=RU&date_from=2020", "/?q=x&country=ZZ", "/nowhere"):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    page.close()


def test_on_a_phone_the_filters_open_and_stay_open_while_ticking(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800}, locale="en")
    page.goto(f"{site}/?q=lachin")
    armenia = page.get_by_role("link", name="Armenia 1")
    expect(armenia).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    armenia.click()
    expect(page.get_by_role("button", name="Show 1 article")).to_be_visible()
    page.get_by_role("button", name="Show 1 article").click()
    expect(armenia).to_be_hidden()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    page.close()


def test_everything_works_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}, locale="en")
    page = context.new_page()
    page.goto(site)
    page.get_by_role("searchbox").fill("lachin")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("link", name="Russia 1").click()
    expect(page.get_by_role("status")).to_have_text("Showing 1–1 of 1")
    page.get_by_role("link", name="Lachin road closed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lachin road closed")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, locale="en")
    page = context.new_page()
    page.goto(f"{site}/?q=corridor")
    article = page.get_by_role("link", name="Lachin corridor opens").get_attribute("href")
    for address in (
        "/",
        "/?q=lachin&country=AM&country_not=RU&date_from=2020&match=any",
        "/?q=&page=2",
        "/?q=blork&country=AM",
        "/?q=country:zz&date_from=x&outlet=zz",
        article or "",
        "/nowhere",
    ):
        page.goto(site + address)
        found = Axe().run(page).response
        assert found["passes"], address
        violations = found["violations"]
        assert [(address, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations] == []
    context.close()


def a_book() -> None:
    """A long article in three parts that names Iran in the last one."""
    paragraph = "The ferry was late again, and Armenia waited for it.\n\n"
    text = paragraph * (11 * PART_CHARACTERS // 4 // len(paragraph)) + "At last Iran spoke."
    article = make_article("A book of ferries", text, outlet="Hill")
    at = text.index("Iran")
    article.mentions.create(country="IR", surface="Iran", start=at, end=at + 4)
    apply_outbox()


def test_a_long_article_is_read_part_by_part_without_scripts(browser: Browser, site: str) -> None:
    a_book()
    page = browser.new_page(viewport={"width": 390, "height": 800}, locale="en", java_script_enabled=False)
    page.goto(f"{site}/?q=ferries")
    page.get_by_role("link", name="A book of ferries").click()
    parts = page.get_by_role("navigation", name="Parts of the text")
    expect(parts.locator("[aria-current]")).to_have_text("Part 1")
    expect(page.locator(".text mark").first).to_have_text("ferry")
    parts.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(r"\?q=ferries&part=2$"))
    expect(page.get_by_role("main").get_by_text("Part 2 of 3")).to_be_visible()
    parts.get_by_role("link", name="Part 3").click()
    expect(page.get_by_text("At last Iran spoke.")).to_be_visible()
    expect(parts.get_by_role("link", name="Next")).to_have_count(0)
    parts.get_by_role("link", name="Previous").click()
    expect(parts.locator("[aria-current]")).to_have_text("Part 2")
    page.get_by_role("listitem").filter(has_text="Iran").get_by_title("to the first mention").click()
    expect(page.locator("#in-IR")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the results").click()
    expect(page).to_have_url(re.compile(r"/\?q=ferries#a\d+$"))
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_part_of_a_long_article(browser: Browser, site: str, scheme: Any) -> None:
    a_book()
    context = browser.new_context(color_scheme=scheme, locale="en")
    page = context.new_page()
    page.goto(f"{site}/?q=ferries")
    page.get_by_role("link", name="A book of ferries").click()
    page.get_by_role("link", name="Part 3").click()
    found = Axe().run(page).response
    assert found["passes"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    context.close()
