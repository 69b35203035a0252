/* Fuzz target: XML records and captions. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"akoma-ntoso", false},
    {"tei", false},
    {"hansard", false},
    {"ttml", true},
    {"srv1", true},
    {"elan", false},
    {"exmaralda", false},
    {"ohms", false},
    {"transcriber", false},
    {"bundestag", false},
    {"assemblee-nationale", false},
    {"canada-commons", false},
    {"australia-hansard", false},
    {"ndl-diet-xml", false},
    {"utterances-xml", false},
    {"dcp", true},
};

static const struct fuzz_text texts[] = {
    {3, 9,
     "<?xml version='1.0'?><!DOCTYPE tt [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY c SYSTEM "
     "'file:///etc/passwd'>]><tt xmlns='x'><body><div><p begin='00:00:01.5' end='2.5s' "
     "ttm:agent='s'>a&b;<br/>&c;&mdash;<![CDATA[<]]></p><p begin='9f' "
     "dur='1t'/></div></body></tt>"},
    {3, 5,
     "<tt xmlns='x'><body><div timeContainer='seq' begin='1:02.5'><p begin='3s'><span "
     "begin='3s' "
     "unit='word'>a</span><span begin='4s'>b</span></p><p dur='1s'/></div></body></tt>"},
    {9, 2,
     "<dbtplenarprotokoll sitzung-datum='13.09.2031'><rede><p klasse='redner'><redner "
     "id='1'><name>"
     "<vorname>A</vorname></name></redner>A:</p><p "
     "klasse='J'>b</p><name>C:</name><kommentar>(d)"
     "</kommentar></rede></dbtplenarprotokoll>"},
    {10, 2,
     "<compteRendu><dateSeance>20310913</dateSeance><paragraphe><orateurs><nom>A</nom></"
     "orateurs>"
     "<texte stime='1'>(b)</texte></paragraphe></compteRendu>"},
    {11, 2,
     "<Hansard><ExtractedItem Name='Date'>May 1, 2031</ExtractedItem><Timestamp Hr='1' Mn='2'/>"
     "<Intervention><PersonSpeaking><Affiliation>A (B, "
     "C)</Affiliation></PersonSpeaking><ParaText>d"
     "</ParaText></Intervention></Hansard>"},
    {12, 2,
     "<hansard><session.header><date>2031-05-01</date></session.header><speech><talker><name "
     "role='metadata'>A, B</name></talker><p><a type='MemberSpeech'>C</a> (1:02): "
     "d</p></speech>"
     "</hansard>"},
    {13, 2, "<data><speechRecord><speaker>A</speaker><speech>b</speech></speechRecord></data>"},
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
