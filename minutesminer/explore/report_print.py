"""A page printed to PDF by the browser that is installed, without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from minutesminer.errors import ReportError, UsageError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""Programs that can print, in the order in which they are looked for on PATH."""

_SECONDS = 120
_OPTIONS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
    # The page asks for nothing; no more does the browser get anything that it asks for itself.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)


def print_pdf(page: bytes, folder: Path) -> bytes:
    """The HTML `page` as PDF. Chromium or Chrome works in a folder made below `folder` and removed again.

    Raises UsageError where there is no browser or the folder cannot be written, ReportError where the browser fails.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise UsageError(
            "a PDF needs Chromium or Chrome, and none is on PATH; install one, or write --out report.html and print it "
            "from any browser"
        )
    try:
        # Not in the system's own folder for such: browsers that are packaged as snaps see another one there.
        with tempfile.TemporaryDirectory(prefix="minutesminer-report-", dir=folder, ignore_cleanup_errors=True) as made:
            return _print(browser, page, Path(made).resolve())
    except OSError as error:
        raise UsageError(f"the folder {folder} cannot be written ({error.strerror}); name another file") from error


def _print(browser: str, page: bytes, folder: Path) -> bytes:
    html, pdf = folder / "report.html", folder / "report.pdf"
    html.write_bytes(page)
    # Browsers refuse to be run by root in a sandbox, as in a container.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [browser, *_OPTIONS, *sandbox, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}"]
    try:
        done = subprocess.run(
            [*command, html.as_uri()], stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReportError(f"{browser} did not print the report in {_SECONDS} s; write --out report.html instead") from (
            error
        )
    if done.returncode or not pdf.is_file():
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ReportError(
            f"{browser} could not print the report ({said[-1] if said else f'it ended with {done.returncode}'}); "
            "write --out report.html and print it from any browser"
        )
    return pdf.read_bytes()
