"""Cameras that hang on their side say so in each picture: all that shows it has it stand."""
import io
import pytest
from PIL import Image
from selenium.webdriver.common.keys import Keys
from browser import apart, picture_of
from conftest import scene

SIZE, SHAPE = (36, 48), (480, 640)


def upright(): return picture_of(scene(), *SIZE)


def seen(browser): return browser.colours(".screen", *SIZE, SHAPE)


def shows(browser, frame, at=seen):
    browser.wait("const s = document.querySelector('.screen'); return Number(s.dataset.frame) === arguments[0] && s.dataset.whole === 'true'", frame)
    assert apart(at(browser), upright()) < 4, frame


def opened(browser):
    browser.open("play?camera=hung")
    shows(browser, 8)
    browser.press(Keys.HOME)
    shows(browser, 1)


def test_small_pictures_are_those_of_an_upright_one(turned_world):
    import urllib.request
    for frame in range(1, 9):
        picture = Image.open(urllib.request.urlopen(f"{turned_world.base}/api/v1/frames/{frame}/picture?width=240"))
        assert picture.size == (240, 320) and picture.getexif().get(0x0112) is None
        small = io.BytesIO()
        picture.save(small, "JPEG", quality=95)
        assert apart(picture_of(small.getvalue(), *SIZE), upright()) < 4, frame


def test_the_player_shows_each_upright_in_its_own_room(browser, turned_world):
    browser.base = turned_world.base
    opened(browser)
    for frame in range(2, 9):
        browser.press(".")
        shows(browser, frame)


def test_zooming_and_comparing_agree(browser, turned_world):
    browser.base = turned_world.base
    opened(browser)
    # Into the upper left, where all is white; the point under the pointer stays.
    for frame in range(1, 9):
        browser.js("""const c = document.querySelector('.screen'), b = c.getBoundingClientRect();
            const fit = Math.min(b.width / arguments[0], b.height / arguments[1]);
            const [x, y] = [b.left + b.width / 2 + (0.2 - 0.5) * arguments[0] * fit, b.top + b.height / 2 + (0.15 - 0.5) * arguments[1] * fit];
            for (let i = 0; i < 4; i++) c.dispatchEvent(new WheelEvent('wheel', { deltaY: -500, clientX: x, clientY: y, bubbles: true, cancelable: true }))""", *SHAPE)
        middle = browser.js("""const c = document.querySelector('.screen'), k = c.width / c.clientWidth, b = c.getBoundingClientRect();
            const fit = Math.min(b.width / arguments[0], b.height / arguments[1]);
            const [x, y] = [b.width / 2 + (0.2 - 0.5) * arguments[0] * fit, b.height / 2 + (0.15 - 0.5) * arguments[1] * fit];
            return [...c.getContext('2d').getImageData(Math.round(x * k), Math.round(y * k), 1, 1).data]""", *SHAPE)
        assert all(abs(level - 240) < 8 for level in middle[:3]), (frame, middle)
        browser.press("0")
        shows(browser, frame)
        if frame < 8: browser.press(".")
    browser.press("c")
    browser.wait("return document.querySelector('.compare-tools').hidden === false")
    browser.press(",", ",")
    browser.wait("return document.querySelector('.screen').dataset.frame === '6' && document.querySelector('.screen').dataset.whole === 'true'")
    halves = browser.js("""const c = document.querySelector('.screen'), pen = (from) => {
          const to = document.createElement('canvas'); [to.width, to.height] = arguments[0];
          const half = c.width / 2 - 1 * (c.width / c.clientWidth), fit = Math.min(half / arguments[1][0], c.height / arguments[1][1]);
          const [w, t] = [arguments[1][0] * fit, arguments[1][1] * fit], p = to.getContext('2d');
          p.drawImage(c, from + (half - w) / 2, (c.height - t) / 2, w, t, 0, 0, to.width, to.height);
          const data = p.getImageData(0, 0, to.width, to.height).data, grey = [];
          for (let i = 0; i < data.length; i += 4) grey.push(Math.round(0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]));
          return grey; };
        return [pen(0), pen(c.width / 2)]""", SIZE, SHAPE)
    # Labels lie over their upper edges.
    below = SIZE[0] * 8
    for half in halves: assert apart(half[below:], upright()[below:]) < 8


@pytest.mark.parametrize("frame", [1, 3, 6, 8])
def test_a_box_is_drawn_on_what_is_seen(browser, turned_world, frame):
    browser.base = turned_world.base
    browser.open(f"when/hung?frame={frame}")
    browser.wait("return document.querySelector('.region-field img')?.naturalWidth === 480")
    box = browser.js("const b = document.querySelector('.region-field').getBoundingClientRect(); return b.width / b.height")
    assert abs(box - 0.75) < 0.02
    browser.drag(".region-field", (0.1, 0.6), (0.5, 0.9))
    browser.wait("return !document.querySelector('.region-box').hidden")
    numbers = [int(part) for part in browser.text(".when-form code").split("--region ")[1].split()[0].split(",")]
    for found, meant in zip(numbers, (48, 384, 192, 192)): assert abs(found - meant) <= 6, numbers
    browser.button("When did it happen?")
    # All show the same, however they hang.
    browser.wait("return document.querySelector('.when-told').textContent.includes('Nothing changed there in 8 pictures')")
