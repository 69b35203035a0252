/* Diarized words. Invariant: `labels` are ordered by start while `sorted`; equal ones keep the
 * order of the file. */
#include "formats/recognisers/diarized_words.h"

#include <stdlib.h>

#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"

struct diarized_words_label {
    int64_t start_ms;
    size_t number;
    uint32_t speaker;
};

struct diarized_words_word {
    struct word word; /* its text is NULL: it is in the buffer, from text_byte on */
    size_t text_byte;
    bool known;
};

void diarized_words_release(struct diarized_words *l)
{
    free(l->labels);
    free(l->words);
    buffer_release(&l->text);
    word_joiner_release(&l->flow);
}

void diarized_words_label(struct diarized_words *l, int64_t start_ms, uint32_t speaker)
{
    if (start_ms == TIME_NONE)
        return;
    MEMORY_RESERVE(l->labels, l->label_capacity, l->label_count + 1);
    l->labels[l->label_count] = (struct diarized_words_label){start_ms, l->label_count,
                                                              speaker};
    l->label_count++;
    l->sorted = false;
}

static int compare(const void *a, const void *b)
{
    const struct diarized_words_label *x = a;
    const struct diarized_words_label *y = b;

    if (x->start_ms != y->start_ms)
        return x->start_ms < y->start_ms ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

static uint32_t speaker_at(struct diarized_words *l, int64_t start_ms)
{
    size_t behind;

    if (!l->sorted && l->label_count > 1)
        qsort(l->labels, l->label_count, sizeof *l->labels, compare);
    l->sorted = true;
    behind = SORTED_UP_TO(struct diarized_words_label, start_ms, l->labels, l->label_count,
                          start_ms);
    return behind > 0 ? l->labels[behind - 1].speaker : SPEAKER_NONE;
}

void diarized_words_add(struct diarized_words *l, const struct word *word, bool known)
{
    struct diarized_words_word *w;

    MEMORY_RESERVE(l->words, l->word_capacity, l->word_count + 1);
    w = &l->words[l->word_count++];
    *w = (struct diarized_words_word){*word, l->text.bytes, known};
    w->word.text = NULL;
    buffer_append(&l->text, word->text, word->bytes);
}

void diarized_words_end(struct diarized_words *l)
{
    if (l->word_count > 0)
        l->words[l->word_count - 1].word.ends = true;
    else
        word_joiner_flush(&l->flow);
}

void diarized_words_flow(struct diarized_words *l)
{
    size_t i;

    for (i = 0; i < l->word_count; i++) {
        struct word word = l->words[i].word;
        bool known = l->words[i].known;

        if (!word.mark && (known || word.start_ms != TIME_NONE)) {
            l->speaker = known ? word.speaker : speaker_at(l, word.start_ms);
            l->spoken = true;
        }
        word.speaker = l->spoken ? l->speaker : SPEAKER_NONE;
        word.text = buffer_string(&l->text) + l->words[i].text_byte;
        word_joiner_add(&l->flow, &word);
    }
    l->word_count = 0;
    buffer_clear(&l->text);
}
