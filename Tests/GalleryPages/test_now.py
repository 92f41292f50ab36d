"""Now: what is captured appears by itself."""
import sqlite3, threading, time
from selenium.webdriver.common.keys import Keys

CARD = "document.querySelector('.camera img[data-frame]')"


def test_a_card_shows_the_newest_frame(browser, world):
    browser.open("now")
    newest = world.value("SELECT max(id) FROM frame")
    browser.wait(f"return Number({CARD}?.dataset.frame) >= arguments[0]", newest)
    assert browser.text(".camera h2").strip() == world.value("SELECT name FROM camera")
    assert browser.text(".summary") in ("All is well.", "The camera needs you.")


def test_a_frame_that_is_captured_appears_by_itself(browser, world):
    browser.open("now")
    browser.wait(f"return {CARD} !== null")
    browser.js(f"""window.__times = []; new MutationObserver(() => window.__times.push([Number({CARD}.dataset.frame), Date.now()]))
        .observe({CARD}, {{ attributes: true, attributeFilter: ['data-frame'] }})""")
    browser.wait("return window.__times.length >= 4", seconds=20)
    shown = browser.js("return window.__times")
    captured = dict(world.rows(f"SELECT id, captured_at FROM frame WHERE id IN ({','.join(str(i) for i, _ in shown)})"))
    delays = sorted(at - captured[i] for i, at in shown)
    # From the last byte of the picture to the screen; the commit lies between.
    assert delays[len(delays) // 2] < 600, delays


def test_a_frame_is_on_the_screen_soon_after_its_commit(browser, capturing_world):
    browser.base = capturing_world.base
    browser.open("now")
    browser.wait(f"return {CARD} !== null")
    committed, is_over = {}, threading.Event()
    def watch():
        """When each frame was first seen in the archive, which is after its commit."""
        newest = 0
        with sqlite3.connect(f"file:{capturing_world.archive}?mode=ro", uri=True, timeout=5) as db:
            while not is_over.wait(0.002):
                for (frame,) in db.execute("SELECT id FROM frame WHERE id > ?", (newest,)).fetchall():
                    committed[frame] = time.time() * 1000
                    newest = max(newest, frame)
    watcher = threading.Thread(target=watch)
    browser.js(f"""window.__loads = []; {CARD}.addEventListener('load', (event) => window.__loads.push([Number(event.target.dataset.frame), Date.now()]))""")
    watcher.start()
    try:
        browser.wait("return window.__loads.length >= 23", seconds=40)
    finally:
        is_over.set()
        watcher.join()
    # The first ones were there before anybody looked.
    delays = sorted(at - committed[frame] for frame, at in browser.js("return window.__loads")[3:23] if frame in committed)
    print(f"from a frame's commit to its picture's load, {len(delays)} frames: median {delays[len(delays) // 2]:.0f} ms, worst {delays[-1]:.0f} ms")
    assert len(delays) >= 18
    # Machines of tests are busy with other things; 300 ms is what is promised.
    assert delays[len(delays) // 2] < 1000, delays


def test_the_last_24_hours_are_a_strip(browser):
    browser.open("now")
    browser.wait("return /: .+ [0-9]+ %/.test(document.querySelector('.strip').getAttribute('aria-label'))")


def test_news_go_on_after_the_stream_was_cut(browser, world, faults):
    browser.open("now")
    browser.wait(f"return {CARD} !== null")
    browser.wait("return document.querySelector('.connection').dataset.state === 'live'")
    assert faults.drop_events() == 1
    before = int(browser.js(f"return {CARD}.dataset.frame"))
    browser.wait(f"return Number({CARD}.dataset.frame) > arguments[0] + 1", before, seconds=15)
    browser.wait("return document.querySelector('.connection').dataset.state === 'live'")


def test_a_lost_connection_is_told_and_found_again(browser, faults):
    browser.open("now")
    browser.wait(f"return {CARD} !== null")
    browser.wait("return document.querySelector('.connection').dataset.state === 'live'")
    faults.fail("/events", status=503)
    assert faults.drop_events() == 1
    browser.wait("return document.querySelector('.connection').textContent.includes('No connection')")
    faults.heal()
    browser.wait("return document.querySelector('.connection').textContent === ''", seconds=20)
    browser.forgive("503")


def test_what_goes_wrong_is_said_with_a_way_on(browser, faults):
    faults.fail("/api/v1/cameras", status=503)
    browser.open("now")
    browser.wait("return document.querySelector('[role=alert] h1')?.textContent === 'This could not be shown'")
    assert "A fault on demand." in browser.text(".problem") and "It was asked for." in browser.text(".problem")
    faults.heal()
    browser.button("Try again")
    browser.wait("return document.querySelector('.camera') !== null")
    browser.forgive("503")


def test_a_gallery_that_hangs_up_is_said_to_be_silent(browser, faults):
    faults.fail("/api/v1/cameras", cut=True)
    browser.open("now")
    browser.wait("return document.querySelector('[role=alert] h1')?.textContent === 'This could not be shown'")
    assert "The gallery does not answer." in browser.text(".problem") and "printlapse serve" in browser.text(".problem")
    faults.heal()
    browser.button("Try again")
    browser.wait("return document.querySelector('.camera') !== null")
    browser.forgive("ERR_EMPTY_RESPONSE")


def test_a_password_is_asked_for(browser, faults):
    faults.fail("/api/v1/session", status=401)
    browser.driver.get("about:blank")
    browser.driver.get(browser.base + "/#/now")
    browser.wait("return document.querySelector('dialog[open] #password') !== null")
    assert browser.axe()[0] == []
    faults.heal()
    browser.one("#password").send_keys("secret", Keys.ENTER)
    browser.wait("return document.querySelector('.camera') !== null")
    browser.forgive("401")


def test_a_gallery_that_only_shows(browser, read_only_world):
    browser.base = read_only_world.base
    browser.open("prints")
    browser.wait("return document.querySelector('.print') !== null")
    assert browser.all("[aria-label^='Never prune it']") == []
    browser.open("play")
    browser.wait("return document.querySelector('.screen')?.dataset.whole === 'true'")
    browser.press("x")
    browser.wait("return document.querySelector('.toast')?.textContent.includes('--allow-changes')")


def test_an_empty_archive_tells_a_newcomer_what_to_do(browser, empty_world):
    browser.base = empty_world.base
    for place in ("now", "timeline", "when", "play"):
        browser.open(place)
        browser.wait("return document.body.innerText.includes('printlapse authorize printer')")
    browser.open("prints")
    browser.wait("return document.body.innerText.includes('No prints yet')")
    browser.open("timelapses")
    browser.wait("return document.body.innerText.includes('None yet')")
