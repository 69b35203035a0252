/* Minutes of parliaments and hearings in plain text: their labels, paragraphs and lines, and
 * what only looks like them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_support.h"

static void minutes__reads_japanese_assemblies(void **state)
{
    struct reading r;
    static const char text[] = "港区議会会議録（第二号）\n"
                               "　　　　午前十時開議\n"
                               "―――――◇―――――\n"
                               "○議長（林一郎君）　これより会議を開きます。\n"
                               "　日程第一、渡船の件を議題といたし、これよ\n"
                               "り審議いたします。\n"
                               "○森花子君　質問いたします。\n"
                               "◎港湾局長（岸次郎君） お答えいたします。\n"
                               "○森花子君　ありがとう。\n"
                               "○議長（林一郎君）　散会いたします。\n";

    (void)state;
    assert_reads(text, "text",
                 "- 午前十時開議\n"
                 "- 林一郎: これより会議を開きます。\n"
                 "- 林一郎: 日程第一、渡船の件を議題といたし、これより審議いたします。\n"
                 "- 森花子: 質問いたします。\n"
                 "- 岸次郎: お答えいたします。\n"
                 "- 森花子: ありがとう。\n"
                 "- 林一郎: 散会いたします。\n");
    reading_of(&r, text, sizeof text - 1, NULL);
    assert_string_equal(transcript_get(r.transcript, FIELD_TITLE), "港区議会会議録（第二号）");
    assert_string_equal(transcript_get(r.transcript, FIELD_LANGUAGE), "ja");
    assert_int_equal(transcript_speaker_count(r.transcript), 3);
    assert_string_equal(transcript_speaker_at(r.transcript, 0)->role, "議長");
    assert_string_equal(transcript_speaker_at(r.transcript, 2)->role, "港湾局長");
    reading_release(&r);
}

static void minutes__reads_korean_committees(void **state)
{
    (void)state;
    assert_reads("○위원장 김도현  회의를 시작하겠습니다.\n○이서연 위원  질의하겠습니다.\n"
                 "○항만국장 박준호\t답변드리겠습니다.\n○이서연 위원  알겠습니다.\n"
                 "○위원장 김도현  마치겠습니다.\n",
                 "text",
                 "- 김도현: 회의를 시작하겠습니다.\n- 이서연: 질의하겠습니다.\n"
                 "- 박준호: 답변드리겠습니다.\n- 이서연: 알겠습니다.\n"
                 "- 김도현: 마치겠습니다.\n");
}

static void minutes__reads_hearings(void **state)
{
    (void)state;
    assert_reads(
        "HARBOUR COMMITTEE HEARING\n\n"
        "    The CHAIRMAN. The committee will come to order. We hear today of\n"
        "ferries, and of what they cost, from Mr. Osei and Ms. Falk, who knows\n"
        "Mr. Osei. He is here too.\n"
        "    Each of you has five minutes.\n"
        "    Ms. McFALK. Thank you.\n"
        "    Senator O'NEIL-ROY [presiding]. Go on.\n"
        "    Mr. OSEI of Harbour Street. I shall.\n"
        "    Ms. McFALK [continuing]. So did I.\n"
        "    Mrs. de la Rosa of Quay Street. And I.\n"
        "    The CHAIRMAN. Thank you.\n",
        "text",
        "- The CHAIRMAN: The committee will come to order. We hear today of ferries, and "
        "of what they cost, from Mr. Osei and Ms. Falk, who knows Mr. Osei. He is here "
        "too.\n"
        "- The CHAIRMAN: Each of you has five minutes.\n"
        "- Ms. McFALK: Thank you.\n"
        "- Senator O'NEIL-ROY: Go on.\n"
        "- Mr. OSEI of Harbour Street: I shall.\n"
        "- Ms. McFALK: So did I.\n"
        "- Mrs. de la Rosa of Quay Street: And I.\n"
        "- The CHAIRMAN: Thank you.\n");
}

static void minutes__reads_offices_behind_names_in_capitals(void **state)
{
    (void)state;
    assert_reads(
        "PRESIDENTE. Comincia la discussione sui fari.\n\n"
        "ANNA VERRI, Sottosegretaria per i porti e le isole. Il faro riapre in giugno.\n\n"
        "PRESIDENTE. Quale faro?\n\n"
        "ANNA VERRI, Sottosegretaria per i porti e le isole. Quello vecchio.\n\n"
        "PRESIDENTE. Grazie.\n",
        "text",
        "- PRESIDENTE: Comincia la discussione sui fari.\n"
        "- ANNA VERRI: Il faro riapre in giugno.\n"
        "- PRESIDENTE: Quale faro?\n"
        "- ANNA VERRI: Quello vecchio.\n"
        "- PRESIDENTE: Grazie.\n");
}

static void minutes__take_the_marks_off_a_title(void **state)
{
    static const char text[] = "# Ferry crew\n\n- AB: Who rows?\n- CD: I do.\n"
                               "- AB: When?\n- CD: At six.\n";
    struct reading r;

    (void)state;
    reading_of(&r, text, strlen(text), NULL);
    assert_string_equal(transcript_get(r.transcript, FIELD_TITLE), "Ferry crew");
    reading_release(&r);
}

static void minutes__are_no_lists_and_no_novels(void **state)
{
    static const char *const texts[] = {
        "○日時　五月六日\n○場所　公民館\n○議題　渡船\n",
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;

        reading_of(&r, texts[i], strlen(texts[i]), NULL);
        assert_string_not_equal(loader_format_name(r.loader), "text");
        reading_release(&r);
    }
}

static void minutes__read_russian_shorthand(void **state)
{
    struct reading r;
    static const char text[] = "ПРОТОКОЛ\n\nДата: 3 марта 2033 года\n\n"
                               "Председательствующая. Начнём. Слово Ершову.\n\n"
                               "Ершов А.Н. Спасибо. Паром стоит с осени.\n\n"
                               "Тихонова Е. П. А почему он стоит?\n\n"
                               "Ершов А.Н. Нет причала.\n\n"
                               "ПРЕДСЕДАТЕЛЬСТВУЮЩАЯ. Вопрос снят.\n";

    (void)state;
    assert_reads(text, "text",
                 "- Председательствующая: Начнём. Слово Ершову.\n"
                 "- Ершов А.Н.: Спасибо. Паром стоит с осени.\n"
                 "- Тихонова Е. П.: А почему он стоит?\n"
                 "- Ершов А.Н.: Нет причала.\n"
                 "- Председательствующая: Вопрос снят.\n");
    reading_of(&r, text, sizeof text - 1, NULL);
    assert_string_equal(transcript_get(r.transcript, FIELD_DATE), "2033-03-03");
    reading_release(&r);
}

/* The number of a speech is not part of the name; what only looks like a numbered speech is a
 * list. */
static void minutes__read_numbered_speeches(void **state)
{
    (void)state;
    assert_reads("1. Vorsitzende Lena Roth: Ich eröffne die Sitzung.\n\n"
                 "2. Herr Brandt: Danke. Ich fasse mich kurz.\n\n"
                 "3. Vorsitzende Lena Roth: Das freut uns.\n\n"
                 "4. Herr Brandt: Der Steg ist morsch.\n",
                 "text",
                 "- Vorsitzende Lena Roth: Ich eröffne die Sitzung.\n"
                 "- Herr Brandt: Danke. Ich fasse mich kurz.\n"
                 "- Vorsitzende Lena Roth: Das freut uns.\n"
                 "- Herr Brandt: Der Steg ist morsch.\n");
    assert_reads("[1] Mara Vik: Who keeps the key?\n[2] Tom Ebb: I do.\n"
                 "[3] Mara Vik: Since when?\n[4] Tom Ebb: Since the flood.\n",
                 "text",
                 "- Mara Vik: Who keeps the key?\n- Tom Ebb: I do.\n"
                 "- Mara Vik: Since when?\n- Tom Ebb: Since the flood.\n");
    assert_reads("1. Soldat: Wer ist da?\n2. Soldat: Ich bin es.\n"
                 "1. Soldat: Und wer bist du?\n2. Soldat: Der andere.\n",
                 "text",
                 "- 1. Soldat: Wer ist da?\n- 2. Soldat: Ich bin es.\n"
                 "- 1. Soldat: Und wer bist du?\n- 2. Soldat: Der andere.\n");
}

static void minutes__go_on_over_a_page(void **state)
{
    (void)state;
    assert_reads("CONSEIL DU PORT\nAudition de mars\n\n"
                 "LA PRÉSIDENTE : Vous avez la parole.\n"
                 "M. LEROUX : Le ponton est fermé depuis que la\n\n"
                 "Page 1\n\nCONSEIL DU PORT\nAudition de mars\n\n"
                 "tempête a emporté la rampe.\n"
                 "LA PRÉSIDENTE : Merci. Qui répare ?\n"
                 "M. LEROUX : Personne.\n\nPage 2\n",
                 "text",
                 "- Audition de mars\n"
                 "- LA PRÉSIDENTE: Vous avez la parole.\n"
                 "- M. LEROUX: Le ponton est fermé depuis que la tempête a emporté la rampe.\n"
                 "- LA PRÉSIDENTE: Merci. Qui répare ?\n"
                 "- M. LEROUX: Personne.\n");
}

/* A line has no room for a long office: the label goes on in the next. */
static void minutes__read_labels_of_two_lines(void **state)
{
    (void)state;
    assert_reads("The Minister for Harbours, Ferries and Inland Water (Mr. Alan Birch): The\n"
                 "quay is safe, and I have walked on it.\n\n"
                 "Mr. Hugh Lomax (Sandby): Then why is it closed, and why has it been so\n"
                 "since the spring?\n\n"
                 "The Parliamentary Under-Secretary of State for Rivers and Locks (Ms. Ruth\n"
                 "Crane): It is being painted, which takes more time than it did when we\n"
                 "were young.\n\n"
                 "Mr. Lomax: I thank them both, and I hope that the paint, of which I have\n"
                 "heard so much, dries.\n",
                 "text",
                 "- Mr. Alan Birch: The quay is safe, and I have walked on it.\n"
                 "- Mr. Hugh Lomax: Then why is it closed, and why has it been so since the "
                 "spring?\n"
                 "- Ms. Ruth Crane: It is being painted, which takes more time than it did "
                 "when we were young.\n"
                 "- Mr. Hugh Lomax: I thank them both, and I hope that the paint, of which I "
                 "have heard so much, dries.\n");
    assert_reads("LA PRESIDENTE. È iscritto a parlare il deputato Ferri. Ne ha facoltà per\n"
                 "cinque minuti.\n\n"
                 "DARIO FERRI (AR). Signora Presidente, il molo è chiuso da due inverni e\n"
                 "nessuno sa perché.\n\n"
                 "ELENA RUSTICHELLI, Sottosegretaria di Stato per i porti e per le acque\n"
                 "interne. Il molo riapre in maggio.\n\n"
                 "LA PRESIDENTE. La seduta è sospesa.\n",
                 "text",
                 "- LA PRESIDENTE: È iscritto a parlare il deputato Ferri. Ne ha facoltà per "
                 "cinque minuti.\n"
                 "- DARIO FERRI: Signora Presidente, il molo è chiuso da due inverni e nessuno "
                 "sa perché.\n"
                 "- ELENA RUSTICHELLI: Il molo riapre in maggio.\n"
                 "- LA PRESIDENTE: La seduta è sospesa.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes__reads_japanese_assemblies),
        cmocka_unit_test(minutes__reads_korean_committees),
        cmocka_unit_test(minutes__reads_hearings),
        cmocka_unit_test(minutes__read_russian_shorthand),
        cmocka_unit_test(minutes__read_numbered_speeches),
        cmocka_unit_test(minutes__go_on_over_a_page),
        cmocka_unit_test(minutes__read_labels_of_two_lines),
        cmocka_unit_test(minutes__reads_offices_behind_names_in_capitals),
        cmocka_unit_test(minutes__take_the_marks_off_a_title),
        cmocka_unit_test(minutes__are_no_lists_and_no_novels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
