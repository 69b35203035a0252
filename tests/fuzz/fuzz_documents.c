/* Fuzz target: documents in archives, and corpora that are not XML. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"chat", false}, {"textgrid", false}, {"docx", false}, {"odt", false}, {"trn", false},
};

static const struct fuzz_text texts[] = {
    {4, 2, "0.00 1.84\tA:\tSo.\n1.84 2.6\t\t.. And\n2.6 3\t>ENV:\t((X))\n9.1 8.0 B: x\n"},
    {0, 3,
     "@Begin\n*A:\t<a> [//] (b)c &=d +/. \x15"
     "1_2\x15\n\tmore [=! e\n%x:\ty\n@G:\tz\n"},
    {1, 5,
     "File type = \"ooTextFile\"\n\"TextGrid\" 0 1 <exists> 1 \"IntervalTier\" \"a\" 0 1 2 0 "
     "-1e9 \"x\"\"y\" 1 nan \"\""},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_documents = {
    "documents", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};
