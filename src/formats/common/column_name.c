/* Column names. A name is compared without blanks and signs; if no list contains it, its
 * meaning follows from its words. */
#include "formats/common/column_name.h"

#include <ctype.h>
#include <string.h>

/* The lists: separated by '|', in lower case, without blanks, '_' and '-'. */
static const struct {
    enum table_column column;
    int rank; /* 3: unambiguous; 2: possible */
    const char *names;
} headings[] = {
    {COLUMN_TEXT, 3,
     "text|content|transcript|transcription|utterance|sentence|subtitle|subtitles|caption|"
     "captions|dialogue|dialog|speech|spokentext|texte|texto|testo|текст|tekst|inhalt|"
     "wortlaut|redebeitrag|wortbeitrag|redetext|aussage|äußerung|Äußerung|transkript|contenu|"
     "transcripción|transcripcion|"
     "contenido|"
     "trascrizione|"
     "contenuto|intervención|intervencion|intervention|intervento|intervenção|discurso|"
     "discours|discorso|wortmeldung|beitrag|fala|conteúdo|anförande|anförandetext|anforande|"
     "anforandetext|puheenvuoro|"
     "wypowiedź|wypowiedz|projev|felszólalás|govor|konuşma|выступление|речь|виступ|промова|"
     "文字|文本|內容|内容|發言|发言|発言|發言內容|发言内容|発言内容|字幕|台词|台詞|對白|对白|"
     "テキスト|セリフ|발언|내용|자막|대사|텍스트"},
    {COLUMN_TEXT, 2,
     "body|line|lines|words|token|message|quote|spoken|comment|script|본문|本文|nachricht|"
     "mensaje|messaggio|mensagem|meddelande|wiadomość|сообщение|消息|訊息|メッセージ|메시지"},
    {COLUMN_SPEAKER, 3,
     "speaker|speakername|speakers|發言人|发言人|講者|讲者|发言者|発言者|話者|話者名|说话人|"
     "說話人|講話人|讲话人|화자|발언자|화자명|sprecher|sprecherin|locuteur|intervenant|"
     "hablante|interviniente|parlante|falante|redner|rednerin|"
     "orador|oratore|orateur|спикер|говорящий|выступающий|докладчик|оратор|доповідач|talare|"
     "taler|"
     "puhuja|"
     "mówca|mowca|řečník|řečnik|recnik|felszólaló|govornik|vorbitor|konuşmacı|konusmaci|"
     "ομιλητής|pembicara|ngườinói|المتحدث|דובר|वक्ता"},
    {COLUMN_SPEAKER, 2,
     "name|who|person|participant|character|author|sender|speakerlabel|speakerid|user|username|"
     "displayname|actor|姓名|角色|氏名|이름|absender|expéditeur|remitente|mittente|avsender|"
     "avsändare|afzender|отправитель|nadawca|发件人|發件人|寄件者|发送者|發送者|发送人|昵称|"
     "暱稱|差出人|送信者|보낸사람|닉네임"},
    {COLUMN_START, 3,
     "start|begin|starttime|begintime|startms|start(ms)|start(s)|starts|timecodein|tcin|intime|"
     "timein|inpoint|recordin|recin|sourcein|clipin|markin|starttimecode|starttc|onset|開始|"
     "开始|開始時間|开始时间|開始時刻|起始时间|"
     "入点|시작|시작시간|début|debut|inicio|inizio|anfang|beginn|начало"},
    {COLUMN_START, 2,
     "from|von|desde|van|från|fra|od|in|time|timestamp|timecode|tc|clock|時間|时间|時刻|시간|"
     "zeit|uhrzeit|heure|zeitspanne|hora|"
     "tiempo|tempo|temps|horaire|horodatage|orario|tid|czas|время"},
    {COLUMN_END, 3,
     "end|stop|endtime|stoptime|endms|end(ms)|end(s)|ends|timecodeout|tcout|outtime|timeout|"
     "outpoint|recordout|recout|sourceout|clipout|markout|endtimecode|endtc|結束|结束|終了|"
     "結束時間|结束时间|終了時間|終了時刻|出点|끝|"
     "종료|"
     "종료시간|fin|final|fine|ende|конец"},
    {COLUMN_END, 2, "to|bis|hasta|até|tot|till|til|do|out"},
    {COLUMN_DURATION, 3, "duration|dur|durationms|durations|时长|時長|長さ|길이|durée|dauer"},
    {COLUMN_DURATION, 2, "length"},
    {COLUMN_DATE, 3, "date|day|日期|日付|날짜|fecha|datum|дата|data"},
    {COLUMN_ROLE, 3, "role|position|職稱|职务|役職"},
    {COLUMN_ROLE, 2, "title"},
    {COLUMN_ORGANIZATION, 3,
     "organization|organisation|org|affiliation|party|單位|单位|所属|소속"},
    {COLUMN_KIND, 3, "kind"},
    {COLUMN_FIRST_NAME, 3, "firstname|givenname|forename|vorname|prénom|prenom|nombre|nome"},
    {COLUMN_PUNCTUATION, 3,
     "punctuation|punct|punctuationafter|trailingpunctuation|interpunktion|satzzeichen|"
     "ponctuation|puntuación|puntuacion|標點|标点|標點符號|标点符号|句読点|문장부호"},
    {COLUMN_LAST_NAME, 3,
     "lastname|surname|familyname|nachname|nomdefamille|apellido|apellidos|cognome|sobrenome"},
};

enum { WORD_BYTES_MAX = 32, NAME_BYTES_MAX = 64 };

/* Words that names consist of. */
enum {
    WORD_TEXT = 1,
    WORD_SPEAKER = 2,
    WORD_START = 4, /* start of a time, beside a word for time */
    WORD_END = 8,
    WORD_TIME = 16,
    WORD_MS = 32,
    WORD_SECONDS = 64,
    WORD_DURATION = 128,
    WORD_OTHER = 256, /* a property of words or people */
    WORD_FRONT = 512, /* a start, if a word for time is absent */
    WORD_BACK = 1024, /* … and an end */
    WORD_OFFSET = 2048,
    WORD_PLAIN = 4096,  /* without effect */
    WORD_SAMPLE = 8192, /* with one of the next two: a time */
    WORD_FIRST = 16384,
    WORD_LAST = 32768,
    WORD_UNKNOWN = 65536
};

static const struct {
    int word;
    const char *names;
} words[] = {
    {WORD_TEXT, "text|transcript|transcription|subtitle|caption|utterance|dialogue|dialog|"
                "sentence|word|words|content|message|speech|phrase|statement|"
                "utterances|sentences|speeches|texts|paragraphs|contribution|contributions|"
                "transcricao|transcripcion|trascrizione|anforande|anforandetext|redetext"},
    {WORD_SPEAKER, "speaker|spk|spkr|talker|participant|character|person|orator|sprecher|"
                   "deputy|senator|legislator|narrator|moderator|interviewer|member|mp"},
    {WORD_FRONT, "start|begin|onset"},
    {WORD_BACK, "end|stop|finish"},
    {WORD_START, "from|in"},
    {WORD_END, "out|to|until"},
    {WORD_OFFSET, "offset"},
    {WORD_SAMPLE, "sample|samples"},
    {WORD_FIRST, "first"},
    {WORD_LAST, "last"},
    {WORD_TIME, "time|times|timecode|tc|timestamp|stamp|ts|point|cue|clock|at|ticks"},
    {WORD_MS, "ms|msec|msecs|millis|milli|milliseconds|millisecond"},
    {WORD_SECONDS, "s|sec|secs|second|seconds"},
    {WORD_DURATION, "duration|dur|length"},
    {WORD_PLAIN,
     "name|label|tag|no|display|full|designation|segment|seg|audio|video|media|"
     "data|relative|rel|final|raw|original|recog|record|recording|source|program|recognized|"
     "recognised|recognition|identity|spoken|said|written|plain|formatted|punctuated|best|"
     "normalized|normalised|corrected|edited|cleaned|polished|enhanced|readable|"
     "value|span|range|interval|english|en|eng|french|welsh|verbatim"},
    {WORD_OTHER, "id|count|language|lang|confidence|score|file|number|type|code|email|gender|"
                 "age|color|colour|url|path|size|format|translation|translated|price|total|"
                 "index|idx|char|byte|page|status|version|key|row|column|width|height|level|"
                 "order|role|rate|link|href|image|icon|avatar|photo|license|licence|copyright|"
                 "rights|creator"},
};

/* `name` ends in NUL. */
static bool is_listed(const char *names, const char *name, size_t bytes)
{
    const char *at = bytes > 0 ? strstr(names, name) : NULL;

    for (; at != NULL; at = strstr(at + 1, name))
        if ((at == names || at[-1] == '|') && (at[bytes] == '|' || at[bytes] == '\0'))
            return true;
    return false;
}

static int word_of(const char *name, size_t bytes)
{
    char word[WORD_BYTES_MAX + 1];
    size_t i;

    memcpy(word, name, bytes);
    word[bytes] = '\0';
    for (i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_listed(words[i].names, word, bytes))
            return words[i].word;
    }
    return 0;
}

/* One word, or several written together: "starttime". */
static int words_in(const char *name, size_t bytes)
{
    int word = word_of(name, bytes);
    size_t front;

    for (front = bytes - 1; word == 0 && front > 1; front--) {
        int first = word_of(name, front);
        int rest = first != 0 ? words_in(name + front, bytes - front) : 0;

        if (rest > 0 && (rest & WORD_UNKNOWN) == 0)
            word = first | rest;
    }
    return word != 0 ? word : WORD_UNKNOWN;
}

/* The words of a name: "startTime", "start_time (ms)", "TC In". */
static int words_of(struct span heading)
{
    char word[WORD_BYTES_MAX];
    size_t bytes = 0;
    int found = 0;
    size_t i;

    for (i = 0; i <= heading.length; i++) {
        unsigned char c = i < heading.length ? (unsigned char)heading.data[i] : ' ';
        bool starts = isupper(c) && i > 0 && islower((unsigned char)heading.data[i - 1]);

        if ((starts || !isalpha(c)) && bytes > 0) {
            found |= words_in(word, bytes);
            bytes = 0;
        }
        if (isalpha(c) && bytes < sizeof word)
            word[bytes++] = (char)tolower(c);
    }
    return found;
}

/* Chinese, Japanese and Korean names are written without blanks. The first match counts, so
 * specific words precede general ones. */
static int east_asian_words_of(struct span heading)
{
    static const struct {
        const char *part;
        int word;
    } parts[] = {
        {"时长", WORD_DURATION},  {"時長", WORD_DURATION},  {"结束", WORD_BACK},
        {"結束", WORD_BACK},      {"終了", WORD_BACK},      {"종료", WORD_BACK},
        {"开始", WORD_FRONT},     {"開始", WORD_FRONT},     {"시작", WORD_FRONT},
        {"时间", WORD_TIME},      {"時間", WORD_TIME},      {"时刻", WORD_TIME},
        {"時刻", WORD_TIME},      {"日時", WORD_TIME},      {"시간", WORD_TIME},
        {"일시", WORD_TIME},      {"内容", WORD_TEXT},      {"內容", WORD_TEXT},
        {"내용", WORD_TEXT},      {"字幕", WORD_TEXT},      {"文本", WORD_TEXT},
        {"发言人", WORD_SPEAKER}, {"發言人", WORD_SPEAKER}, {"说话人", WORD_SPEAKER},
        {"話者", WORD_SPEAKER},   {"发言者", WORD_SPEAKER}, {"発言者", WORD_SPEAKER},
        {"發言者", WORD_SPEAKER}, {"화자", WORD_SPEAKER},   {"발언자", WORD_SPEAKER},
    };
    size_t i;

    for (i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (memmem(heading.data, heading.length, parts[i].part, strlen(parts[i].part)) != NULL)
            return parts[i].word;
    }
    return 0;
}

static enum table_column column_of_words(int found)
{
    bool of_time = (found & (WORD_TIME | WORD_MS | WORD_SECONDS)) != 0;

    if ((found & WORD_OTHER) != 0)
        return COLUMN_COUNT;
    if ((found & WORD_DURATION) != 0)
        return COLUMN_DURATION;
    if ((found & WORD_SAMPLE) != 0 && (found & (WORD_FIRST | WORD_LAST)) != 0)
        return (found & WORD_FIRST) != 0 ? COLUMN_START : COLUMN_END;
    /* In "End time in milliseconds" the "in" belongs to the unit. */
    if ((found & WORD_FRONT) != 0)
        return COLUMN_START;
    if ((found & WORD_BACK) != 0)
        return COLUMN_END;
    if ((found & WORD_START) != 0 && of_time)
        return COLUMN_START;
    if ((found & WORD_END) != 0 && of_time)
        return COLUMN_END;
    if ((found & WORD_TEXT) != 0 && (found & WORD_TIME) != 0)
        return COLUMN_START; /* "contributionTime" */
    if ((found & WORD_SPEAKER) != 0)
        return COLUMN_SPEAKER;
    if ((found & WORD_TEXT) != 0)
        return COLUMN_TEXT;
    return of_time ? COLUMN_START : COLUMN_COUNT;
}

/* Whether a name has words that no list knows, or that count only beside others. */
static bool has_unknown(int found)
{
    bool of_samples = (found & WORD_SAMPLE) != 0;
    bool placed = (found & (WORD_FIRST | WORD_LAST | WORD_FRONT | WORD_BACK)) != 0;

    return (found & WORD_UNKNOWN) != 0 || (of_samples && !placed) ||
           (!of_samples && (found & (WORD_FIRST | WORD_LAST)) != 0);
}

/* Length of a name without the ending of its other gender: "sprecher/in", "intervenant(e)". */
static size_t one_gender(const char *name, size_t bytes)
{
    static const char *const marks[] = {"/", ":", "(", "\u00b7", NULL};
    static const char *const endings[] = {"in",   "innen", "e",    "a",  "o",    "ra",
                                          "rice", "trice", "euse", "ne", "nnen", NULL};
    size_t i;

    for (i = 0; marks[i] != NULL; i++) {
        const char *mark = memmem(name, bytes, marks[i], strlen(marks[i]));
        struct span ending;

        if (mark == NULL || mark - name < 4)
            continue;
        ending = span_skip(span_of(name, bytes), (size_t)(mark - name) + strlen(marks[i]));
        if (span_ends_with(ending, ")"))
            ending.length--;
        if (span_is_any(ending, endings))
            return (size_t)(mark - name);
    }
    return bytes;
}

/* In lower case, without blanks and signs; returns the length. */
static size_t tidy_name(struct span heading, char name[NAME_BYTES_MAX + 1])
{
    size_t used = 0;
    size_t i;

    heading = span_trim(heading);
    for (i = 0; i < heading.length && used < NAME_BYTES_MAX; i++) {
        if (heading.data[i] != '\0' && strchr(" _-\"'#*", heading.data[i]) == NULL)
            name[used++] = (char)tolower((unsigned char)heading.data[i]);
    }
    used = one_gender(name, used);
    name[used] = '\0';
    return used;
}

/* "sendername", "authorfullname": the name of somebody whom a heading for speakers states.
 * `name` is shortened to that heading. */
static bool names_speaker(char *name, size_t bytes)
{
    static const char *const endings[] = {"displayname", "fullname", "name"};
    size_t i, k;

    for (i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);

        if (bytes <= ending || memcmp(name + bytes - ending, endings[i], ending) != 0)
            continue;
        bytes -= ending;
        name[bytes] = '\0';
        for (k = 0; k < sizeof headings / sizeof *headings; k++) {
            if (headings[k].column == COLUMN_SPEAKER &&
                is_listed(headings[k].names, name, bytes))
                return true;
        }
        return false;
    }
    return false;
}

struct column_name column_name_read(struct span heading)
{
    int found = words_of(heading) | east_asian_words_of(heading);
    struct column_name read = {.column = COLUMN_COUNT,
                               .offset = (found & WORD_OFFSET) != 0,
                               .unknown = has_unknown(found),
                               .seconds = (found & WORD_SECONDS) != 0,
                               .other = (found & WORD_OTHER) != 0};
    char name[NAME_BYTES_MAX + 1];
    size_t used = tidy_name(heading, name);
    size_t i;

    read.milliseconds = (found & WORD_MS) != 0 ||
                        (used > 2 && memcmp(name + used - 2, "ms", 2) == 0);
    for (i = 0; i < sizeof headings / sizeof *headings; i++) {
        if (is_listed(headings[i].names, name, used)) {
            read.column = headings[i].column;
            read.rank = headings[i].rank;
            return read;
        }
    }
    read.column = names_speaker(name, used) ? COLUMN_SPEAKER : column_of_words(found);
    read.rank = read.column != COLUMN_COUNT;
    return read;
}

bool column_name_is_of_thing(struct span name)
{
    static const char names[] =
        "version|sha|commit|commithash|price|unitprice|amount|currency|balance|qty|quantity|"
        "stock|sku|barcode|rating|stars|priority|severity|assignee|assignees|due|duedate|"
        "deadline|milestone|artist|album|isbn|hostname|pid|exitcode|temp|temperature|humidity|"
        "license|licence|ingredients|calories|organizer|rrule|allday|statuscode|useragent|"
        "stacktrace|arrival|departure|arrivaltime|departuretime|timings|dependencies|weight|"
        "reps|failuremessages|starteddatetime|latitude|longitude|lat|lon|lng|vin|iban|invoice|"
        "invoiceno|discount|salary|postcode|zipcode|zip|phone|preis|menge|anzahl|betrag|prix|"
        "quantité|montant|precio|cantidad|importe|prezzo|quantità|价格|價格|数量|數量|金额|"
        "金額|"
        "单价|單價|库存|庫存|価格|在庫|가격|수량|금액|재고";
    char tidy[NAME_BYTES_MAX + 1];
    size_t used = tidy_name(name, tidy);

    return is_listed(names, tidy, used);
}

bool column_name_is_log_level(struct span value)
{
    static const char levels[] = "trace|debug|info|information|notice|warn|warning|error|err|"
                                 "critical|fatal|panic|alert|emerg";
    char tidy[NAME_BYTES_MAX + 1];
    size_t used = tidy_name(value, tidy);

    return is_listed(levels, tidy, used);
}
