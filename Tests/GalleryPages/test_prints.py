"""Prints, timelapses, and the question when something happened."""
import subprocess
from browser import downloaded


def test_prints_are_found_and_sorted(browser, world):
    newest = world.value("SELECT max(id) FROM print")
    browser.open("prints")
    browser.wait("return document.querySelectorAll('.print').length > 0")
    first = browser.js("return document.querySelector('.print').dataset.print")
    assert int(first) >= newest
    browser.js("const s = document.querySelector('[aria-label=Order]'); s.value = 'oldest'; s.dispatchEvent(new Event('change', {bubbles: true}))")
    browser.wait("return document.querySelector('.print')?.dataset.print === arguments[0]", str(world.value("SELECT min(id) FROM print")))
    browser.one("input[type=search]").send_keys("no such print")
    browser.wait("return document.body.innerText.includes('No print is like that')")


def test_a_print_that_goes_on_grows_in_its_own_card(browser):
    browser.open("prints")
    browser.wait("return document.querySelector('.print') !== null")
    # The card of the newest print, looked at anew where the next print takes its place.
    browser.wait("""const card = document.querySelector('.print'), frames = card.querySelector('.print-text .pill + .faint').textContent;
        if (card !== window.__card) { window.__card = card; window.__frames = frames; }
        return frames !== window.__frames""", seconds=30)


def test_a_card_moves_when_it_is_pointed_at(browser, world):
    browser.open("prints?sort=oldest")
    browser.wait("return document.querySelector('.print img[data-frame]') !== null")
    browser.hover(".print-picture")
    browser.wait("return !document.querySelector('.moving').hidden")
    before = browser.colours(".moving")
    browser.wait("const c = document.querySelector('.moving'); window.__a ??= c.toDataURL(); return c.toDataURL() !== window.__a")
    browser.js("delete window.__a")


def test_a_print_is_pinned_and_undone(browser, world):
    browser.open("prints?sort=oldest")
    number = world.value("SELECT min(id) FROM print")
    browser.click("[aria-label^='Never prune it']")
    browser.wait("return document.querySelector('.print .marks').textContent.includes('Pinned')")
    assert world.get(f"prints/{number}")["pinned"] is True
    browser.button("Undo")
    browser.wait("return !document.querySelector('.print .marks').textContent.includes('Pinned')")
    assert world.get(f"prints/{number}")["pinned"] is False


def test_a_timelapse_is_made_watched_and_downloaded(browser, world, downloads):
    browser.open("prints?sort=oldest")
    browser.click("[aria-label^='Make a timelapse']")
    browser.wait("return document.querySelector('dialog[open] .plan dd') !== null", seconds=30)
    browser.js("const s = document.querySelector('[name=duration]'); s.value = 4; s.dispatchEvent(new Event('input', {bubbles: true}))")
    # About that long: a rate is a round number, and the print has as many frames as it has.
    browser.wait("return Math.abs(parseFloat(document.querySelectorAll('.plan dd')[1].textContent) - 4) < 0.6")
    command = browser.text(".command")
    assert "printlapse export" in command and "--duration 4s" in command and "--print" in command
    browser.button("Make it")
    browser.wait("return location.hash.startsWith('#/timelapses') && document.querySelector('.film progress') !== null")
    browser.wait("return document.querySelector('.film').dataset.state === 'made'", seconds=120)
    browser.wait("return document.querySelector('.film-picture img')?.naturalWidth > 0")
    browser.click("button.film-picture")
    browser.wait("const v = document.querySelector('dialog video'); return v && v.currentTime > 0.2 && v.videoWidth > 0")
    browser.js("document.querySelector('dialog[open]').close()")
    before = set(downloads.iterdir())
    browser.click("a[aria-label^='Download']")
    assert downloaded(downloads, before, ".mp4")[4:8] == b"ftyp"
    browser.click("[aria-label^='Delete']")
    browser.wait("return document.querySelector('dialog[open] .danger') !== null")
    browser.click("dialog[open] .danger")
    browser.wait("return document.querySelector('.film') === null")


def test_one_that_a_rule_had_made_comes_by_itself_and_plays(browser, world, printlapse, tmp_path):
    browser.open("timelapses")
    (tmp_path / "config.yaml").write_text(f"cameras:\n  - name: printer\n    url: http://127.0.0.1:9/\ntimelapses:\n  - rule: films\n    after: print\n    into: {tmp_path}\n")
    made = subprocess.run([printlapse, "timelapses", "make", "films", "--print", str(world.long_print()), "--archive", world.archive, "--config", tmp_path / "config.yaml"], capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stderr
    browser.wait("return document.querySelector('.film[data-timelapse^=rule-][data-state=made]') !== null")
    assert "by itself, films" in browser.text(".film[data-timelapse^=rule-]")
    browser.wait("return document.querySelector('.film[data-timelapse^=rule-] img')?.naturalWidth > 0")
    browser.click(".film[data-timelapse^=rule-] button.film-picture")
    browser.wait("const v = document.querySelector('dialog video'); return v && v.currentTime > 0.2 && v.videoWidth > 0")
    browser.js("document.querySelector('dialog[open]').close()")
    browser.click(".film[data-timelapse^=rule-] [aria-label^='Delete']")
    browser.wait("return document.querySelector('dialog[open] .danger') !== null")
    browser.click("dialog[open] .danger")
    browser.wait("return document.querySelector('.film[data-timelapse^=rule-]') === null")
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_dialog_stays_when_the_cards_behind_it_are_drawn_anew(browser, world):
    browser.open("prints?sort=oldest")
    browser.click("[aria-label^='Make a timelapse']")
    browser.wait("return document.querySelector('dialog[open] .plan dd') !== null", seconds=30)
    browser.js("document.querySelector('.print').dataset.before = 'yes'")
    # A print ends or begins within half a minute, and a busy machine tells of it late.
    browser.wait("return document.querySelector('.print') !== null && document.querySelector('.print').dataset.before === undefined", seconds=90)
    assert browser.js("return document.querySelector('dialog[open].make-dialog') !== null")


def test_one_that_is_made_can_be_cancelled(browser, world):
    name = world.value("SELECT name FROM camera ORDER BY name LIMIT 1")
    browser.open(f"play?camera={name}")
    browser.wait("return document.querySelector('.screen')?.dataset.whole === 'true'")
    browser.button("Make a timelapse")
    browser.wait("return document.querySelector('dialog[open] .plan dd') !== null", seconds=30)
    browser.button("Make it")
    browser.wait("return document.querySelector('.film[data-state=rendering]') !== null")
    browser.button("Cancel")
    browser.wait("return document.querySelector('.film').dataset.state === 'cancelled'")


def test_when_did_it_happen(browser, world):
    name = world.value("SELECT name FROM camera ORDER BY name LIMIT 1")
    browser.open(f"when/{name}")
    browser.wait("return document.querySelector('.region-field img')?.naturalWidth > 0")
    browser.drag(".region-field", (0.3, 0.4), (0.7, 0.9))
    browser.wait("return !document.querySelector('.region-box').hidden")
    assert "--region" in browser.text(".when-form code")
    browser.button("When did it happen?")
    browser.wait("return document.querySelector('.moment') !== null", seconds=20)
    browser.wait("return [...document.querySelectorAll('.moment img')].slice(0, 2).every((i) => i.naturalWidth > 0)")


def test_health_is_told(browser, world):
    browser.open("health")
    browser.wait("return document.querySelectorAll('.health [aria-busy=false]').length === 6")
    assert "Looking" not in browser.text(".health")
    assert "ffmpeg" in browser.text(".health")
