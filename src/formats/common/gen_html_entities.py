#!/usr/bin/env python3
"""Write html5_entities.inc: the named character references that HTML 5 adds to HTML 4.

    gen_html_entities.py [--check]

The source is Python's html.entities, which holds the list of the HTML standard (section 13.5).
--check writes nothing and fails where the file beside this script would change.
"""

import os
import re
import sys
from html.entities import html5

HERE = os.path.dirname(os.path.abspath(__file__))
HEAD = """/* The named character references that HTML 5 adds to those of HTML 4, sorted by name. Generated
 * by gen_html_entities.py: do not edit. */
"""


def rows():
    """Each name that ends in a semicolon, with its one or two code points."""
    with open(os.path.join(HERE, "html_entities.inc"), encoding="utf-8") as file:
        known = set(re.findall(r'\{"(\w+)",', file.read()))
    for name in sorted(html5, key=lambda name: name.rstrip(";")):
        if name.endswith(";") and name[:-1] not in known:
            points = [ord(sign) for sign in html5[name]] + [0]
            yield f'    {{"{name[:-1]}", {{0x{points[0]:04X}, 0x{points[1]:04X}}}}},\n'


def main():
    path = os.path.join(HERE, "html5_entities.inc")
    text = HEAD + "".join(rows())
    if "--check" in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            return 0 if file.read() == text else 1
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
