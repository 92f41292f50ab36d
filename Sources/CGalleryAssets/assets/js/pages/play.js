// The player: the frames themselves, straight from the archive, at any speed.
import { framePicture } from "../core/api.js";
import { drawing, fill, h, say, setText, settled } from "../core/html.js";
import { onNews } from "../core/live.js";
import { go, href, note } from "../core/router.js";
import { mayChange } from "../core/session.js";
import { fullText, lengthText, stamp } from "../core/times.js";
import { widthFor } from "../parts/picture.js";
import { toast, toastProblem } from "../parts/toast.js";
import { welcome } from "../parts/welcome.js";
import { chosenFrames } from "../player/choice.js";
import { Deck } from "../player/deck.js";
import { showKeys, takeKeys } from "../player/keys.js";
import { marker } from "../player/marks.js";
import { Playback, speeds } from "../player/playback.js";
import { Reel } from "../player/reel.js";
import { SeekBar } from "../player/seek.js";
import { Source } from "../player/source.js";
import { Stage } from "../player/stage.js";

export async function open({ root, query, signal, title }) {
  const what = await chosenFrames(query, signal);
  if (!what) return void fill(root, h("div", { class: "page-inset" }, welcome()));
  const reel = new Reel(what.query);
  const playback = new Playback(reel, query.speed);
  const main = h("section", { class: "player dark-room", "aria-label": "Player" });
  fill(root, main);

  let begun = null;
  const firstPage = new Promise((resolve) => {
    begun = resolve;
  });
  const loading = reel.load(signal, () => {
    begun();
    seek?.drawMarks();
    if (seek) show();
  });
  let seek = null;
  loading.catch(begun);
  await firstPage;
  if (signal.aborted) return;
  if (reel.count === 0) {
    await loading;
    return void fill(
      main,
      h("h1", { class: "unseen" }, what.title),
      h("p", { class: "note" }, "No frames there. ", h("a", { href: what.back }, "Back")),
    );
  }

  title(what.title);
  const source = new Source(reel, { changed: () => redraw(), signal });
  const stage = new Stage(source, { tapped: () => act.toggle(), signal });
  const act = actions();
  seek = new SeekBar(reel, playback, { scrubbed, settled: (place) => goTo(place), signal });
  const deck = new Deck(act, playback, { mayChange: mayChange() });
  const heading = h(
    "div",
    { class: "player-head" },
    h("h1", {}, what.title),
    h("p", {}, what.text, " ", h("a", { href: what.back }, what.backText)),
  );
  fill(main, heading, stage.element, h("div", { class: "controls" }, seek.element, deck.element));

  const redraw = drawing(() => {
    if (!signal.aborted) {
      stage.show(playback.place);
      seek.show(playback.place);
      deck.show();
    }
  });
  const remember = settled(400, () => {
    if (signal.aborted || reel.count === 0) return;
    note("play", null, {
      ...what.link,
      at: stamp(reel.times[playback.place]),
      frame: reel.ids[playback.place],
      speed: playback.speed,
      ...points(),
    });
  });
  const points = () => ({
    in: playback.inPoint === null ? null : stamp(reel.times[playback.inPoint]),
    out: playback.outPoint === null ? null : stamp(reel.times[playback.outPoint]),
  });

  /** While it plays pictures no larger than the screen will do; one that is looked at is shown whole. */
  const fetchPictures = () => {
    const compared = stage.compared ? [stage.compared.place] : [];
    const width = playback.isPlaying ? widthFor(stage.canvas, 1.25) : null;
    const places = playback.isPlaying ? playback.ahead(10) : [playback.place, ...neighbours()];
    source.want([...compared, ...places], width);
  };
  const neighbours = () =>
    [1, -1, 2].map((d) => playback.place + d * playback.direction).filter((place) => place >= 0 && place < reel.count);
  const show = () => {
    redraw();
    fetchPictures();
    remember();
    run();
  };
  const goTo = (place) => {
    playback.go(place);
    playback.pause();
    show();
  };

  const rest = settled(110, () => {
    if (!signal.aborted) show();
  });
  function scrubbed(place, pixels) {
    playback.pause();
    playback.go(place);
    source.scrub(playback.place, pixels);
    redraw();
    rest();
  }

  // Frame by frame, and only while it plays: a picture that stands costs nothing.
  let last = null;
  const tick = (time) => {
    if (signal.aborted || !playback.isPlaying) {
      last = null;
      return;
    }
    if (playback.advance(time - last)) {
      redraw();
      fetchPictures();
    }
    if (!playback.isPlaying) show();
    last = time;
    requestAnimationFrame(tick);
  };
  const run = () => {
    if (last !== null || !playback.isPlaying) return;
    last = performance.now();
    requestAnimationFrame(tick);
  };

  function actions() {
    const shuttle = (direction) => {
      if (playback.isPlaying && playback.direction === direction) return faster(1);
      playback.play(direction);
      show();
    };
    const all = Object.values(speeds).map((list) => list.map(({ value }) => value));
    const faster = (step) => {
      const list = all.find((list) => list.includes(playback.speed)) ?? all[0];
      const next = list[Math.min(list.length - 1, Math.max(0, list.indexOf(playback.speed) + step))];
      playback.setSpeed(next);
      say(next);
      show();
    };
    const marks = marker(reel, playback, () => {
      stage.draw();
      seek.drawMarks();
    });
    const zoom = (factor) => {
      const { clientWidth: width, clientHeight: height } = stage.canvas;
      stage.view.zoomBy(factor, { x: width / 2, y: height / 2 }, source.size, width, height);
      stage.draw();
    };
    const pan = (x, y) => {
      const { clientWidth: width, clientHeight: height } = stage.canvas;
      stage.view.pan((x * width) / 8, (y * height) / 8, source.size, width, height);
      stage.draw();
    };
    const point = (name) => {
      playback[name] = playback.place;
      if (playback.inPoint !== null && playback.outPoint !== null && playback.inPoint > playback.outPoint)
        playback[name === "inPoint" ? "outPoint" : "inPoint"] = null;
      tellStretch();
    };
    return {
      ...marks,
      toggle: () => {
        playback.isPlaying ? playback.pause() : playback.play(1);
        show();
      },
      stop: () => {
        playback.pause();
        show();
      },
      forwards: () => shuttle(1),
      backwards: () => shuttle(-1),
      stepBack: () => goTo(playback.place - 1),
      stepOn: () => goTo(playback.place + 1),
      jumpBack: () => goTo(playback.place - 10),
      jumpOn: () => goTo(playback.place + 10),
      first: () => goTo(playback.first),
      last: () => goTo(playback.last),
      faster: () => faster(1),
      slower: () => faster(-1),
      speed: (value) => {
        playback.setSpeed(value);
        show();
      },
      loop: () => {
        playback.isLooping = !playback.isLooping;
        say(playback.isLooping ? "Loops" : "Holds at the end");
        show();
      },
      inPoint: () => point("inPoint"),
      outPoint: () => point("outPoint"),
      noPoints: () => {
        [playback.inPoint, playback.outPoint] = [null, null];
        tellStretch();
      },
      compare: () => {
        stage.compare(stage.compared ? null : "side");
        fetchPictures();
      },
      zoomIn: () => zoom(1.6),
      zoomOut: () => zoom(1 / 1.6),
      panUp: () => pan(0, 1),
      panDown: () => pan(0, -1),
      panLeft: () => pan(1, 0),
      panRight: () => pan(-1, 0),
      zoomReset: () => {
        stage.view.reset();
        stage.draw();
      },
      full: () => (document.fullscreenElement ? document.exitFullscreen() : main.requestFullscreen?.().catch(() => {})),
      download: () => download(reel.ids[playback.place]),
      link: async () => {
        const place = new URL(
          href("play", null, {
            ...what.link,
            at: stamp(reel.times[playback.place]),
            frame: reel.ids[playback.place],
            speed: playback.speed,
          }),
          location.href,
        );
        await navigator.clipboard?.writeText(place.href).then(
          () => toast("The link to this instant is copied."),
          () => toast(place.href),
        );
      },
      when: () =>
        go("when", reel.camera, {
          since: stamp(reel.times[0]),
          until: stamp(reel.times[reel.count - 1] + 1),
          frame: reel.ids[playback.place],
        }),
      make: async () => {
        const { makeTimelapse } = await import("../parts/make-timelapse.js");
        playback.pause();
        const isPart = playback.inPoint !== null || playback.outPoint !== null;
        await makeTimelapse(
          isPart || !what.query.print
            ? {
                camera: reel.camera,
                since: stamp(reel.times[playback.first]),
                until: stamp(reel.times[playback.last] + 1),
              }
            : { print: what.query.print },
          { signal },
        );
      },
      help: () => showKeys(signal),
    };
  }

  function tellStretch() {
    const { inPoint, outPoint, first, last } = playback;
    const isWhole = inPoint === null && outPoint === null;
    fill(
      deck.stretch,
      !isWhole && `${last - first + 1} frames, ${lengthText(reel.times[last] - reel.times[first])} `,
      !isWhole &&
        h(
          "button",
          { type: "button", class: "quiet", "aria-label": "No in and out points", on: { click: act.noPoints } },
          "×",
        ),
    );
    seek.drawMarks();
    remember();
  }

  function download(frame) {
    const link = h("a", { href: framePicture(frame) + "?download=1", download: "" });
    document.body.append(link);
    link.click();
    link.remove();
  }

  takeKeys(act, signal);
  const restore = () => {
    const byFrame = query.frame ? reel.placeOfFrame(Number(query.frame)) : -1;
    if (byFrame >= 0) return byFrame;
    if (query.at) return reel.placeOf(Date.parse(query.at));
    return what.atEnd ? reel.count - 1 : 0;
  };
  playback.go(restore());
  show();
  seek.drawMarks();
  // What an address asks for may lie on a page that is still to come.
  const begunAt = playback.place;
  loading
    .then(() => {
      if (signal.aborted) return;
      if (query.in) playback.inPoint = reel.placeOf(Date.parse(query.in));
      if (query.out) playback.outPoint = reel.placeOf(Date.parse(query.out));
      if (playback.place === begunAt && !playback.isPlaying) playback.go(restore());
      tellStretch();
      source.look();
      show();
      if (!reel.isWhole)
        toast(`These are the first ${reel.count} of ${reel.total} frames.`, {
          hint: "The timeline leads to the others.",
        });
    })
    .catch((error) => signal.aborted || toastProblem(error));

  if (what.follows) {
    onNews(
      "frame",
      (frame) => {
        if (frame.camera !== reel.camera) return;
        if (what.query.print && frame.print !== what.query.print) return;
        const wasLast = playback.place === reel.count - 1;
        if (!reel.append(frame)) return;
        if (wasLast && !playback.isPlaying) playback.go(reel.count - 1);
        show();
      },
      signal,
    );
  }
  setText(document.getElementById("said"), `${what.title}, ${fullText(reel.times[playback.place])}`);
}
