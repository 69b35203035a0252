/* Golden screens. */
#include "golden_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const struct golden_size golden_sizes[GOLDEN_SIZES] = {{40, 120}, {24, 80}, {20, 40}, {5, 20}};

bool golden_is_updating(void)
{
    const char *wish = getenv("SHILU_UPDATE_GOLDEN");

    return wish != NULL && *wish != '\0';
}

static FILE *open_golden(const char *name, int rows, int columns, const char *mode)
{
    const char *root = getenv("SHILU_SRCDIR");
    char path[4096];

    snprintf(path, sizeof path, "%s/tests/golden/%s-%dx%d.txt", root != NULL ? root : ".", name,
             columns, rows);
    return fopen(path, mode);
}

static void read_golden(const char *name, int rows, int columns, struct buffer *out)
{
    FILE *file = open_golden(name, rows, columns, "r");
    char piece[4096];
    size_t got;

    if (file == NULL)
        fail_msg("no golden screen %s-%dx%d: set SHILU_UPDATE_GOLDEN=1", name, columns, rows);
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        buffer_append(out, piece, got);
    fclose(file);
}

void golden_compare(const char *name, int rows, int columns, const char *golden,
                    const char *screen)
{
    int row = 1;

    while (*golden != '\0' || *screen != '\0') {
        size_t expected = strcspn(golden, "\n");
        size_t got = strcspn(screen, "\n");

        if (expected != got || memcmp(golden, screen, got) != 0)
            fail_msg("%s-%dx%d, row %d:\n  golden: %.*s\n  screen: %.*s", name, columns, rows,
                     row, (int)expected, golden, (int)got, screen);
        golden += expected + (golden[expected] != '\0');
        screen += got + (screen[got] != '\0');
        row++;
    }
}

void golden_check(const char *name, int rows, int columns, const struct buffer *screen)
{
    struct buffer golden = {0};

    if (golden_is_updating()) {
        FILE *file = open_golden(name, rows, columns, "w");

        assert_non_null(file);
        fwrite(screen->data, 1, screen->bytes, file);
        assert_int_equal(fclose(file), 0);
        return;
    }
    read_golden(name, rows, columns, &golden);
    golden_compare(name, rows, columns, buffer_string(&golden), buffer_string(screen));
    buffer_release(&golden);
}

void golden_check_cells(struct grid *g)
{
    int row;
    int column;
    int i;

    for (row = 0; row < g->rows; row++) {
        for (column = 0; column < g->columns; column++) {
            const struct cell *c = grid_cell(g, row, column);

            assert_in_range(c->columns, 0, 2);
            if (c->columns == 2)
                assert_true(column + 1 < g->columns &&
                            grid_cell(g, row, column + 1)->columns == 0);
            if (c->columns == 0)
                assert_true(column > 0 && grid_cell(g, row, column - 1)->columns == 2);
            for (i = 0; i < c->bytes; i++) {
                unsigned char byte = (unsigned char)c->text[i];

                assert_true(byte >= ' ' && byte != 0x7F);
                if (byte == 0xC2 && i + 1 < c->bytes)
                    assert_true((unsigned char)c->text[i + 1] >= 0xA0);
            }
            assert_true(c->style.role < ROLE_COUNT);
        }
    }
}
