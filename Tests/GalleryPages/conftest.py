"""Starts what the tests look at: a simulated printer, a capture, and a gallery over its archive; or takes one that runs.

    pytest Tests/GalleryPages --browser firefox --printlapse PROGRAM
    pytest Tests/GalleryPages --base-url http://127.0.0.1:8484 --archive FILE    # one that runs, while something captures into FILE
"""
import http.server, io, json, os, pathlib, shlex, shutil, socket, sqlite3, subprocess, sys, threading, time, urllib.error, urllib.request
from urllib.parse import urlsplit
import pytest
from PIL import Image, ImageDraw
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
    answers_at(base)
    return base


def answers_at(base):
    def answers():
        try: return urllib.request.urlopen(f"{base}/api/v1/session", timeout=2).status == 200
        except OSError: return False
    until(answers, 15, "the gallery answers")


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
    children.append(subprocess.Popen([program, "capture", "--endpoint-file", str(endpoint), "--camera", "Prusa MK4 (left)", "--archive", str(archive), "--interval", "500ms"], stdout=log, stderr=log))
    made = World(None, str(archive))
    def is_filled():
        try: return made.long_print() is not None
        except sqlite3.Error: return False
    until(is_filled, 180, "a print of more than 22 frames is over")
    made.base = serve(option("--gallery"), archive, program, children)
    return made


@pytest.fixture
def printlapse(request):
    """The program, for who runs it on the world's archive."""
    if request.config.getoption("--base-url"): pytest.skip("a gallery of one's own gets no timelapses")
    return request.config.getoption("--printlapse")


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


class Camera:
    """A camera that shows a new picture at each asking, or refuses."""
    def __init__(self):
        self.refuses = True
        self.shown = 0
        camera = self
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if camera.refuses: return self.send_error(401)
                camera.shown += 1
                body = scene(camera.shown)
                self.send_response(200)
                self.send_header("Content-Type", "image/jpeg")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *_): pass
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/picture.jpg"


def scene(number=0, orientation=None, size=(480, 640)):
    """A picture that looks different at each of its corners; stored so that `orientation` has it stand."""
    picture = Image.new("RGB", size, (40, 60, 90))
    pen = ImageDraw.Draw(picture)
    w, t = size
    pen.rectangle((0, 0, w * 0.4, t * 0.3), fill=(240, 240, 240))
    pen.rectangle((w * 0.6, 0, w, t * 0.15), fill=(200, 40, 40))
    pen.rectangle((0, t * 0.8, w * 0.3, t), fill=(40, 160, 60))
    pen.ellipse((w * 0.4 + number % 10 * 9, t * 0.5, w * 0.6 + number % 10 * 9, t * 0.7), fill=(250, 200, 40))
    data = io.BytesIO()
    if orientation is None:
        picture.save(data, "JPEG", quality=90)
    else:
        turns = {2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180], 4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE],
                 6: [Image.Transpose.ROTATE_90], 7: [Image.Transpose.TRANSVERSE], 8: [Image.Transpose.ROTATE_270]}
        for turn in turns.get(orientation, []): picture = picture.transpose(turn)
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture.save(data, "JPEG", quality=90, exif=exif)
    return data.getvalue()


@pytest.fixture(scope="session")
def capturing_world(request, tmp_path_factory, children):
    """A capture that serves its gallery itself, of a camera whose pictures are all new."""
    option = request.config.getoption
    if option("--base-url"): pytest.skip("a gallery of one's own captures what it captures")
    folder, camera, port = tmp_path_factory.mktemp("capturing"), Camera(), free_port()
    camera.refuses = False
    (folder / "config.yaml").write_text(f"gallery: {port}\ninterval: 500ms\ncameras:\n  - name: bench\n    url: {camera.url}\n")
    archive, log = folder / "archive.sqlite", open(folder / "log.txt", "w")
    children.append(subprocess.Popen([option("--printlapse"), "capture", "--config", str(folder / "config.yaml"), "--archive", str(archive)], stdout=log, stderr=log))
    world = World(f"http://127.0.0.1:{port}", str(archive))
    answers_at(world.base)
    return world


@pytest.fixture(scope="session")
def troubled_world(request, tmp_path_factory, children):
    """A capture whose camera refuses, until it is told not to."""
    option = request.config.getoption
    if option("--base-url"): pytest.skip("a gallery of one's own has the troubles it has")
    folder, camera = tmp_path_factory.mktemp("troubled"), Camera()
    archive, log = folder / "archive.sqlite", open(folder / "log.txt", "w")
    children.append(subprocess.Popen([option("--printlapse"), "capture", "--url", camera.url, "--camera", "shy", "--archive", str(archive), "--interval", "500ms"], stdout=log, stderr=log))
    until(lambda: archive.exists(), 20, "the archive is there")
    world = World(serve(option("--gallery"), archive, option("--printlapse"), children), str(archive))
    world.camera = camera
    return world


@pytest.fixture(scope="session")
def turned_world(request, tmp_path_factory, children):
    """The same picture from cameras that hang in each of eight ways and say so, from the upright one on."""
    option = request.config.getoption
    if option("--base-url"): pytest.skip("a gallery of one's own has the pictures it has")
    folder = tmp_path_factory.mktemp("turned")
    (folder / "pictures").mkdir()
    for orientation in range(1, 9):
        file = folder / "pictures" / f"2026-01-15T08-00-{orientation:02}Z.jpg"
        file.write_bytes(scene(0, orientation))
        os.utime(file, (1_768_464_000 + orientation,) * 2)
    archive = folder / "archive.sqlite"
    subprocess.run([option("--printlapse"), "import", str(folder / "pictures"), "--archive", str(archive), "--camera", "hung"], check=True, capture_output=True)
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
