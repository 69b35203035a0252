/* The table of signatures, and as a last resort the share of control characters, which text
 * does not exceed. */
#include "formats/common/file_signature.h"

#include <stddef.h>

#include "shilu/base/translate.h"
#include "shilu/text/decode.h"
#include "shilu/text/utf8.h"

/* Share of control characters that a sample of at least DATA_SAMPLE_BYTES may have, in percent,
 * without NUL; NULs may pad a text. */
enum { DATA_SAMPLE_BYTES = 128, DATA_CONTROL_PERCENT = 5, DATA_NUL_PERCENT = 30 };

const char file_signature_data[] = N_("data that is not text");

struct signature {
    struct span front; /* the first bytes */
    struct span inner; /* further bytes and their position, if any */
    size_t inner_at;
    const char *name;
};

#define FRONT(bytes, name)                      \
    {                                           \
        SPAN_LITERAL(bytes), {NULL, 0}, 0, name \
    }
#define INNER(front, at, bytes, name)                      \
    {                                                      \
        SPAN_LITERAL(front), SPAN_LITERAL(bytes), at, name \
    }

/* clang-format off */
static const struct signature signatures[] = {
    FRONT("%PDF-", "a PDF document"),
    FRONT("PK\7\10", "a part of a zip archive"),
    FRONT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document"),
    FRONT("{\\rtf1", "an RTF document"),
    FRONT("%!PS-Adobe", "a PostScript document"),
    FRONT("AT&TFORM", "a DjVu document"),
    FRONT("\x89PNG\r\n\x1A\n", "an image (PNG)"),
    FRONT("\xFF\xD8\xFF", "an image (JPEG)"),
    FRONT("GIF87a", "an image (GIF)"),
    FRONT("GIF89a", "an image (GIF)"),
    FRONT("II*\0", "an image (TIFF)"),
    FRONT("MM\0*", "an image (TIFF)"),
    INNER("RIFF", 8, "WEBP", "an image (WebP)"),
    INNER("\0\0\0", 4, "ftypheic", "an image (HEIC)"),
    INNER("\0\0\0", 4, "ftypavif", "an image (AVIF)"),
    INNER("\0\0\0", 4, "ftypM4A", "an audio file (M4A)"),
    INNER("\0\0\0", 4, "ftyp", "a video (MP4)"),
    INNER("RIFF", 8, "WAVE", "an audio file (WAV)"),
    INNER("RIFF", 8, "AVI ", "a video (AVI)"),
    INNER("FORM", 8, "AIFF", "an audio file (AIFF)"),
    FRONT("ID3\2", "an audio file (MP3)"),
    FRONT("ID3\3", "an audio file (MP3)"),
    FRONT("ID3\4", "an audio file (MP3)"),
    FRONT("\xFF\xFB", "an audio file (MP3)"),
    FRONT("\xFF\xF3", "an audio file (MP3)"),
    FRONT("fLaC\0", "an audio file (FLAC)"),
    FRONT("OggS\0", "a recording (Ogg)"),
    FRONT("\x1A\x45\xDF\xA3", "a recording (Matroska)"),
    FRONT("\x30\x26\xB2\x75\x8E\x66\xCF\x11", "a recording (Windows Media)"),
    FRONT("\0\0\1\xBA", "a video (MPEG)"),
    FRONT("Rar!\x1A\7", "a RAR archive"),
    FRONT("7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    FRONT("\4\"M\x18", "a file compressed with lz4"),
    INNER("BZh", 4, "\x31\x41\x59\x26\x53\x59", "a file compressed with bzip2"),
    INNER("", 257, "ustar\0", "a tar archive"),
    INNER("", 257, "ustar  \0", "a tar archive"),
    FRONT("\x7F" "ELF", "a program"),
    FRONT("\xCA\xFE\xBA\xBE", "a program"),
    FRONT("\xCF\xFA\xED\xFE", "a program"),
    FRONT("SQLite format 3\0", "a SQLite database"),
};
/* clang-format on */

static bool has(struct span head, size_t at, struct span bytes)
{
    return bytes.length == 0 || (head.length >= at + bytes.length &&
                                 memcmp(head.data + at, bytes.data, bytes.length) == 0);
}

static bool is_data(struct span head)
{
    size_t controls = 0;
    size_t nuls = 0;
    size_t at = 0;

    if (head.length < DATA_SAMPLE_BYTES || decode_has_wide_units(head.data, head.length))
        return false;
    for (;; at++) {
        unsigned char byte;

        at += bytes_run_before_control(head.data + at, head.length - at);
        if (at == head.length)
            break;
        byte = (unsigned char)head.data[at];
        nuls += byte == 0;
        controls += byte > 0 && !(byte >= '\b' && byte <= '\r') && byte != 0x1B;
    }
    return controls * 100 > head.length * DATA_CONTROL_PERCENT ||
           nuls * 100 > head.length * DATA_NUL_PERCENT;
}

/* Documents based on zip archives, by the names of their first parts. */
static const char *archive_name(struct span head)
{
    static const struct {
        struct span part;
        const char *name;
    } kinds[] = {
        {SPAN_LITERAL("word/"), N_("a Word document")},
        {SPAN_LITERAL("xl/"), N_("an Excel workbook")},
        {SPAN_LITERAL("ppt/"), N_("a PowerPoint presentation")},
        {SPAN_LITERAL("opendocument.text"), N_("an OpenDocument text")},
        {SPAN_LITERAL("opendocument.spreadsheet"), N_("an OpenDocument spreadsheet")},
        {SPAN_LITERAL("opendocument.presentation"), N_("an OpenDocument presentation")},
        {SPAN_LITERAL("epub+zip"), N_("an EPUB book")},
    };
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (memmem(head.data, head.length, kinds[i].part.data, kinds[i].part.length) != NULL)
            return kinds[i].name;
    return N_("a zip archive");
}

const char *file_signature(struct span head)
{
    size_t i;

    if (head.length > FILE_SIGNATURE_BYTES)
        head.length = FILE_SIGNATURE_BYTES;
    if (file_signature_is_zip(head))
        return archive_name(head);
    for (i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (has(head, 0, signatures[i].front) &&
            has(head, signatures[i].inner_at, signatures[i].inner))
            return signatures[i].name;
    if (has(head, 3, SPAN_LITERAL("STL")) && has(head, 8, SPAN_LITERAL(".01")))
        return NULL; /* EBU STL has a reader */
    return is_data(head) ? file_signature_data : NULL;
}

bool file_signature_is_zip(struct span head)
{
    return has(head, 0, SPAN_LITERAL("PK\3\4")) || has(head, 0, SPAN_LITERAL("PK\5\6"));
}

bool file_signature_is_pdf(struct span head)
{
    return has(head, 0, SPAN_LITERAL("%PDF-"));
}

bool file_signature_is_ole(struct span head)
{
    return has(head, 0, SPAN_LITERAL("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
}

/* The bytes of a character that begins with this one, if any text may hold it: visible ASCII,
 * or from U+1000 to U+CFFF. 0: it has to be looked at. */
static size_t usual_bytes(char lead)
{
    unsigned char byte = (unsigned char)lead;

    if (byte >= 0x20 && byte < 0x7F)
        return 1;
    return byte > 0xE0 && byte < 0xED ? 3 : 0;
}

bool file_signature_is_data(struct span head)
{
    size_t odd = 0, looked = 0, at = 0;

    while (at < head.length && looked < FILE_SIGNATURE_BYTES) {
        size_t usual = usual_bytes(head.data[at]);
        uint32_t cp;

        if (usual > 0) {
            at += usual;
            looked++;
            continue;
        }
        at += utf8_decode(head.data + at, head.length - at, &cp);
        if (cp == 0)
            return true;
        odd += (cp < 0x20 && cp != '\n' && cp != '\r' && cp != '\t' && cp != '\f' &&
                cp != 0x1B) ||
               (cp >= 0x7F && cp < 0xA0) || (cp >= 0xE000 && cp <= 0xF8FF) ||
               (cp >= 0xFFF0 && cp <= 0xFFFF) || cp >= 0xF0000;
        looked++;
    }
    return odd * 20 > looked;
}
