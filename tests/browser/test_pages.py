"""The pages in a real browser: nothing on the console, nothing wider than the screen, a way through by keyboard."""

import time

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from local_stack.stack import Stack
from tests.browser.conftest import console, sign_in

pytestmark = pytest.mark.drill
PAGES = [
    "/",
    "/cycles/demo-2024",
    "/cycles/demo-2024/regions/ESA",
    "/cycles/demo-2024/administrations/BFA",
    "/about",
    "/docs",
    "/auth/sign-in",
]
NOT_OURS = "not affiliated with or endorsed by"


def wait_for_text(browser: Chrome, text: str, seconds: float = 30) -> None:
    """Reload until the page says it: pages follow events."""
    deadline = time.monotonic() + seconds
    while text not in browser.page_source:
        assert time.monotonic() < deadline, f"{browser.current_url} does not say {text!r}"
        time.sleep(0.3)
        browser.refresh()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_and_makes_no_error(
    browser: Chrome, stack: Stack, page: str, language: str, width: int, height: int
) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(f"{stack.url}{page}?language={language}")
    assert browser.execute_script("return document.readyState") == "complete"
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.find_elements(By.CSS_SELECTOR, "h1, .swagger-ui")
    assert console(browser) == []


def test_every_page_says_whose_it_is_not(browser: Chrome, stack: Stack) -> None:
    for page in PAGES[:5]:
        browser.get(f"{stack.url}{page}?language=en")
        assert NOT_OURS in browser.page_source.replace("\n", " ")


def test_demo_scores_are_labelled(browser: Chrome, stack: Stack) -> None:
    browser.get(f"{stack.url}/cycles/demo-2024/administrations/BFA?language=en")
    wait_for_text(browser, "Burkina Faso")
    assert "Illustrative, not WCO" in browser.page_source
    assert "synthetic" in browser.page_source


def test_signing_in_shows_more_and_signing_out_hides_it_again(browser: Chrome, stack: Stack) -> None:
    page = f"{stack.url}/cycles/demo-2024/regions/WCA?language=en"
    browser.get(page)
    before = len(browser.find_elements(By.CSS_SELECTOR, "tbody tr"))
    sign_in(browser, stack, "secretariat")
    browser.get(page)
    assert len(browser.find_elements(By.CSS_SELECTOR, "tbody tr")) > before
    browser.delete_all_cookies()
    browser.get(page)
    assert len(browser.find_elements(By.CSS_SELECTOR, "tbody tr")) == before


def test_the_keyboard_leads_from_the_overview_to_a_region(browser: Chrome, stack: Stack) -> None:
    browser.get(f"{stack.url}/?language=en")
    for _ in range(40):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        link = browser.switch_to.active_element
        if "/regions/" in (link.get_attribute("href") or ""):
            outline = link.value_of_css_property("outline-style")
            assert outline != "none"
            link.send_keys(Keys.ENTER)
            assert "/regions/" in browser.current_url
            return
    pytest.fail("no link to a region was reached with the tabulator key")
