/* Counts characters in a sample: kana mean Japanese, Hangul Korean. Chinese is recognised by
 * characters that exist only in its traditional or only in its simplified script. */
#include "formats/common/language_guess.h"

#include <stdbool.h>
#include <stdint.h>

#include "shilu/text/utf8.h"

/* Of the most frequent characters, those that differ between the scripts. */
/* clang-format off */
static const char traditional[] =
    "們國這為說對會來時個學發經過還開關問題現實點體無種後裡電車門見長東馬語話請讓誰認"
    "識讀書寫給紅綠線級約結統網費層師審員該動務業產價從眾優傷傳農軍決況淨減幾創辦勞單"
    "賣衛廠廳歷壓縣參雙變號嗎聽啟響團園圍圖圓場塊壞報擔擇據損敵數斷顯術機權條構樣標樓"
    "歡殘氣漢湯";
static const char simplified[] =
    "们国这为说对会来时个学发经过还开关问题现实点体无种电车门见长东马语话请让谁认识读"
    "书写给红绿线级约结统网费层师审员该动务业产价从众优伤传农军决况净减几创办劳单卖卫"
    "厂厅历压县参双变号吗听启响团园围图圆场块坏报担择据损敌数断显术机权条构样标楼欢残"
    "气汉汤";
/* clang-format on */

/* The sample: enough characters, from places spread over the text. */
enum { PLACES = 8, PLACE_CHARACTERS = 150 };

/* For each unified ideograph: whether the traditional or the simplified script uses it. */
enum { HAN_FIRST = 0x4E00, HAN_LAST = 0x9FFF, FORM_OLD = 1, FORM_NEW = 2 };

struct counts {
    size_t han, kana, hangul, old_forms, new_forms, letters;
    uint8_t forms[HAN_LAST - HAN_FIRST + 1];
};

static void add_forms(struct counts *c, const char *set, size_t bytes, uint8_t form)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;

        at += utf8_decode(set + at, bytes - at, &cp);
        c->forms[cp - HAN_FIRST] |= form;
    }
}

static void count_character(struct counts *c, uint32_t cp)
{
    if (cp >= HAN_FIRST && cp <= HAN_LAST) {
        c->han++;
        c->old_forms += (c->forms[cp - HAN_FIRST] & FORM_OLD) != 0;
        c->new_forms += (c->forms[cp - HAN_FIRST] & FORM_NEW) != 0;
    } else if (cp >= 0x3041 && cp <= 0x30FE) {
        c->kana++;
    } else if (cp >= 0xAC00 && cp <= 0xD7A3) {
        c->hangul++;
    } else if (cp >= 'A' && cp < 0x3000) {
        c->letters++;
    }
}

static void count_from(struct counts *c, const char *text, size_t bytes, size_t at, size_t end)
{
    int left;

    for (left = PLACE_CHARACTERS; left > 0 && at < end; left--) {
        uint32_t cp;

        at += utf8_decode(text + at, bytes - at, &cp);
        count_character(c, cp);
    }
}

const char *language_guess(const char *text, size_t bytes)
{
    struct counts c = {0};
    size_t place;

    add_forms(&c, traditional, sizeof traditional - 1, FORM_OLD);
    add_forms(&c, simplified, sizeof simplified - 1, FORM_NEW);
    for (place = 0; place < PLACES; place++)
        count_from(&c, text, bytes, utf8_floor(text, bytes, bytes / PLACES * place),
                   place + 1 < PLACES ? bytes / PLACES * (place + 1) : bytes);
    if (c.han + c.kana + c.hangul < c.letters / 4 || c.han + c.kana + c.hangul < 4)
        return NULL;
    if (c.hangul > c.han + c.kana)
        return "ko";
    if (c.kana * 10 > c.han)
        return "ja";
    return c.old_forms >= c.new_forms ? "zh-Hant" : "zh-Hans";
}
