/* The guess counts: kana make Japanese, Hangul Korean; Chinese is told by characters that only
 * one of its two ways of writing has. */
#include "formats/common/language_guess.h"

#include <stdint.h>
#include <string.h>

#include "shilu/text/utf8.h"

/* Of the most frequent characters, those that differ. */
static const char traditional[] = "們國這為說對會來時個學發經過還開關問題現實點體無種後裡";
static const char simplified[] = "们国这为说对会来时个学发经过还开关问题现实点体无种后里";

static int holds(const char *set, size_t set_bytes, const char *at, size_t bytes)
{
    return memmem(set, set_bytes, at, bytes) != NULL;
}

const char *language_guess(const char *text, size_t bytes)
{
    size_t han = 0, kana = 0, hangul = 0, old_forms = 0, new_forms = 0, letters = 0;
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t taken = utf8_decode(text + at, bytes - at, &cp);

        if (cp >= 0x4E00 && cp <= 0x9FFF) {
            han++;
            old_forms += (size_t)holds(traditional, sizeof traditional - 1, text + at, taken);
            new_forms += (size_t)holds(simplified, sizeof simplified - 1, text + at, taken);
        } else if (cp >= 0x3041 && cp <= 0x30FE) {
            kana++;
        } else if (cp >= 0xAC00 && cp <= 0xD7A3) {
            hangul++;
        } else if (cp >= 'A' && cp < 0x3000) {
            letters++;
        }
        at += taken;
    }
    if (han + kana + hangul < letters / 4 || han + kana + hangul < 4)
        return NULL;
    if (hangul > han + kana)
        return "ko";
    if (kana * 10 > han)
        return "ja";
    return old_forms >= new_forms ? "zh-Hant" : "zh-Hans";
}
