"""Reads reports as an HTML5 parser and as Chromium do: prints each to PDF and looks at every page.

usage: page.py FOLDER CLASSIFICATION REPORT...
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import html5lib

MM = 72 / 25.4
LEFT, RIGHT = 25 * MM, (210 - 17) * MM
# The empty half of a bracket may hang over the margin.
HANGING = 6
PICTURE = '<img src="http://127.0.0.1:9/fetched.png" alt="" />'


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def chromium(folder, page):
    """Prints a page; gives the PDF and the addresses that the page itself asked for."""
    pdf, log = folder / f"{page.stem}.pdf", folder / f"{page.stem}.net.json"
    options = [
        "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", f"--print-to-pdf={pdf}",
    ]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    for old in (pdf, log):
        old.unlink(missing_ok=True)
    done = subprocess.run(
        ["chromium", *options, page.resolve().as_uri()], capture_output=True, text=True, timeout=180
    )
    assert done.returncode == 0 and pdf.is_file(), f"{page}: not printed\n{done.stderr}"
    # One event a line; the end may be missing.
    lines = [line.rstrip(",\n") for line in log.open(encoding="utf-8")]
    events = [json.loads(line) for line in lines if line.startswith('{"params":') and line.endswith("}")]
    asked = [event["params"] for event in events]
    # What Chromium asks for on its own account has no origin.
    asked = [
        params["url"] for params in asked
        if "url" in params and params.get("initiator", "not an origin") != "not an origin"
    ]
    return pdf, sorted({url for url in asked if not url.startswith("file:")})


def check_pdf(pdf, title, number, care, classification):
    facts = dict(line.split(":", 1) for line in run("pdfinfo", pdf).splitlines() if ":" in line)
    assert "(A4)" in facts["Page size"], facts["Page size"]
    pages = int(facts["Pages"])
    assert pages > 1, f"{pages} pages"
    sizes = run("pdfinfo", "-l", str(pages), pdf)
    assert sizes.count("(A4)") == pages, "a page of another size"
    squeezed = lambda text: re.sub(r"\s", "", text)
    for page in range(1, pages + 1):
        text = squeezed(run("pdftotext", "-f", str(page), "-l", str(page), "-layout", pdf, "-"))
        for word in (f"{page}/{pages}", title, number, care + classification):
            assert squeezed(word) in text, f"page {page} of {pages} lacks {word}"
        body = text.replace(squeezed(title), "", 1)
        assert len(body) > 60, f"page {page} of {pages} is empty"
    words = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"[^>]*>([^<]*)', run("pdftotext", "-bbox", pdf, "-"))
    assert len(words) > 1000
    out = [word for left, right, word in words if float(left) < LEFT - HANGING or float(right) > RIGHT + HANGING]
    assert not out, f"outside the margins: {out[:5]}"
    fonts = run("pdffonts", pdf).splitlines()[2:]
    # Name, type, encoding, embedded, ...
    assert fonts and all(re.search(r"\byes +(yes|no) +(yes|no) +\d+ +\d+$", font) for font in fonts), "a font is not in the file"
    return pages


def main():
    folder, classification = Path(sys.argv[1]), sys.argv[2]
    for name in sys.argv[3:]:
        report = Path(name)
        html = report.read_text(encoding="utf-8")
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        title = tree.find(".//title").text
        pdf, asked = chromium(folder, report)
        assert not asked, f"{report} asks for {asked}"
        care = {"ja": "取扱注意", "en": "Handle with care"}[tree.get("lang")]
        pages = check_pdf(pdf, title, "第１号", care, classification)
        print(f"{report.name}: {pages} pages")
    # The check itself: a picture from elsewhere is seen to be asked for, unless the page forbids it.
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    for name, page, wanted in (
        ("open", policy.sub("", html), True),
        ("forbidden", html, False),
    ):
        assert policy.search(html)
        file = folder / f"{name}.html"
        file.write_text(page.replace("<main id=\"main\">", f"<main id=\"main\">{PICTURE}", 1), encoding="utf-8")
        _, asked = chromium(folder, file)
        assert bool(asked) == wanted, f"{name}: {asked}"
    print("nothing is fetched, and could not be")


main()
