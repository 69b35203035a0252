/* Every format, from files that this makes itself: those of our writers, and of other programs
 * from templates. How fast a file is read, what opening a small one costs, and how long a
 * folder of them takes to search for what is nowhere, beside rg on the same bytes. One large
 * file is read beside what a bare parser takes: cJSON_Parse for JSON, expat for XML. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <expat.h>

#include "bench.h"
#include "bench_text.h"
#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"
#include "shilu/formats/registry.h"
#include "shilu/formats/writer.h"

enum { RUNS = 5, FOLDER_FILES = 40, FILE_BYTES = 300000, SMALL_BYTES = 7000, LARGE_MB = 20 };

static const char rare[] = "nowhereelse";

/* ---------------------------------------------------------------- other programs' formats */

/* What a template says of one utterance: %S and %E are start and end in seconds, %s and %e as
 * 0:00:00.00, %t the text, %T the text as JSON, %w its words with times as JSON, %n the name,
 * %i the name's number. */
struct template
{
    const char *name;
    const char *extension;
    const char *head;
    const char *item;
    const char *between;
    const char *tail;
};

static const struct template templates[] = {
    {"whisper", "json", "{\"text\":\"\",\"segments\":[",
     "{\"id\":0,\"seek\":0,\"start\":%S,\"end\":%E,\"text\":%T,\"tokens\":[1,2,3],"
     "\"temperature\":0.0,\"avg_logprob\":-0.2,\"compression_ratio\":1.5,"
     "\"no_speech_prob\":0.01}",
     ",", "],\"language\":\"en\"}\n"},
    {"assemblyai", "json",
     "{\"id\":\"a\",\"status\":\"completed\",\"audio_duration\":100,\"utterances\":[",
     "{\"confidence\":0.9,\"start\":%M,\"end\":%N,\"speaker\":\"%i\",\"text\":%T,\"words\":[%w]"
     "}",
     ",", "]}\n"},
    {"deepgram", "json",
     "{\"metadata\":{\"request_id\":\"a\",\"duration\":100.0},\"results\":{\"utterances\":[",
     "{\"start\":%S,\"end\":%E,\"confidence\":0.9,\"channel\":0,\"transcript\":%T,"
     "\"words\":[%w],\"speaker\":%i,\"id\":\"u\"}",
     ",", "]}}\n"},
    {"azure", "json",
     "{\"source\":\"a.wav\",\"timestamp\":\"2024-01-01T00:00:00Z\",\"durationInTicks\":1000,"
     "\"duration\":\"PT1S\",\"combinedRecognizedPhrases\":[],\"recognizedPhrases\":[",
     "{\"recognitionStatus\":\"Success\",\"channel\":0,\"speaker\":%i,"
     "\"offsetInTicks\":%M0000,\"durationInTicks\":10000000,"
     "\"nBest\":[{\"confidence\":0.9,\"lexical\":\"\",\"itn\":\"\",\"maskedITN\":\"\","
     "\"display\":%T}]}",
     ",", "]}\n"},
    {"bilibili", "json",
     "{\"font_size\":0.4,\"font_color\":\"#FFFFFF\",\"background_alpha\":0.5,\"Stroke\":"
     "\"none\","
     "\"body\":[",
     "{\"from\":%S,\"to\":%E,\"sid\":1,\"location\":2,\"content\":%T,\"music\":0.0}", ",",
     "]}\n"},
    {"ass", "ass",
     "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\n"
     "Style: Default,Arial\n\n[Events]\n"
     "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n",
     "Dialogue: 0,%s,%e,Default,%n,0,0,0,,%t", "\n", "\n"},
    {"ttml", "ttml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
     "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>\n",
     "<p begin=\"%Ss\" end=\"%Es\">%t</p>", "\n", "\n</div></body></tt>\n"},
    {"parlamint", "xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">"
     "<teiHeader><fileDesc><titleStmt><title>Sitting</title></titleStmt></fileDesc></teiHeader>"
     "<text><body><div type=\"debateSection\">\n",
     "<u who=\"#P%i\" ana=\"#regular\" xml:id=\"u\"><seg xml:id=\"s\">%t</seg></u>", "\n",
     "\n</div></body></text></TEI>\n"},
    {"akoma-ntoso", "xml",
     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
     "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">"
     "<debate name=\"d\"><debateBody><debateSection>\n",
     "<speech by=\"#P%i\"><from>%n</from><p>%t</p></speech>", "\n",
     "\n</debateSection></debateBody></debate></akomaNtoso>\n"},
    {"official text", "txt", "Press conference\n\n", "• [%n]%t 2020-03-09 10:01:29", "\n",
     "\n"},
    {"named text", "txt", "", "%n: %t", "\n", "\n"},
    {"sbv", "sbv", "", "%s,%e\n%t\n", "\n", "\n"},
};

static void append_json_text(struct buffer *out, const char *text, size_t bytes)
{
    buffer_append_char(out, '"');
    buffer_append(out, text, bytes);
    buffer_append_char(out, '"');
}

static void append_words(struct buffer *out, const char *text, size_t bytes, double start)
{
    const char *end = text + bytes;
    size_t number = 0;

    while (text < end) {
        const char *stop = memchr(text, ' ', (size_t)(end - text));

        stop = stop != NULL ? stop : end;
        if (stop > text)
            buffer_append_format(out,
                                 "%s{\"word\":\"%.*s\",\"text\":\"%.*s\",\"start\":%.2f,"
                                 "\"end\":%.2f,\"confidence\":0.9}",
                                 number++ > 0 ? "," : "", (int)(stop - text), text,
                                 (int)(stop - text), text, start, start + 0.3);
        start += 0.3;
        text = stop + 1;
    }
}

static void append_clock(struct buffer *out, int64_t ms)
{
    buffer_append_format(out, "%" PRId64 ":%02d:%02d.%02d", ms / 3600000,
                         (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms / 10 % 100));
}

static void append_item(struct buffer *out, const char *item, const struct transcript *t,
                        uint32_t segment)
{
    const struct segment *s = transcript_segment(t, segment);
    int64_t end_ms = transcript_end_ms(t, segment);
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    for (; *item != '\0'; item++) {
        if (*item != '%') {
            buffer_append_char(out, *item);
            continue;
        }
        switch (*++item) {
        case 'S':
            buffer_append_format(out, "%.2f", (double)s->start_ms / 1000);
            break;
        case 'E':
            buffer_append_format(out, "%.2f", (double)end_ms / 1000);
            break;
        case 'M':
            buffer_append_format(out, "%" PRId64, s->start_ms);
            break;
        case 'N':
            buffer_append_format(out, "%" PRId64, end_ms);
            break;
        case 's':
            append_clock(out, s->start_ms);
            break;
        case 'e':
            append_clock(out, end_ms);
            break;
        case 't':
            buffer_append(out, text, bytes);
            break;
        case 'T':
            append_json_text(out, text, bytes);
            break;
        case 'w':
            append_words(out, text, bytes, (double)s->start_ms / 1000);
            break;
        case 'n':
            buffer_append_string(out, transcript_speaker_at(t, s->speaker)->name);
            break;
        default:
            buffer_append_format(out, "%" PRIu32, s->speaker);
        }
    }
}

static void write_template(const struct template *format, const struct transcript *t, FILE *out)
{
    struct buffer text = {0};

    buffer_append_string(&text, format->head);
    for (uint32_t i = 0; i < transcript_count(t); i++) {
        if (i > 0)
            buffer_append_string(&text, format->between);
        append_item(&text, format->item, t, i);
    }
    buffer_append_string(&text, format->tail);
    fwrite(text.data, 1, text.bytes, out);
    buffer_release(&text);
}

/* -------------------------------------------------------------------------------- files */

struct format {
    const char *name;
    const char *extension;
    const struct writer_ops *writer;
    const struct template *template;
};

static char *make_path(const char *folder, const struct format *f, size_t number)
{
    struct buffer path = {0};

    buffer_append_format(&path, "%s/%03zu.%s", folder, number, f->extension);
    return buffer_take(&path);
}

/* As much text as makes a file of about `bytes`. */
static bool write_file(struct bench_text *text, const struct format *f, const char *path,
                       size_t number, size_t bytes)
{
    struct selection all = SELECTION_INIT;
    struct writer_options options = {.columns = 0};
    size_t wanted = bytes;
    struct error err;
    bool ok = true;

    for (int try = 0; try < 2; try++) {
        struct transcript *t = bench_text_record(text, number, wanted);
        FILE *out = fopen(path, "w");
        struct stat st;

        if (out == NULL)
            exit(2);
        if (f->writer != NULL)
            ok = f->writer->write(t, &all, &options, out, &err);
        else
            write_template(f->template, t, out);
        fclose(out);
        transcript_free(t);
        if (!ok || stat(path, &st) != 0 || st.st_size == 0)
            return false;
        wanted = (size_t)((double)wanted * (double)bytes / (double)st.st_size);
    }
    return true;
}

/* ------------------------------------------------------------------------------- measures */

static double processor_us(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/* Segments; *format is what it was read as. */
static size_t load(const char *path, const char **format)
{
    struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err;
    struct source *source = source_open_path(path, &err);
    struct loader *loader = source != NULL ? loader_new(source, t, &options, &err) : NULL;
    size_t count;

    if (loader != NULL)
        loader_run(loader, &err);
    count = transcript_count(t);
    if (format != NULL)
        *format = loader != NULL ? loader_format_name(loader) : "";
    loader_free(loader);
    transcript_free(t);
    return count;
}

static double load_us(const char *path, int times)
{
    double us[RUNS];

    for (int run = 0; run < RUNS; run++) {
        double begin = processor_us();

        for (int i = 0; i < times; i++)
            load(path, NULL);
        us[run] = (processor_us() - begin) / times;
    }
    return bench_median(us, RUNS);
}

static double run_ms(const char *program, const char *folder)
{
    struct buffer line = {0};
    double ms[RUNS];

    buffer_append_format(&line, "%s %s '%s' >/dev/null 2>&1", program, rare, folder);
    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_now_us();

        if (system(line.data) == -1)
            exit(2);
        ms[i] = (double)(bench_now_us() - begin) / 1000;
    }
    buffer_release(&line);
    return bench_median(ms, RUNS);
}

static double cjson_us(const char *text)
{
    double begin = processor_us();

    cJSON_Delete(cJSON_Parse(text));
    return processor_us() - begin;
}

static double expat_us(const char *text, size_t bytes)
{
    double begin = processor_us();
    XML_Parser parser = XML_ParserCreate("UTF-8");

    XML_Parse(parser, text, (int)bytes, 1);
    XML_ParserFree(parser);
    return processor_us() - begin;
}

/* The bare pass that the loading of a large file is compared with; 0 if there is none. */
static double bare_us(const char *path, const char *extension)
{
    size_t bytes;
    char *text = bench_read(path, &bytes);
    double us[RUNS];
    bool json = strcmp(extension, "json") == 0;
    bool xml = strcmp(extension, "xml") == 0 || strcmp(extension, "ttml") == 0;

    for (int i = 0; i < RUNS && (json || xml); i++)
        us[i] = json ? cjson_us(text) : expat_us(text, bytes);
    free(text);
    return json || xml ? bench_median(us, RUNS) : 0;
}

static double megabytes(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? (double)st.st_size / 1e6 : 0;
}

struct measures {
    double rate;     /* MB a second of processor time */
    double small_us; /* of processor time */
    double ours_ms, rg_ms;
    double large_rate;
    double bare; /* how many times as long as the bare pass a large file takes; 0: there is
                  * none */
    const char *read_as;
};

static bool measure(struct bench_text *text, const struct format *f, const char *folder,
                    const char *shilu, struct measures *m)
{
    struct buffer grep = {0};
    size_t i;
    char *path;

    *m = (struct measures){0};
    mkdir(folder, 0700);
    for (i = 0; i < FOLDER_FILES; i++) {
        path = make_path(folder, f, i);
        if (!write_file(text, f, path, i, FILE_BYTES))
            return false;
        if (i == 0) {
            if (load(path, &m->read_as) == 0) /* it is written only: SQLite */
                return false;
            m->rate = megabytes(path) / (load_us(path, 10) / 1e6);
        }
        free(path);
    }
    buffer_append_format(&grep, "%s grep", shilu);
    m->ours_ms = run_ms(grep.data, folder);
    m->rg_ms = run_ms("rg", folder);
    buffer_release(&grep);
    path = make_path(folder, f, 998);
    write_file(text, f, path, 998, SMALL_BYTES);
    m->small_us = load_us(path, 50);
    free(path);
    path = make_path(folder, f, 999);
    write_file(text, f, path, 999, (size_t)bench_setting("BENCH_LARGE_MB", LARGE_MB) * 1000000);
    m->large_rate = load_us(path, 1);
    m->bare = bare_us(path, f->extension);
    m->bare = m->bare > 0 ? m->large_rate / m->bare : 0;
    m->large_rate = megabytes(path) / (m->large_rate / 1e6);
    free(path);
    return true;
}

static void print_measures(const char *name, const struct measures *m)
{
    printf("  %-14s %-14s %7.0f %8.0f %8.1f %8.1f %7.1f %8.0f", name, m->read_as, m->rate,
           m->small_us, m->ours_ms, m->rg_ms, m->rg_ms > 0 ? m->ours_ms / m->rg_ms : 0,
           m->large_rate);
    if (m->bare > 0)
        printf(" %7.2f", m->bare);
    putchar('\n');
    fflush(stdout);
}

static void bench_format(struct bench_text *text, const struct format *f, const char *shilu)
{
    const char *temporary = getenv("TMPDIR");
    struct buffer folder = {0};
    struct buffer line = {0};
    struct measures m;

    buffer_append_format(&folder, "%s/shilu-bench-formats-%ld",
                         temporary != NULL ? temporary : "/tmp", (long)getpid());
    if (measure(text, f, folder.data, shilu, &m))
        print_measures(f->name, &m);
    buffer_append_format(&line, "rm -rf '%s'", folder.data);
    if (system(line.data) != 0)
        fprintf(stderr, "cannot remove %s\n", folder.data);
    buffer_release(&line);
    buffer_release(&folder);
}

int main(int argc, char **argv)
{
    const char *shilu = argc > 1 ? argv[1] : "./shilu";
    struct bench_text *text = bench_text_new(argc > 2 ? argv[2] : "sample-data");
    const struct writer_ops *const *writer;

    setenv("XDG_STATE_HOME", "/nonexistent", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    setenv("XDG_CACHE_HOME", "/nonexistent", 1);
    bench_heading("Every format");
    bench_note("%d files of %d KB; opening one of %d KB; one of %ld MB", FOLDER_FILES,
               FILE_BYTES / 1000, SMALL_BYTES / 1000,
               bench_setting("BENCH_LARGE_MB", LARGE_MB));
    printf("  %-14s %-14s %7s %8s %8s %8s %7s %8s %7s\n", "written as", "read as", "MB/s",
           "7 KB us", "grep ms", "rg ms", "times", "large", "bare");
    for (writer = registry_writers(); *writer != NULL; writer++)
        bench_format(text,
                     &(struct format){.name = (*writer)->name,
                                      .extension = (*writer)->extension,
                                      .writer = *writer},
                     shilu);
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++)
        bench_format(text,
                     &(struct format){.name = templates[i].name,
                                      .extension = templates[i].extension,
                                      .template = &templates[i]},
                     shilu);
    bench_text_free(text);
    return 0;
}
