"""Health: what is wrong, and what was checked, by itself."""
import subprocess


def test_alerts_are_told_and_are_over(browser, troubled_world):
    browser.base = troubled_world.base
    browser.open("health")
    alerts = "[...document.querySelectorAll('section[aria-label=Alerts] li')].map((row) => row.innerText)"
    # It begins while one looks, or has begun before.
    browser.wait(f"return {alerts}.some((text) => text.includes('unauthorized: shy') && text.includes('since'))", seconds=30)
    browser.wait(f"return {alerts}.some((text) => text.includes('unauthorized began'))", seconds=10)
    assert browser.axe()[0] == []
    browser.open("now")
    browser.wait("return document.querySelector('.summary').textContent.includes('needs you')")
    browser.open("health")
    troubled_world.camera.refuses = False
    browser.wait(f"return !{alerts}.some((text) => text.includes('unauthorized: shy')) && {alerts}.some((text) => text.includes('unauthorized is over'))", seconds=60)


def test_a_check_is_told_as_soon_as_it_has_ended(request, browser, turned_world):
    browser.base = turned_world.base
    program, text = request.config.getoption("--printlapse"), "document.querySelector('section[aria-label=\"Pictures at rest\"]').innerText"
    browser.open("health")
    browser.wait(f"return {text}.includes('Not checked yet')")
    subprocess.run([program, "verify", "--archive", turned_world.archive], check=True, capture_output=True)
    browser.wait(f"return {text}.includes('All is well') && {text}.includes('8 frames')")
    assert turned_world.get("verify")["last"]["options"] == ""
    subprocess.run([program, "verify", "--subset", "1/2", "--archive", turned_world.archive], check=True, capture_output=True)
    browser.wait(f"return {text}.includes('--subset 1/2')")
    browser.open("health")
    browser.wait(f"return {text}.includes('--subset 1/2')")
