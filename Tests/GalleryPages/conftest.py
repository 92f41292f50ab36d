"""Starts what the tests look at: a simulated printer, a capture, and a gallery over its archive; or takes one that runs.

    pytest Tests/GalleryPages --browser firefox --printlapse PROGRAM
    pytest Tests/GalleryPages --base-url http://127.0.0.1:8484 --archive FILE    # one that runs, while something captures into FILE
"""
import json, pathlib, shlex, shutil, socket, sqlite3, subprocess, sys, time, urllib.error, urllib.request
from urllib.parse import urlsplit
import pytest
from browser import Browser
from proxy import FaultyWay

HERE = pathlib.Path(__file__).resolve().parent


def pytest_addoption(parser):
    parser.addoption("--browser", default="chromium", choices=["chromium", "firefox"])
    parser.addoption("--base-url", default=None)
    parser.addoption("--archive", default=None)
    parser.addoption("--printlapse", default=shutil.which("printlapse"))
    parser.addoption("--gallery", default="{printlapse} serve --archive {archive} --listen {port} --allow-changes")


class World:
    """A gallery that runs, and the archive behind it."""
    def __init__(self, base, archive): self.base, self.archive = base, archive
    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True, timeout=5) as db: return db.execute(sql, values).fetchall()
    def value(self, sql, *values): return self.rows(sql, *values)[0][0]
    def long_print(self):
        """The first one that is over and has frames enough to step and scrub in, whatever a busy machine missed; else None."""
        found = self.rows("SELECT print_id FROM frame JOIN print ON print.id = print_id WHERE ended_at IS NOT NULL GROUP BY 1 HAVING count(*) > 22 ORDER BY 1")
        return found[0][0] if found else None
    def jpeg(self, frame): return self.rows("SELECT jpeg FROM frame JOIN picture ON picture.sha256 = frame.sha256 JOIN picture_content ON picture_content.id = content_id WHERE frame.id = ?", frame)[0][0]
    def get(self, path): return json.load(urllib.request.urlopen(f"{self.base}/api/v1/{path}", timeout=10))
    def pass_(self):
        """What a change must carry: the session's cookie and its token."""
        with urllib.request.urlopen(f"{self.base}/api/v1/session", timeout=10) as answer:
            return {"Cookie": answer.headers["Set-Cookie"].split(";")[0], "X-Printlapse-Token": json.load(answer)["token"]}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def serve(command, archive, printlapse, children):
    port = free_port()
    children.append(subprocess.Popen(shlex.split(command.format(archive=archive, port=port, printlapse=printlapse))))
    base = f"http://127.0.0.1:{port}"
    def answers():
        try: return urllib.request.urlopen(f"{base}/api/v1/session", timeout=2).status == 200
        except OSError: return False
    until(answers, 15, "the gallery answers")
    return base


@pytest.fixture(scope="session")
def children():
    started = []
    yield started
    for child in reversed(started): child.terminate()
    for child in reversed(started):
        try: child.wait(10)
        except subprocess.TimeoutExpired: child.kill()


@pytest.fixture(scope="session")
def world(request, tmp_path_factory, children):
    option = request.config.getoption
    if option("--base-url"): return World(option("--base-url").rstrip("/"), option("--archive"))
    folder = tmp_path_factory.mktemp("world")
    program, archive, endpoint = option("--printlapse"), folder / "archive.sqlite", folder / "tunnel.txt"
    assert program, "--printlapse names the program"
    log = open(folder / "log.txt", "w")
    children.append(subprocess.Popen([program, "simulate", "--endpoint-file", str(endpoint), "--print-duration", "24s", "--picture-interval", "250ms"], stdout=log, stderr=log))
    until(lambda: endpoint.exists() and endpoint.stat().st_size > 0, 10, "the simulator is there")
    children.append(subprocess.Popen([program, "capture", "--endpoint-file", str(endpoint), "--archive", str(archive), "--interval", "500ms"], stdout=log, stderr=log))
    made = World(None, str(archive))
    def is_filled():
        try: return made.long_print() is not None
        except sqlite3.Error: return False
    until(is_filled, 180, "a print of more than 22 frames is over")
    made.base = serve(option("--gallery"), archive, program, children)
    return made


@pytest.fixture(scope="session")
def read_only_world(request, world, children):
    """The same archive in a gallery that only shows."""
    option = request.config.getoption
    if option("--base-url"): pytest.skip("a gallery of one's own allows what it allows")
    return World(serve(option("--gallery").replace(" --allow-changes", ""), world.archive, option("--printlapse"), children), world.archive)


@pytest.fixture
def faults(request, browser, world, children):
    """The browser's way to the gallery, on which things go wrong on demand."""
    way = FaultyWay(world.base)
    def start_anew():
        option = request.config.getoption
        if option("--base-url"): pytest.skip("a gallery of one's own is not started anew")
        way.target = urlsplit(serve(option("--gallery"), world.archive, option("--printlapse"), children)).netloc
    way.start_anew = start_anew
    browser.base = way.base
    yield way
    # What the page was at is over before its way is.
    browser.harvest()
    browser.driver.get("about:blank")
    way.close()


@pytest.fixture(scope="session")
def empty_world(request, tmp_path_factory, children):
    """An archive that has nothing in it."""
    option = request.config.getoption
    if option("--base-url"): pytest.skip("a gallery of one's own has no empty archive")
    archive = tmp_path_factory.mktemp("empty") / "archive.sqlite"
    # A folder without pictures makes an archive without frames.
    (archive.parent / "pictures").mkdir()
    subprocess.run([option("--printlapse"), "import", str(archive.parent / "pictures"), "--archive", str(archive), "--camera", "none"], capture_output=True)
    if not archive.exists(): pytest.skip("no empty archive can be made")
    return World(serve(option("--gallery"), archive, option("--printlapse"), children), str(archive))


@pytest.fixture(scope="session")
def downloads(tmp_path_factory): return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def shared_browser(request, world, downloads):
    browser = Browser(request.config.getoption("--browser"), world.base, downloads)
    yield browser
    browser.close()


@pytest.fixture
def browser(shared_browser, world):
    """The browser, as somebody finds it; at the end nothing may have gone wrong in it."""
    shared_browser.base = world.base
    shared_browser.problems = []
    shared_browser.size(1280, 900)
    yield shared_browser
    shared_browser.harvest()
    assert shared_browser.problems == []
