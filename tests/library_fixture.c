/* A library for tests. */
#include "library_fixture.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "type_keys.h"

static char root[] = "/tmp/shilu-library-XXXXXX";

int library_fixture_set_up(void **state)
{
    (void)state;
    strcpy(root + strlen(root) - 6, "XXXXXX");
    if (mkdtemp(root) == NULL || chdir(root) != 0)
        return -1;
    setenv("XDG_CACHE_HOME", root, 1);
    setenv("XDG_STATE_HOME", root, 1);
    return mkdir("shelf", 0700);
}

int library_fixture_tear_down(void **state)
{
    char command[80];

    (void)state;
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", root, root);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

void library_fixture_write(const char *path, const char *bytes)
{
    char folder[400];
    char *slash = folder;
    FILE *f;

    snprintf(folder, sizeof folder, "%s", path);
    while ((slash = strchr(slash + 1, '/')) != NULL) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(bytes, f);
    assert_int_equal(fclose(f), 0);
}

void library_fixture_write_record(const char *path, const char *title, const char *words)
{
    char text[2000];

    snprintf(text, sizeof text,
             "{\"format\":\"shilu\",\"version\":1,\"title\":\"%s\",\"date\":\"2020-03-09\","
             "\"clock\":\"elapsed\",\"segments\":["
             "{\"speaker\":\"甲\",\"start\":0,\"text\":\"opening words\"},"
             "{\"speaker\":\"乙\",\"start\":70,\"text\":\"%s\"}]}",
             title, words);
    library_fixture_write(path, text);
}

static bool host_open(void *context, const char *path, const char *query, const struct hit *hit,
                      struct error *err)
{
    struct library_fixture *d = context;

    (void)err;
    snprintf(d->opened, sizeof d->opened, "%s", path);
    snprintf(d->query, sizeof d->query, "%s", query != NULL ? query : "");
    d->has_hit = hit != NULL;
    if (hit != NULL)
        d->hit = *hit;
    return true;
}

static bool host_theme(void *context, const char *name, struct error *err)
{
    struct library_fixture *d = context;

    (void)err;
    snprintf(d->theme, sizeof d->theme, "%s", name);
    return true;
}

static bool host_run(void *context, const char *command, const char *input, size_t bytes,
                     bool waits, struct error *err)
{
    struct library_fixture *d = context;

    (void)waits;
    (void)err;
    snprintf(d->ran, sizeof d->ran, "%s", command);
    snprintf(d->input, sizeof d->input, "%.*s", (int)bytes, input != NULL ? input : "");
    return true;
}

static void host_suspend(void *context)
{
    ((struct library_fixture *)context)->suspends++;
}

void library_fixture_open(struct library_fixture *d, const char *folder, int rows, int columns)
{
    *d = (struct library_fixture){.paths = {(char *)(uintptr_t)folder, NULL}};
    d->options.paths = d->paths;
    d->options.path_count = 1;
    d->library = library_new(&d->options);
    d->keymap = keymap_new();
    d->width = width_new(false);
    d->session = library_session_new(d->library, &d->options,
                                     &(struct ui_options){.keymap = d->keymap,
                                                          .width = d->width,
                                                          .host = {.context = d,
                                                                   .open = host_open,
                                                                   .theme = host_theme,
                                                                   .run = host_run,
                                                                   .suspend = host_suspend}});
    d->ui = library_session_ui(d->session);
    ui_resize(d->ui, rows, columns);
}

void library_fixture_close(struct library_fixture *d)
{
    library_session_free(d->session);
    library_free(d->library);
    keymap_free(d->keymap);
    width_free(d->width);
    grid_release(&d->grid);
    buffer_release(&d->screen);
}

static void press(void *context, struct key key)
{
    struct library_fixture *d = context;

    ui_key(d->ui, key);
}

void library_fixture_type(struct library_fixture *d, const char *keys)
{
    type_keys(keys, press, d);
}

const char *library_fixture_screen_now(struct library_fixture *d, bool styles)
{
    ui_draw(d->ui, &d->grid);
    buffer_clear(&d->screen);
    grid_dump(&d->grid, styles, &d->screen);
    return buffer_string(&d->screen);
}

const char *library_fixture_screen(struct library_fixture *d)
{
    while (ui_step(d->ui, 1000))
        continue;
    return library_fixture_screen_now(d, false);
}

void library_fixture_assert(struct library_fixture *d, const char *text, bool shown)
{
    const char *screen = library_fixture_screen(d);

    if ((strstr(screen, text) != NULL) != shown)
        fail_msg("'%s' is%s on the screen:\n%s", text, shown ? " not" : "", screen);
}
