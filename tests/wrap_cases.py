#!/usr/bin/env python3
"""Wrap text cases as web pages and Word documents.

    wrap_cases.py CASES INTO

CASES is a folder of cases as ../shared/cases has them; each text with an expectation is written
to INTO/p (a page with one <p> a line), INTO/br (one paragraph with <br>), INTO/docx and INTO/odt,
with the same expectation beside it; INTO/text has it as it is. Blank lines end a paragraph in br, and are empty paragraphs
elsewhere.
"""
import html
import os
import re
import shutil
import sys
import zipfile

PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title><style>p {{ margin: 0 }}</style>
<script>var nothing = "<p>said</p>";</script></head><body>
<header><a href="/">Start</a> <a href="/news">News</a></header>
<nav><ul><li><a href="/a">All records</a></li><li><a href="/b">Search the site</a></li></ul></nav>
<div class="text">
{body}
</div>
<footer><a href="/legal">Legal notice</a> <a href="/contact">Contact</a></footer>
</body></html>
"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NO_BREAK = "&nbsp;"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"


def spaced(line):
    """Runs of blanks, which HTML would fold, as no-break spaces."""
    line = html.escape(line, quote=False).replace("\t", "    ")
    return re.sub(r"^ +| {2,}", lambda m: "\u00a0" * len(m.group()), line)


def page_of_paragraphs(lines):
    return "\n".join(f"<p>{spaced(line) or NO_BREAK}</p>" for line in lines)


def page_of_breaks(lines):
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines))
    return "\n".join(
        "<p>" + "<br>\n".join(spaced(line) for line in p.split("\n")) + "</p>"
        for p in paragraphs if p.strip())


def docx(path, lines):
    runs = "".join(
        '<w:p><w:r><w:t xml:space="preserve">'
        + html.escape(line, quote=False).replace("\t", "</w:t><w:tab/><w:t xml:space=\"preserve\">")
        + "</w:t></w:r></w:p>" for line in lines)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml",
                   f'<w:document xmlns:w="{WORD}"><w:body>{runs}</w:body></w:document>')


def odt(path, lines):
    def words(line):
        line = html.escape(line, quote=False).replace("\t", "<text:tab/>")
        return re.sub(r"^ +| {2,}", lambda m: f'<text:s text:c="{len(m.group())}"/>', line)

    body = "".join(f"<text:p>{words(line)}</text:p>" for line in lines)
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        z.writestr("content.xml",
                   f'<office:document-content xmlns:office="{OPEN}office:1.0" '
                   f'xmlns:text="{OPEN}text:1.0"><office:body><office:text>{body}</office:text>'
                   "</office:body></office:document-content>")


def wrap(source, into, name):
    with open(source, encoding="utf-8", errors="replace") as file:
        lines = re.sub("[\x00-\x08\x0b-\x1f]", "", file.read()).split("\n")
    ways = {
        "text": (".txt", lambda path: shutil.copy(source, path)),
        "p": (".html", lambda path: write_page(path, name, page_of_paragraphs(lines))),
        "br": (".html", lambda path: write_page(path, name, page_of_breaks(lines))),
        "docx": (".docx", lambda path: docx(path, lines)),
        "odt": (".odt", lambda path: odt(path, lines)),
    }
    for way, (ending, write) in ways.items():
        folder = os.path.join(into, way)
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name + ending)
        write(path)
        shutil.copy(source + ".expect.json", path + ".expect.json")


def write_page(path, name, body):
    with open(path, "w", encoding="utf-8") as file:
        file.write(PAGE.format(title=html.escape(name), body=body))


def main():
    cases, into = sys.argv[1:]
    for folder, _, names in sorted(os.walk(cases)):
        if os.path.basename(folder) == "captions":
            continue  # nobody keeps these in documents
        for name in sorted(names):
            source = os.path.join(folder, name)
            if name.endswith(".txt") and os.path.exists(source + ".expect.json"):
                group = os.path.basename(folder)
                wrap(source, into, f"{group}-{name[:-4]}")


if __name__ == "__main__":
    main()
