#!/usr/bin/env python3
"""Print compile_commands.json: every C file below the folders, each compiled by the same command.

    tools/compile_commands.py BUILD_FOLDER SOURCE_FOLDER COMMAND...
"""
import json
import pathlib
import sys

folder, source, *command = sys.argv[1:]
files = [f for part in ("src", "tests") for f in sorted(pathlib.Path(source, part).rglob("*.c"))]
json.dump(
    [
        {
            "directory": folder,
            "arguments": [w for w in command if w != "ccache"] + ["-c", str(f)],
            "file": str(f),
        }
        for f in files
    ],
    sys.stdout,
    indent=1,
)
