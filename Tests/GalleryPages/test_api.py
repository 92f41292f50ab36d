"""The API holds to its description, whatever is asked of it."""
import pathlib, subprocess, sys, urllib.error, urllib.request, json
import pytest

DESCRIPTION = pathlib.Path(__file__).parents[2] / "Sources/CGalleryAssets/assets/openapi.yaml"


def test_its_description_is_sound():
    import yaml, openapi_spec_validator as validator
    validator.validate(yaml.safe_load(DESCRIPTION.read_text()))


def test_fuzzing_finds_nothing(world, tmp_path):
    told = world.pass_()
    done = subprocess.run(["st", "run", str(DESCRIPTION), "--url", f"{world.base}/api/v1", "--exclude-path-regex", "^/(events|cameras/.camera./when|login|timelapses$)", "--max-examples", "15", "--seed", "1", "--request-timeout", "20",
                           "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance", "--phases", "examples,fuzzing", *(word for name, value in told.items() for word in ("-H", f"{name}: {value}")), "--suppress-health-check", "all", "--no-color"],
                          capture_output=True, text=True, cwd=tmp_path, timeout=170)
    assert done.returncode == 0, done.stdout[-4000:]


def change(world, method, path, body, **headers):
    request = urllib.request.Request(f"{world.base}/api/v1/{path}", None if body is None else json.dumps(body).encode(), {"Content-Type": "application/json", **headers}, method=method)
    try: return urllib.request.urlopen(request, timeout=10).status, None
    except urllib.error.HTTPError as error: return error.code, json.load(error)["label"]


def test_changes_want_the_token_and_the_same_origin(world):
    frame = world.value("SELECT min(id) FROM frame")
    body = {"frames": [[frame, frame]], "pinned": True}
    told = world.pass_()
    assert change(world, "POST", "marks", body) == (403, "token")
    assert change(world, "POST", "marks", body, **dict(told, **{"X-Printlapse-Token": "x" * 24})) == (403, "token")
    assert change(world, "POST", "marks", body, **told, **{"Sec-Fetch-Site": "cross-site"}) == (403, "cross_site")
    assert change(world, "POST", "marks", dict(body, pinned=False), **told, **{"Sec-Fetch-Site": "same-origin"}) == (200, None)


def test_pictures_are_the_archives_with_strong_etags_and_ranges(world):
    frame, digest = world.rows("SELECT id, lower(hex(sha256)) FROM frame ORDER BY id LIMIT 1")[0]
    jpeg = world.jpeg(frame)
    address = f"{world.base}/api/v1/frames/{frame}/picture"
    def ask(method="GET", **headers):
        try: return urllib.request.urlopen(urllib.request.Request(address, headers=headers, method=method), timeout=10)
        except urllib.error.HTTPError as error: return error
    whole = ask()
    assert whole.read() == jpeg and whole.headers["ETag"] == f'"{digest}"' and "immutable" in whole.headers["Cache-Control"]
    assert ask("HEAD").headers["Content-Length"] == str(len(jpeg))
    assert ask(**{"If-None-Match": f'"{digest}"'}).status == 304
    for asked, part in (("bytes=0-9", jpeg[:10]), ("bytes=-10", jpeg[-10:]), (f"bytes={len(jpeg) - 5}-", jpeg[-5:])):
        answer = ask(Range=asked)
        assert answer.status == 206 and answer.read() == part
    assert ask(Range=f"bytes={len(jpeg)}-").status == 416


def test_pages_of_a_list_are_all_of_it(world):
    seen, after = [], None
    for _ in range(1000):
        page = world.get(f"frames?limit=7&until=2099-01-01T00:00:00.000Z" + (f"&after={after}" if after else ""))
        seen += [frame["id"] for frame in page["items"]]
        after = page["next"]
        if not after or len(seen) > 60: break
    assert seen == sorted(set(seen)) and len(seen) > 30
