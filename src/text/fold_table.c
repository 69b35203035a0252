/* Fold tables: three generated arrays and the searches in them. fold_rows is sorted by key and
 * then by character, fold_by_character and han_group_index by character; a character may be in
 * several groups of Han variants. */
#include "text/fold_table.h"

#include <string.h>
#include <unictype.h>

struct fold_row {
    uint32_t character;
    uint16_t key; /* in fold_keys */
    uint8_t length;
    uint8_t modes; /* of enum fold_mode */
};

#include "text/fold_classes.inc"
#include "text/han_variants.inc"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* The first index in fold_by_character that is not below the character. */
static size_t first_row_of(uint32_t character)
{
    size_t low = 0;
    size_t high = COUNT_OF(fold_by_character);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (fold_rows[fold_by_character[middle]].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t fold_table_key(uint32_t character, enum fold_mode mode, uint32_t key[FOLD_KEY_MAX])
{
    size_t at = first_row_of(character);

    for (; at < COUNT_OF(fold_by_character); at++) {
        const struct fold_row *row = &fold_rows[fold_by_character[at]];

        if (row->character != character)
            break;
        if ((row->modes & mode) != 0) {
            memcpy(key, fold_keys + row->key, row->length * sizeof *key);
            return row->length;
        }
    }
    key[0] = character;
    return 1;
}

/* The first row whose key starts with a code point that is not below `key`. */
static size_t first_row_from(uint32_t key)
{
    size_t low = 0;
    size_t high = COUNT_OF(fold_rows);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (fold_keys[fold_rows[middle].key] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t fold_table_spellings(const uint32_t *keys, size_t count, enum fold_mode mode,
                            struct fold_spelling found[FOLD_SPELLINGS_MAX])
{
    size_t at = first_row_from(keys[0]);
    size_t spellings = 0;

    for (; at < COUNT_OF(fold_rows) && spellings < FOLD_SPELLINGS_MAX; at++) {
        const struct fold_row *row = &fold_rows[at];

        if (fold_keys[row->key] != keys[0])
            break;
        if ((row->modes & mode) != 0 && row->length <= count &&
            memcmp(fold_keys + row->key, keys, row->length * sizeof *keys) == 0)
            found[spellings++] = (struct fold_spelling){row->character, row->length};
    }
    return spellings;
}

bool fold_table_composes(uint32_t key)
{
    size_t at = first_row_from(key);

    for (; at < COUNT_OF(fold_rows) && fold_keys[fold_rows[at].key] == key; at++) {
        if (fold_rows[at].length > 1)
            return true;
    }
    return false;
}

/* The first index in han_group_index that is not below the character. */
static size_t first_membership_of(uint32_t character)
{
    size_t low = 0;
    size_t high = COUNT_OF(han_group_index);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (han_group_members[han_group_index[middle]] < character)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The group that contains this index of han_group_members. */
static size_t group_of_place(size_t place)
{
    size_t low = 0;
    size_t high = COUNT_OF(han_group_starts) - 1;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (han_group_starts[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

const uint32_t *fold_table_group(size_t number, size_t *count)
{
    if (number + 1 >= COUNT_OF(han_group_starts))
        return NULL;
    *count = (size_t)(han_group_starts[number + 1] - han_group_starts[number]);
    return han_group_members + han_group_starts[number];
}

static size_t add_new(uint32_t character, uint32_t *found, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (found[i] == character)
            return count;
    }
    if (count < FOLD_SPELLINGS_MAX)
        found[count++] = character;
    return count;
}

size_t fold_table_variants(uint32_t character, uint32_t found[FOLD_SPELLINGS_MAX])
{
    size_t at = first_membership_of(character);
    size_t variants = 0;

    for (; at < COUNT_OF(han_group_index); at++) {
        size_t place = han_group_index[at];
        size_t members = 0;
        const uint32_t *group;
        size_t i;

        if (han_group_members[place] != character)
            break;
        group = fold_table_group(group_of_place(place), &members);
        for (i = 0; i < members; i++) {
            if (group[i] != character)
                variants = add_new(group[i], found, variants);
        }
    }
    return variants;
}

uint32_t fold_table_representative(uint32_t character)
{
    /* The first of a group may be in another group after a more common one; the generator sorts
     * by that, so each step leads to a more common character and the walk ends. */
    for (;;) {
        size_t at = first_membership_of(character);
        uint32_t first;

        if (at == COUNT_OF(han_group_index) ||
            han_group_members[han_group_index[at]] != character)
            return character;
        first = han_group_members[han_group_starts[group_of_place(han_group_index[at])]];
        if (first == character)
            return character;
        character = first;
    }
}

bool fold_table_is_white(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

bool fold_table_is_upper(uint32_t character)
{
    return uc_is_general_category_withtable(character,
                                            UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt);
}
