"""Every page and dialog: for everybody, on a phone, and small."""
import gzip, re, urllib.request
import pytest

PAGES = ["now", "timeline", "prints", "play", "when", "timelapses", "health"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_serious_for_axe(browser, page, theme):
    browser.open(page)
    browser.theme(theme)
    browser.wait("return document.querySelectorAll('main h1').length === 1")
    serious, found = browser.axe()
    browser.js("localStorage.removeItem('theme'); delete document.documentElement.dataset.theme")
    assert serious == [], serious


@pytest.mark.parametrize("name", ["keys", "make", "note", "exclude a print"])
def test_nothing_serious_in_dialogs(browser, world, name):
    if name == "keys": browser.open("play"); browser.wait("return document.querySelector('.screen') !== null"); browser.button("Keys")
    if name == "note": browser.open("play"); browser.wait("return document.querySelector('.screen') !== null"); browser.button("Write a note")
    if name == "make": browser.open("prints"); browser.click("[aria-label^='Make a timelapse']"); browser.wait("return document.querySelector('dialog[open] .plan dd') !== null")
    if name == "exclude a print": browser.open("prints"); browser.click("[aria-label^='Leave it out']")
    browser.wait("return document.querySelector('dialog[open]') !== null")
    serious, found = browser.axe()
    assert serious == [], serious
    browser.js("document.querySelector('dialog[open]').close()")


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_shows_all_of_it(browser, page):
    browser.size(360, 740)
    browser.open(page)
    wide = browser.js("""return [document.documentElement.scrollWidth, innerWidth, [...document.querySelectorAll('main *')]
        .filter((e) => { const r = e.getBoundingClientRect(); return r.width > 0 && r.right > innerWidth + 1 && !e.closest('.days-frame, .unseen, .moving') })
        .slice(0, 5).map((e) => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right))]""")
    assert wide[0] <= wide[1] and wide[2] == [], wide
    small = browser.js("""return [...document.querySelectorAll('main button, main a.button, .places a')].filter((e) => e.offsetParent !== null && !e.matches('.day'))
        .map((e) => [e.getAttribute('aria-label') ?? e.textContent, Math.round(e.getBoundingClientRect().width), Math.round(e.getBoundingClientRect().height)]).filter(([, w, t]) => Math.min(w, t) < 24)""")
    assert small == [], small


def test_the_first_load_is_small(browser, world):
    browser.open("now")
    browser.wait("return document.querySelector('.camera') !== null")
    names = {name for name in browser.seen()["requests"] if "/api/" not in name} | {world.base + "/"}
    total = 0
    for name in names:
        request = urllib.request.Request(name, headers={"Accept-Encoding": "gzip"})
        total += len(urllib.request.urlopen(request).read())
    print(f"first load: {len(names)} files, {total} bytes compressed")
    assert total < 120_000


def test_the_theme_switch(browser):
    browser.open("now")
    for name in ("light", "dark", "system"):
        browser.click("#theme")
        browser.wait("return (document.documentElement.dataset.theme ?? 'system') === arguments[0]", name)


def test_the_keyboard_reaches_the_page(browser):
    from selenium.webdriver.common.keys import Keys
    browser.open("now")
    browser.press(Keys.TAB)
    assert browser.js("return document.activeElement.textContent") == "Skip to the page"
    browser.press(Keys.ENTER)
    browser.wait("return document.activeElement.id === 'page'")
    browser.wait("return document.querySelector('.camera') !== null")


def test_the_server_sends_the_headers(world):
    for path in ("/", "/js/main.js", "/api/v1/session"):
        headers = urllib.request.urlopen(world.base + path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_no_inline_code_or_style_in_the_assets():
    import pathlib
    assets = pathlib.Path(__file__).parents[2] / "Sources/CGalleryAssets/assets"
    html = (assets / "index.html").read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", html)
    for file in assets.rglob("*.js"):
        text = file.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|new Function|document\.write", text), file
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg|192\.168\.1\.20)", text), file
