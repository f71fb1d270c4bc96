"""What the chart costs a browser: python -m benchmarks.chart [EVENTS] [ADDRESS].

CPU time of the renderer, by Chromium's own tracing. Without an address a world of so many events (100,000) is served
from here.
"""

import datetime as dt
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import scratch

EVENTS = 100_000
CATEGORIES = ["toplevel", "blink.user_timing", "__metadata"]
VIEWPORT = {"width": 1440, "height": 1000}
BUDGETS = {"first draw": 150, "nodes": 1500}  # ms of CPU, and a number
LENGTHS = (None, 3650, 1095, 365, 90, 30, 7)  # days shown while the nodes are counted; None: all
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

FRAMES = "const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
DRAW = f"""async () => {{
    {FRAMES}
    const figure = document.querySelector("[data-figure]");
    const text = figure.innerHTML;
    figure.innerHTML = "";
    await frames();
    performance.mark("step");
    await frames(); // a task counts for the mark that it begins after
    document.querySelector("lane-chart").put(text);
    await frames();
    performance.mark("step");
}}"""
NODES = "() => document.querySelectorAll('#lanes .lanes svg, #lanes .lanes svg *').length"


@contextmanager
def served(events: int) -> Iterator[str]:
    """Yield the address of a server with a world of so many events."""
    prepare = f"from benchmarks.scratch import prepare, read_index; prepare({events}); read_index()"
    subprocess.run([sys.executable, "-c", prepare], stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{(port := free_port())}", "--noreload"]
    settings = os.environ | {"DATABASE_URL": scratch.address(events)}
    with subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            yield answering(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answering(address: str) -> str:
    """Return the address once a server answers there."""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2).close()  # noqa: S310 (our own server)
        except OSError:
            time.sleep(0.2)
        else:
            return address
    sys.exit(f"No server answers at {address}.")


def cpu_of_steps(browser: Browser, page: Page, script: str, *arguments) -> tuple[list[float], list[float]]:
    """Return the CPU milliseconds between the marks that a script sets: of the main thread, and of all of its process."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.evaluate(script, *arguments)
    trace = json.loads(browser.stop_tracing())["traceEvents"]
    marks = sorted(event["ts"] for event in trace if event.get("name") == "step" and event.get("ph") in "Ii R")
    thread = next((task["pid"], task["tid"]) for task in trace if task.get("name") == "step")
    tasks = [
        task
        for task in trace
        if task.get("ph") == "X" and task.get("cat", "").startswith("toplevel") and "tdur" in task
    ]
    renderer_tasks = [task for task in tasks if task["pid"] == thread[0]]
    return between(marks, [task for task in renderer_tasks if task["tid"] == thread[1]]), between(marks, renderer_tasks)


def between(marks: list[int], tasks: list[dict]) -> list[float]:
    """Return the CPU milliseconds of the tasks that begin between two marks. A task within a task is not counted again."""
    taken, ends = [0.0] * (len(marks) - 1), defaultdict(int)
    for task in sorted(tasks, key=lambda task: task["ts"]):
        if task["ts"] < ends[task["tid"]]:
            continue
        ends[task["tid"]] = task["ts"] + task["dur"]
        step = next((n for n in range(len(taken)) if marks[n] <= task["ts"] < marks[n + 1]), None)
        if step is not None:
            taken[step] += task["tdur"] / 1000
    return taken


def measure(address: str) -> dict[str, tuple[float, float]]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(viewport=VIEWPORT)
        figures = {}
        page.goto(address)
        page.wait_for_selector(".mark", state="attached")
        page.locator(".lanes").scroll_into_view_if_needed()
        draws = [cpu_of_steps(browser, page, DRAW) for _ in range(7)]
        figures["first draw"] = tuple(median(draw[part][0] for draw in draws) for part in (0, 1))
        figures["nodes"] = (max(count_nodes(page, address)),) * 2
        browser.close()
    return figures


def shown(page: Page) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that the lanes show."""
    texts = page.locator(".lanes-figure [data-shown]").inner_text().split(" to ")
    first, last = (dt.datetime.strptime(text, "%d %B %Y").date() for text in texts)
    return first, last


def period(least: dt.date, most: dt.date, days: int | None) -> str:
    """Return the period of so many days, up to a tenth of the whole before its end, where the events are dense."""
    last = most - (most - least) / 10
    return f"from={last - dt.timedelta(days)}&to={last}" if days else ""


def count_nodes(page: Page, address: str) -> Iterator[int]:
    least, most = shown(page)
    for kind in ("category", "actor", "publisher"):
        for days in LENGTHS:
            page.goto(f"{address}/?lanes={kind}&{period(least, most, days)}")
            page.wait_for_selector(".mark", state="attached")
            yield page.evaluate(NODES)


def main(events: int, address: str = "") -> int:
    """Return 0 where every figure keeps to its budget."""
    if address:
        figures = measure(answering(address.rstrip("/")))
    else:
        with served(events) as address:
            figures = measure(address)
    print(f"{'':12} {'main thread':>12} {'renderer':>12} {'goal':>10} {'share':>6}")
    for name, (main_thread, all_threads) in figures.items():
        unit = "" if name == "nodes" else " ms"
        print(
            f"{name:12} {main_thread:>9.1f}{unit:3} {all_threads:>9.1f}{unit:3} {BUDGETS[name]:>7}{unit:3} {main_thread / BUDGETS[name]:>6.2f}"
        )
    return int(any(figures[name][0] > budget for name, budget in BUDGETS.items()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS, *sys.argv[2:3]))
