"""A real browser on a stack with demo data."""

import os
import shutil
import time
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from local_stack.stack import Stack, running_stack

QUIET = (
    "--headless=new --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --no-default-browser-check"
)


def _programs() -> tuple[str, str]:
    """Chromium and its driver; the tests are left out, with these words, where they are not installed."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip(
            "browser tests are NOT run: chromium and chromedriver are not installed (apt install chromium-driver)"
        )
    return browser, driver


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The whole stack with its demo data."""
    _programs()
    with running_stack(demo=True) as stack:
        yield stack


@pytest.fixture(scope="session")
def one_browser(stack: Stack) -> Iterator[Chrome]:
    """A browser whose console is recorded."""
    program, driver = _programs()
    options = ChromeOptions()
    options.binary_location = program
    for argument in QUIET.split():
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = Chrome(options=options, service=ChromeService(driver))
    yield chrome
    chrome.quit()


@pytest.fixture
def browser(one_browser: Chrome, stack: Stack) -> Chrome:
    """The browser, signed out and with an empty console."""
    one_browser.get(f"{stack.url}/about")
    one_browser.delete_all_cookies()
    console(one_browser)
    return one_browser


def console(browser: Chrome) -> list[str]:
    """Errors on the console since it was last asked for."""
    entries: list[dict[str, str]] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in entries if entry["level"] == "SEVERE"]


def sign_in(browser: Chrome, stack: Stack, persona: str) -> None:
    """Sign in by the page, as a person does."""
    browser.get(f"{stack.url}/auth/sign-in")
    field = browser.find_element(By.CSS_SELECTOR, "input[name=client_id]")
    field.send_keys(persona, Keys.ENTER)
    deadline = time.monotonic() + 10
    while "/auth/" in browser.current_url:
        assert time.monotonic() < deadline, browser.page_source
        time.sleep(0.1)
