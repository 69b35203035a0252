/* Fuzz target: XML records and captions. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"akoma-ntoso", false}, {"tei", false},  {"hansard", false},
    {"ttml", true},         {"srv1", true},  {"elan", false},
    {"exmaralda", false},   {"ohms", false}, {"transcriber", false},
};

static const struct fuzz_text texts[] = {
    {3, 9,
     "<?xml version='1.0'?><!DOCTYPE tt [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM "
     "'file:///etc/passwd'>]><tt xmlns='x'><body><div><p begin='00:00:01.5' end='2.5s' "
     "ttm:agent='s'>a&b;<br/>&c;&mdash;<![CDATA[<]]></p><p begin='9f' "
     "dur='1t'/></div></body></tt>"},
    {0, 3,
     "<akomaNtoso><debate><debateBody><speech by='#a' startTime='10:01'><from>Ann "
     "(Chair)</from><p>x</p></speech></debateBody></debate></akomaNtoso>"},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_xml = {
    "xml", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};
