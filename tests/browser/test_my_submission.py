"""A contact point reports with the spreadsheet, from sign-in to submitted, in a real browser and with the keyboard."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from local_stack.stack import Stack
from tests.browser.conftest import console, sign_in

pytestmark = pytest.mark.drill
PAGE = "/my-submission/demo-2024"
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
CODE, YEAR, VALUE, STATE, STATUS = 1, 3, 7, 8, 9  # columns of the sheet "Answers"
FIRST_ROW = 5


def wait_for(browser: Chrome, text: str, seconds: float = 30) -> None:
    """Wait until the page says it."""
    deadline = time.monotonic() + seconds
    while text not in browser.execute_script("return document.body ? document.body.innerText : ''"):
        assert time.monotonic() < deadline, f"{browser.current_url} does not say {text!r}"
        time.sleep(0.1)


def fits(browser: Chrome) -> None:
    """No page is wider than the screen, and none makes an error."""
    for width, height in SIZES.values():
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert console(browser) == []


def press(browser: Chrome, selector: str) -> None:
    """Press a button or follow a link by the keyboard."""
    browser.find_element(By.CSS_SELECTOR, selector).send_keys(Keys.ENTER)


def fetched(browser: Chrome, folder: Path, selector: str) -> Path:
    """Follow a link to a file, and wait for it."""
    folder.mkdir()
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    press(browser, selector)
    deadline = time.monotonic() + 30
    while not (found := list(folder.glob("*.xlsx"))):
        assert time.monotonic() < deadline, "nothing was downloaded"
        time.sleep(0.1)
    return found[0]


def filled(template: Path, target: Path, fill: Callable[[dict[tuple[str, int], int], Any], None]) -> Path:
    """The template with what `fill` writes: it gets the rows by input and year, and the sheet."""
    book = openpyxl.load_workbook(template)
    sheet = book["Answers"]
    numbers = range(FIRST_ROW, sheet.max_row + 1)
    rows = {
        (str(sheet.cell(n, CODE).value), sheet.cell(n, YEAR).value): n for n in numbers if sheet.cell(n, CODE).value
    }
    fill(rows, sheet)
    book.save(target)
    book.close()
    return target


def with_errors(rows: dict[tuple[str, int], int], sheet: Any) -> None:
    """A figure in words, one below its range, and a status that there is not."""
    sheet.cell(rows["DECLARATIONS_IMPORT", 2024], VALUE).value = "about fifty thousand"
    sheet.cell(rows["IMPORT_VALUE", 2024], VALUE).value = -5
    sheet.cell(rows["REVENUE_COLLECTED", 2024], STATUS).value = "guess"


def complete(rows: dict[tuple[str, int], int], sheet: Any) -> None:
    """Every empty row said to be missing, and duties that do not add up with all revenue: a warning."""
    for number in rows.values():
        if sheet.cell(number, VALUE).value is None and sheet.cell(number, STATE).value is None:
            sheet.cell(number, STATE).value = "missing"
    sheet.cell(rows["REVENUE_DUTIES", 2024], VALUE).value = 1000


def send(browser: Chrome, file: Path) -> None:
    """Choose a file and send it."""
    browser.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(str(file))
    press(browser, "form[enctype] .button")


def files_and_persons(browser: Chrome, stack: Stack, folder: Path) -> None:
    """A file for a figure, one of a type that is not taken, and somebody to be told by e-mail."""
    browser.get(f"{stack.url}{PAGE}")
    press(browser, "a[href$='/evidence']")
    wait_for(browser, "There are no files yet.")
    for name, content, said in (
        ("Étude.txt", b"Yearbook, page 12\n", "The file is added."),
        ("study.pdf", b"MZ\x90\x00 no PDF at all", "The file was not added"),
    ):
        (folder / name).write_bytes(content)
        browser.find_element(By.NAME, "about").send_keys("Import declarations")
        send(browser, folder / name)
        wait_for(browser, said)
    wait_for(browser, "Étude.txt")
    fits(browser)
    browser.get(f"{stack.url}{PAGE}/contacts")
    browser.find_element(By.NAME, "name.0").send_keys("Amina")
    browser.find_element(By.NAME, "email.0").send_keys("amina@customs.example", Keys.ENTER)
    wait_for(browser, "The list is saved.")
    fits(browser)


def test_a_contact_point_reports_with_the_spreadsheet(browser: Chrome, stack: Stack, tmp_path: Path) -> None:
    sign_in(browser, stack, "contact-uga")
    press(browser, "nav a[href='/my-submission']")
    wait_for(browser, "Cycles in which Uganda may report")
    fits(browser)
    press(browser, f"a[href='{PAGE}']")
    wait_for(browser, "Step 6")
    fits(browser)

    template = fetched(browser, tmp_path / "template", "a[href$='template?language=en']")
    send(browser, filled(template, tmp_path / "wrong.xlsx", with_errors))
    wait_for(browser, "Nothing was saved")
    wait_for(browser, "3 errors")
    wait_for(browser, "about fifty thousand")
    fits(browser)
    marked = openpyxl.load_workbook(fetched(browser, tmp_path / "marked", "a[href$='errors?form=xlsx']"))
    assert "Errors" in marked.sheetnames
    marked.close()

    send(browser, filled(template, tmp_path / "right.xlsx", complete))
    wait_for(browser, "Your file is saved")
    fits(browser)
    press(browser, ".go .button")
    wait_for(browser, "differ from all revenue by more than one per cent")
    assert not browser.find_elements(By.CSS_SELECTOR, "form[action$='/submit']")
    browser.find_element(By.NAME, "code.0").send_keys("Checked and right")
    browser.find_element(By.NAME, "text.0").send_keys("Duties were suspended for most of the year.")
    press(browser, "form[action$='/reasons#reasons'] > .button")
    wait_for(browser, "Your reasons are saved.")
    fits(browser)

    press(browser, "a[href$='/as-seen-by']")
    wait_for(browser, "Kept from this role")
    fits(browser)
    browser.get(f"{stack.url}{PAGE}/disclosure")
    wait_for(browser, "All KPIs, unless chosen otherwise below")
    fits(browser)

    files_and_persons(browser, stack, tmp_path)
    browser.get(f"{stack.url}{PAGE}")
    browser.find_element(By.NAME, "confirmed").send_keys(Keys.SPACE)
    press(browser, "form[action$='/submit'] > .button")
    wait_for(browser, "Your submission has been handed in.")
    browser.refresh()
    wait_for(browser, "The secretariat checks whether it is complete.")
    browser.get(f"{stack.url}{PAGE}?language=fr")
    wait_for(browser, "Soumise")
    fits(browser)


def test_the_secretariat_is_told_whom_the_pages_are_for(browser: Chrome, stack: Stack) -> None:
    sign_in(browser, stack, "secretariat")
    browser.get(f"{stack.url}/my-submission?language=en")
    wait_for(browser, "This page is for administrations")
    assert not browser.find_elements(By.CSS_SELECTOR, "nav a[href='/my-submission']")
