"""How soon Chromium paints the gallery's pages, from an empty cache: python3 Tests/GalleryPages/paint.py http://127.0.0.1:8080

The first paint with something in it, and the last one that brought something larger (Paint Timing, Largest Contentful Paint)."""
import pathlib, statistics, sys, tempfile
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / ".build/python"))
from browser import Browser

PAGES = ["now", "prints", "timeline", "play", "when", "timelapses", "health"]
PAINTS = """const done = arguments[arguments.length - 1];
    const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null;
    new PerformanceObserver((list) => done([first, Math.max(...list.getEntries().map((entry) => entry.startTime))]))
      .observe({ type: "largest-contentful-paint", buffered: true });"""


def main(base):
    browser = Browser("chromium", base, pathlib.Path(tempfile.mkdtemp()))
    browser.driver.execute_cdp_cmd("Network.enable", {})
    browser.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.open("now")
    print(f"\n{'milliseconds':14}{'first paint':>12}{'largest':>10}   medians of 5")
    for page in PAGES:
        paints = []
        for _ in range(5):
            browser.open(page)
            paints.append(browser.driver.execute_async_script(PAINTS))
        first, largest = (statistics.median(values) for values in zip(*paints))
        print(f"{page:14}{first:12.0f}{largest:10.0f}", flush=True)
    browser.close()


main(sys.argv[1].rstrip("/"))
