#!/bin/sh
# The JSON Schema of the format: it is a schema, takes the samples and what shilu writes, and
# refuses what the reader refuses.
cd "$SHILU_SRCDIR" || exit 99
if ! python3 -c 'import jsonschema' 2>/dev/null; then
    echo 'skipped: python3 has no jsonschema here'
    exit 77
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
bad=0
for file in sample-data/town-meeting.json tests/fixtures/formats/webvtt/well-formed.vtt \
    tests/fixtures/formats/whisper/well-formed.json tests/fixtures/bad/official.txt; do
    "$SHILU_BUILDDIR/shilu" convert -f json -o "$scratch/$(basename "$file").json" "$file" || bad=1
done
python3 - "$scratch"/*.json <<'END' || bad=1
import json, sys
import jsonschema

def load(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)

schema = load('sample-data/transcript.schema.json')
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
good = sys.argv[1:] + ['sample-data/briefing.json', 'sample-data/town-meeting.json',
                       'sample-data/torture.json', 'tests/fixtures/hearing.json',
                       'tests/fixtures/bad/good.json']
wrong = ['tests/fixtures/bad/' + name for name in (
    'wrong-type-segments.json', 'wrong-type-speaker.json', 'wrong-type-text.json',
    'wrong-type-title.json', 'missing-text.json')]
bad = 0
for path in good:
    for error in validator.iter_errors(load(path)):
        print(f'{path}: {error.message}')
        bad = 1
for path in wrong:
    if validator.is_valid(load(path)):
        print(f'{path}: the schema takes it')
        bad = 1
sys.exit(bad)
END
exit $bad
