"""The player shows the right frame, whatever is done."""
import pytest
from selenium.webdriver.common.keys import Keys
from browser import apart, downloaded, picture_of

SCREEN = ".screen"


def opened(browser, world, more=""):
    """The frames of the first long print that is over: no new ones come."""
    print_id = world.long_print()
    ids = [row[0] for row in world.rows("SELECT id FROM frame WHERE print_id = ? ORDER BY captured_at, id", print_id)]
    browser.open(f"play?print={print_id}{more}")
    browser.wait("return document.querySelector('.screen')?.dataset.whole === 'true'")
    browser.js("window.scrollTo(0, 0)")
    return ids


def shown(browser, whole=True):
    if whole: browser.wait("return document.querySelector('.screen').dataset.whole === 'true'")
    return int(browser.js("return document.querySelector('.screen').dataset.frame"))


def reaches(browser, frame, seconds=5):
    browser.wait("const s = document.querySelector('.screen'); return Number(s.dataset.frame) === arguments[0] && s.dataset.whole === 'true'", frame, seconds=seconds)


def test_the_picture_is_the_archives(browser, world):
    ids = opened(browser, world)
    for place in (0, len(ids) // 3, len(ids) - 1):
        browser.js("const r = document.querySelector('.seek-range'); r.value = arguments[0]; r.dispatchEvent(new Event('input', {bubbles: true})); r.dispatchEvent(new Event('change', {bubbles: true}))", place)
        reaches(browser, ids[place])
        width, height = world.rows("SELECT width, height FROM frame WHERE id = ?", ids[place])[0]
        seen = browser.colours(SCREEN, 480, 270, shape=[width, height])
        candidates = ids[max(0, place - 3):place + 4]
        distances = {i: apart(seen, picture_of(world.jpeg(i), 480, 270)) for i in candidates}
        assert distances[ids[place]] < 4, distances
        assert distances[ids[place]] == min(distances.values()), distances


def test_playing_changes_the_picture(browser, world):
    ids = opened(browser, world, "&speed=10fps")
    before = browser.colours(SCREEN)
    browser.click(".play")
    browser.wait("return Number(document.querySelector('.screen').dataset.frame) > arguments[0] + 3", ids[0])
    assert browser.one(".play").get_attribute("aria-label") == "Pause"
    browser.press("k")
    shown(browser)
    assert browser.colours(SCREEN) != before


def test_it_holds_at_the_end_or_loops(browser, world):
    ids = opened(browser, world, "&speed=60fps")
    browser.press(" ")
    browser.wait("return Number(document.querySelector('.screen').dataset.frame) === arguments[0]", ids[-1], seconds=15)
    browser.wait("return document.querySelector('.play').getAttribute('aria-label') === 'Play'")
    browser.press("r", " ")
    browser.wait("return Number(document.querySelector('.screen').dataset.frame) < arguments[0]", ids[-1])
    browser.press("k", "r")


def test_scrubbing_to_an_instant(browser, world):
    ids = opened(browser, world)
    bar = browser.one(".seek-range")
    browser.drag(".seek-range", (0.05, 0.5), (0.6, 0.5))
    frame = shown(browser)
    place = ids.index(frame)
    assert abs(place / (len(ids) - 1) - 0.6) < 0.05
    at = world.value("SELECT captured_at FROM frame WHERE id = ?", frame)
    assert f"{(at // 1000) % 60:02}" in browser.text(".seek-now")


def test_a_link_leads_to_the_instant(browser, world):
    ids = opened(browser, world)
    browser.press(*["."] * 5)
    reaches(browser, ids[5])
    browser.wait("return location.hash.includes('frame=' + arguments[0])", ids[5])
    place = browser.js("return location.hash")
    browser.open(place.removeprefix("#/"))
    reaches(browser, ids[5])


KEYS = [
    (["."], 1), ([","], -1), ([Keys.ARROW_RIGHT], 1), ([Keys.ARROW_LEFT], -1), ([(Keys.SHIFT, Keys.ARROW_RIGHT)], 10),
    ([(Keys.SHIFT, Keys.ARROW_LEFT)], -10), ([Keys.END], "last"), ([Keys.HOME], "first"),
]


def test_keys_that_step(browser, world):
    ids = opened(browser, world)
    browser.press(*["."] * 12)
    place = 12
    reaches(browser, ids[place])
    for keys, step in KEYS:
        browser.press(*keys)
        place = {"last": len(ids) - 1, "first": 0}.get(step, place + step if isinstance(step, int) else 0)
        reaches(browser, ids[place])


def test_keys_that_play(browser, world):
    ids = opened(browser, world, "&speed=5fps")
    def plays(): return browser.js("return [document.querySelector('.play').getAttribute('aria-label') === 'Pause', document.querySelector('[aria-label=\"Play backwards\"]').getAttribute('aria-pressed') === 'true']")
    def becomes(state): browser.wait("return document.querySelector('.play').getAttribute('aria-label') === (arguments[0] ? 'Pause' : 'Play') && (document.querySelector('[aria-label=\"Play backwards\"]').getAttribute('aria-pressed') === 'true') === arguments[1]", *state)
    browser.press(Keys.END); browser.press("j"); becomes((False, True))
    browser.press("k"); becomes((False, False))
    browser.press(Keys.HOME); browser.press("l"); becomes((True, False))
    browser.press("l")
    browser.wait("return document.querySelector('.speed').value === '10fps'")
    browser.press(Keys.ARROW_DOWN); browser.wait("return document.querySelector('.speed').value === '5fps'")
    browser.press(Keys.ARROW_UP); browser.wait("return document.querySelector('.speed').value === '10fps'")
    browser.press(" "); becomes((False, False))
    browser.press(" "); becomes((True, False))
    browser.press("k")


def test_in_and_out_points(browser, world):
    ids = opened(browser, world)
    browser.press(*["."] * 3, "i", *["."] * 6, "o")
    browser.wait("return document.querySelector('.stretch').textContent.startsWith('7 frames')")
    browser.press(Keys.HOME); reaches(browser, ids[3])
    browser.press(Keys.END); reaches(browser, ids[9])
    browser.press("u"); browser.wait("return document.querySelector('.stretch').textContent === ''")


def test_comparing_and_zooming(browser, world):
    ids = opened(browser, world)
    browser.press("c"); browser.wait("return !document.querySelector('.compare-tools').hidden")
    browser.press(*["."] * 10); reaches(browser, ids[10])
    side = browser.colours(SCREEN)
    browser.button("Wipe")
    browser.wait("return !document.querySelector('.wipe').hidden")
    assert browser.colours(SCREEN) != side
    browser.js("document.activeElement.blur()")
    browser.press("c")
    whole = browser.colours(SCREEN)
    browser.press("+"); closer = browser.colours(SCREEN)
    assert closer != whole
    browser.press("0"); assert browser.colours(SCREEN) == whole
    browser.press("+", "-"); assert browser.colours(SCREEN) == whole
    browser.press("+", "+"); closer = browser.colours(SCREEN)
    for key, back in (("w", "s"), ("a", "d")):
        browser.press(key); assert browser.colours(SCREEN) != closer
        browser.press(back); assert browser.colours(SCREEN) == closer


def test_two_fingers_zoom_into_the_picture(browser, world):
    browser.new_tab()
    browser.size(360, 740)
    opened(browser, world)
    whole = browser.colours(SCREEN)
    browser.pinch(SCREEN, 30, 110)
    browser.wait("return true")
    assert apart(browser.colours(SCREEN), whole) > 5
    browser.pinch(SCREEN, 120, 20)
    assert apart(browser.colours(SCREEN), whole) < 2


def test_a_long_row_fits_a_phone(browser, world):
    browser.size(360, 740)
    opened(browser, world)
    browser.js("document.querySelector('.seek-text').lastElementChild.textContent = '99,999 / 100,000 · 23 h 37 min'")
    edges = browser.js("return [...document.querySelectorAll('.seek-text > *')].map((e) => Math.round(e.getBoundingClientRect().right))")
    assert max(edges) <= 360, edges


def test_full_screen_and_help(browser, world):
    opened(browser, world)
    browser.press("?")
    browser.wait("return document.querySelector('dialog[open] h2')?.textContent === 'Keys'")
    browser.press(Keys.ESCAPE)
    browser.wait("return document.querySelector('dialog[open]') === null")
    browser.press("f"); browser.wait("return document.fullscreenElement !== null")
    browser.press("f"); browser.wait("return document.fullscreenElement === null")


def test_exclude_and_undo(browser, world):
    ids = opened(browser, world)
    browser.press(*["."] * 4); reaches(browser, ids[4])
    browser.press("x")
    browser.wait("return document.querySelector('.badges').textContent.includes('Left out of exports')")
    assert world.get(f"frames/{ids[4]}")["excluded"] is True
    browser.button("Undo")
    browser.wait("return !document.querySelector('.badges').textContent.includes('Left out')")
    assert world.get(f"frames/{ids[4]}")["excluded"] is False


def test_a_server_that_was_started_anew_takes_changes_too(browser, world, faults):
    opened(browser, world)
    faults.start_anew()
    browser.press("p")
    browser.wait("return document.querySelector('.badges').textContent.includes('Pinned')")
    browser.button("Undo")
    browser.wait("return !document.querySelector('.badges').textContent.includes('Pinned')")


def test_pictures_that_are_late_come_all_the_same(browser, world, faults):
    ids = opened(browser, world)
    faults.fail("/picture", delay=0.7)
    browser.press(Keys.END)
    browser.wait("const s = document.querySelector('.screen'); return Number(s.dataset.frame) === arguments[0] && s.dataset.whole !== 'true'", ids[-1])
    reaches(browser, ids[-1])


def test_pin_and_note(browser, world):
    ids = opened(browser, world)
    browser.press("p"); browser.wait("return document.querySelector('.badges').textContent.includes('Pinned')")
    browser.press("p"); browser.wait("return !document.querySelector('.badges').textContent.includes('Pinned')")
    browser.press("n"); browser.wait("return document.querySelector('#dialog-text') !== null")
    browser.one("#dialog-text").send_keys("<b>the nozzle</b> hits", Keys.ENTER)
    browser.wait("return document.querySelector('.badges').textContent.includes('Has a note')")
    assert world.get(f"frames/{ids[0]}")["note"] == "<b>the nozzle</b> hits"
    browser.button("Undo")
    browser.wait("return !document.querySelector('.badges').textContent.includes('Has a note')")


def test_downloading_this_frame(browser, world, downloads):
    ids = opened(browser, world)
    before = set(downloads.iterdir())
    browser.press("g")
    assert downloaded(downloads, before, ".jpg") == world.jpeg(ids[0])


def test_new_frames_come_while_one_watches(browser, world):
    browser.open("play?camera=" + world.value("SELECT name FROM camera ORDER BY name LIMIT 1") + "&follow=1")
    browser.wait("return document.querySelector('.screen')?.dataset.whole === 'true'")
    before = shown(browser)
    browser.wait("return Number(document.querySelector('.screen').dataset.frame) > arguments[0] + 1", before, seconds=20)
