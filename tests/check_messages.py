#!/usr/bin/env python3
"""Find texts for people in the sources that no catalogue can translate.

    tests/check_messages.py POT FILE...

A literal with words in it is for people where it is given to a function that prints, draws or makes
a message, or where it stands in a table as a phrase. It has to be in POT, the template that xgettext
made; what is for programs (JSON, SQL, other files) is told by its form, or named in EXEMPT."""
import re
import sys

TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[A-Za-z_]\w*|[^\s]', re.S)

# Functions that make a message of a literal, whatever it holds, and those that print any text.
MESSAGE = re.compile(
    r'^(error_set|error_set_at|error_set_errno|diagnostics_add|json_file_error|foreign_json_error|'
    r'shilu_record_say|ui_say|ui_error|ui_ask_key|say|say_saved|refuse|fail|fail_limit|stop|fault|'
    r'unknown|unexpected|step_past_comma|note_comma|report|leave_out|take_name|grid_string|grid_text)$')
PRINT = re.compile(r'^(fputs|fprintf|snprintf|buffer_append_format|buffer_append_string|[{(])$')

# What stays English, by file and the start of the literal.
EXEMPT = {
    'src/analysis/': 'words of records',
    'src/app/copy.c: tmux': 'a command',
    'src/app/copy.c: xclip': 'a command',
    'src/app/copy.c: xsel': 'a command',
    'src/app/browse.c: shilu: out of memory': 'nothing may be looked up by then',
    'src/cli/options_completion.c': 'shell scripts',
    'src/cli/options_table.c: remark': 'values',
    'src/cli/options_table.c: auto': 'values',
    'src/cli/options_table.c: formats': 'values',
    'src/cli/options_table.c: bash': 'values',
    'src/commands/corrections.c: segment,state': 'a heading of CSV',
    'src/formats/common/emit.c': 'words of records',
    'src/formats/common/speaker_prefix.c': 'words of records',
    'src/formats/corpora/chat.c: Recording Quality': 'words of records',
    'src/formats/parliaments/member_label.c': 'words of records',
    'src/formats/records/choose.c': 'a trace for developers',
    'src/formats/records/line/label.c': 'words of records',
    'src/formats/records/line/layout.c: {': 'templates',
    'src/formats/records/line/layout.c: From {': 'templates',
    'src/formats/records/record_habits.c': 'words of records',
    'src/formats/records/score.c': 'a trace for developers',
    'src/formats/records/line/stamp.c': 'words of records',
    'src/formats/records/line/vocabulary.c': 'words of records',
    'src/formats/write/': 'forms of files',
    'src/index/': 'SQL',
    'src/main.c: shilu: out of memory': 'nothing may be looked up by then',
    'src/model/speaker.c': 'words of records',
    'src/store/actions.c: .Ss': 'mdoc',
    'src/store/citation.c': 'forms of files',
    'src/view/theme.c: Attributes': 'as the titles in files of themes',
}


def literals(text):
    """Yield (line, literal, function or bracket that holds it)."""
    stack = []
    previous = None
    current = None
    for match in TOKEN.finditer(text):
        token = match.group(0)
        if token == '\\' or token.startswith(('/*', '//')):
            continue
        if token[0] == '"':
            if current is None:
                holder = stack[-1] if stack else ''
                current = [text.count('\n', 0, match.start()) + 1, token[1:-1], holder, previous]
            else:
                current[1] += token[1:-1]
            continue
        if current is not None:
            yield current
            current = None
        if token == '(':
            stack.append(previous if previous and re.match(r'[A-Za-z_]', previous) else '(')
        elif token in '{[':
            stack.append(token)
        elif token in ')}]' and stack:
            stack.pop()
        previous = token


def unescape(text):
    return text.replace('\\"', '"')


def messages_of(pot):
    found = set()
    text = open(pot, encoding='utf-8').read()
    for entry in re.finditer(r'^msgid(?:_plural)? ((?:"(?:\\.|[^"\\])*"\s*)+)', text, re.M):
        found.add(''.join(re.findall(r'"((?:\\.|[^"\\])*)"', entry.group(1))))
    return found


def main():
    messages = messages_of(sys.argv[1])
    bad = 0
    for path in sys.argv[2:]:
        text = open(path, encoding='utf-8').read()
        for line, literal, holder, _ in literals(text):
            bare = re.sub(r'%[-+ #0-9.*]*(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]|\\[a-z0-9]+', '', literal)
            phrase = re.search(r'[a-z]{2,} [a-z]', bare) and '\\"' not in literal
            if literal in messages or f'{path}: {literal}'.startswith(tuple(EXEMPT)):
                continue
            if holder in ('_', 'N_', 'ngettext'):
                print(f'{path}:{line}: not in the template: "{literal}"')
            elif MESSAGE.match(holder) and re.search('[A-Za-z]{2}', bare) or PRINT.match(holder) and phrase:
                print(f'{path}:{line}: {holder} "{literal[:90]}" is not translated')
            else:
                continue
            bad += 1
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
