/*
 * Drives the real exports from C, as a shim does: argv[1] is the shared library, argv[2] an empty
 * directory, argv[3] a module, argv[4] host:port of a registry that never answers. Prints what it did;
 * the first failed check ends it with status 1.
 */
#define _GNU_SOURCE
#include "stowage_wasm_go.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CHECK(condition)                                                                                     \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      fprintf(stderr, "driver.c:%d: %s\n", __LINE__, #condition);                                            \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

#define IMPORT(name) static __typeof__(name) *p_##name
IMPORT(swg_pull);
IMPORT(swg_pack);
IMPORT(swg_token_open);
IMPORT(swg_token_cancel);
IMPORT(swg_token_close);
IMPORT(swg_version);
IMPORT(swg_live_handles);
IMPORT(swg_native_bytes);
IMPORT(swg_buffer_free);
IMPORT(swg_probe_panic);

static void load(const char *library) {
  void *core = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (core == NULL) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
#define RESOLVE(name) CHECK((*(void **)&p_##name = dlsym(core, #name)) != NULL)
  RESOLVE(swg_pull);
  RESOLVE(swg_pack);
  RESOLVE(swg_token_open);
  RESOLVE(swg_token_cancel);
  RESOLVE(swg_token_close);
  RESOLVE(swg_version);
  RESOLVE(swg_live_handles);
  RESOLVE(swg_native_bytes);
  RESOLVE(swg_buffer_free);
  RESOLVE(swg_probe_panic);
}

static const uint8_t *bytes(const char *text) {
  return (const uint8_t *)text;
}

/* Whether the buffer holds exactly, or begins with, the text; frees it. */
static int holds(swg_buffer *buffer, const char *text, int whole) {
  size_t n = strlen(text);
  int same = buffer->len >= n && (!whole || buffer->len == n) && memcmp(buffer->ptr, text, n) == 0;
  if (!same) {
    fprintf(stderr, "found: %.*s\n", (int)buffer->len, (const char *)buffer->ptr);
  }
  p_swg_buffer_free(buffer);
  CHECK(buffer->ptr == NULL && buffer->len == 0 && buffer->cap == 0);
  p_swg_buffer_free(buffer);
  return same;
}

static int contains(swg_buffer *buffer, const char *text) {
  int found = buffer->len > 0 && memmem(buffer->ptr, buffer->len, text, strlen(text)) != NULL;
  if (!found) {
    fprintf(stderr, "found: %.*s\n", (int)buffer->len, (const char *)buffer->ptr);
  }
  p_swg_buffer_free(buffer);
  return found;
}

struct watch {
  long thread;
  int calls;
  int64_t last, total, stop_at;
};

static int32_t watch(void *ctx, int64_t done, int64_t total) {
  struct watch *w = ctx;
  CHECK(syscall(SYS_gettid) == w->thread);
  CHECK(w->calls == 0 ? done == 0 : done > w->last);
  w->calls++;
  w->last = done;
  w->total = total;
  /* The library may be called from its callback. */
  swg_buffer error = {0}, text = {0};
  CHECK(p_swg_version(&text, &error) == SWG_OK);
  p_swg_buffer_free(&text);
  return w->stop_at >= 0 && done >= w->stop_at;
}

/* A copy that is freed at once: the core must not keep what it borrowed. */
static int32_t pull(const char *ref, const char *out, uint64_t token, struct watch *w, swg_buffer *digest,
                    swg_buffer *error) {
  char *r = strdup(ref), *o = strdup(out);
  if (w != NULL) {
    *w = (struct watch){.thread = syscall(SYS_gettid), .stop_at = w->stop_at};
  }
  int32_t status =
      p_swg_pull(bytes(r), strlen(r), bytes(o), strlen(o), token, w ? watch : NULL, w, digest, error);
  memset(r, 'x', strlen(r));
  memset(o, 'x', strlen(o));
  free(r);
  free(o);
  return status;
}

static const char *out, *module, *layout, *layout_ref;

static void version_and_arguments(void) {
  swg_buffer text = {0}, error = {0};
  CHECK(p_swg_version(&text, &error) == SWG_OK && error.ptr == NULL);
  CHECK(holds(&text, "1.2.3-driver", 1));
  CHECK(p_swg_version(NULL, &error) == SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "an out-parameter is NULL", 1));
  CHECK(p_swg_version(NULL, NULL) == SWG_INVALID_ARGUMENT);
  CHECK(p_swg_live_handles(NULL) == SWG_INVALID_ARGUMENT);
  CHECK(p_swg_token_open(NULL, NULL) == SWG_INVALID_ARGUMENT);
  p_swg_buffer_free(NULL);
  CHECK(p_swg_pull(NULL, 3, bytes("o"), 1, 0, NULL, NULL, &text, &error) == SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the reference is NULL with length 3", 0));
  CHECK(p_swg_pull(NULL, 0, bytes("o"), 1, 0, NULL, NULL, &text, &error) == SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the reference is empty", 1));
  CHECK(p_swg_pull(bytes("\xed\xa0\x80"), 3, bytes("o"), 1, 0, NULL, NULL, &text, &error) ==
        SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the reference is not valid UTF-8", 1));
  CHECK(p_swg_pull(bytes("a"), SIZE_MAX, bytes("o"), 1, 0, NULL, NULL, &text, &error) ==
        SWG_INVALID_ARGUMENT);
  CHECK(contains(&error, "at most 1048576"));
  CHECK(p_swg_pull(bytes("a/b"), 3, bytes("o\0o"), 3, 0, NULL, NULL, &text, &error) == SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the output file contains a NUL byte", 1));
  puts("arguments");
}

static void pack_and_pull(void) {
  swg_buffer packed = {0}, pulled = {0}, error = {0};
  CHECK(p_swg_pack(bytes(module), strlen(module), bytes(layout), strlen(layout), bytes("v1"), 2, &packed,
                   &error) == SWG_OK);
  struct watch w = {.stop_at = -1};
  CHECK(pull(layout_ref, out, 0, &w, &pulled, &error) == SWG_OK && error.ptr == NULL);
  CHECK(pulled.len == 71 && packed.len == 71 && memcmp(pulled.ptr, packed.ptr, 71) == 0);
  CHECK(w.calls > 2 && w.last == w.total && w.total > 0);
  p_swg_buffer_free(&packed);
  p_swg_buffer_free(&pulled);
  CHECK(pull(layout_ref, out, 0, NULL, &pulled, NULL) == SWG_OK);
  p_swg_buffer_free(&pulled);
  CHECK(unlink(out) == 0);
  puts("pack and pull");
}

static void host_stop(void) {
  swg_buffer digest = {0}, error = {0};
  struct watch w = {.stop_at = 1};
  CHECK(pull(layout_ref, out, 0, &w, &digest, &error) == SWG_HOST);
  CHECK(w.calls == 2 && digest.ptr == NULL && contains(&error, "stopped by the progress callback"));
  CHECK(access(out, F_OK) != 0);
  puts("host stop");
}

static void *cancel_later(void *token) {
  usleep(100 * 1000);
  CHECK(p_swg_token_cancel(*(uint64_t *)token, NULL) == SWG_OK);
  return NULL;
}

static void cancel(const char *silent_host) {
  swg_buffer digest = {0}, error = {0};
  char ref[200];
  snprintf(ref, sizeof ref, "%s/m:v1", silent_host);
  uint64_t token = 0;
  int64_t live = -1;
  CHECK(p_swg_token_open(&token, &error) == SWG_OK && token != 0);
  CHECK(p_swg_live_handles(&live) == SWG_OK && live == 1);
  pthread_t other;
  CHECK(pthread_create(&other, NULL, cancel_later, &token) == 0);
  CHECK(pull(ref, out, token, NULL, &digest, &error) == SWG_CANCELED); /* blocked in the network */
  CHECK(contains(&error, "canceled"));
  CHECK(pthread_join(other, NULL) == 0);
  CHECK(pull(layout_ref, out, token, NULL, &digest, NULL) == SWG_CANCELED); /* stays canceled */
  CHECK(p_swg_token_close(token, &error) == SWG_OK && p_swg_token_close(token, &error) == SWG_OK);
  CHECK(p_swg_token_cancel(token, &error) == SWG_CLOSED && contains(&error, "is closed"));
  CHECK(pull(layout_ref, out, token, NULL, &digest, NULL) == SWG_CLOSED);
  CHECK(p_swg_token_close(0, NULL) == SWG_INVALID_ARGUMENT);
  CHECK(p_swg_token_cancel(UINT64_MAX, &error) == SWG_INVALID_ARGUMENT && contains(&error, "never a token"));
  puts("cancel");
}

static void panics(void) {
  swg_buffer error = {0};
  for (int i = 0; i < 1000; i++) {
    CHECK(p_swg_probe_panic(i % 2, bytes("boo"), 3, &error) == SWG_PANIC);
    CHECK(holds(&error, "boo (export/probe.go:", 0));
  }
  CHECK(p_swg_probe_panic(0, bytes("boo"), 3, NULL) == SWG_PANIC);
  CHECK(p_swg_probe_panic(2, bytes("boo"), 3, &error) == SWG_INVALID_ARGUMENT &&
        contains(&error, "where is 2"));
  puts("panics");
}

static void *pull_here(void *unused) {
  (void)unused;
  for (int i = 0; i < 25; i++) {
    swg_buffer digest = {0}, error = {0};
    struct watch w = {.stop_at = -1};
    CHECK(pull(layout_ref, out, 0, &w, &digest, &error) == SWG_OK);
    p_swg_buffer_free(&digest);
  }
  return NULL;
}

static void threads(void) {
  pthread_t thread[8];
  for (int i = 0; i < 8; i++) {
    CHECK(pthread_create(&thread[i], NULL, pull_here, NULL) == 0);
  }
  for (int i = 0; i < 8; i++) {
    CHECK(pthread_join(thread[i], NULL) == 0);
  }
  CHECK(unlink(out) == 0);
  puts("threads");
}

static char *join(const char *prefix, const char *dir, const char *suffix) {
  char *joined = malloc(strlen(prefix) + strlen(dir) + strlen(suffix) + 1);
  CHECK(joined != NULL);
  strcpy(joined, prefix);
  strcat(joined, dir);
  return strcat(joined, suffix);
}

int main(int argc, char **argv) {
  CHECK(argc == 5);
  load(argv[1]);
  out = join("", argv[2], "/out.wasm");
  layout = join("", argv[2], "/layout");
  layout_ref = join("oci:", layout, ":v1");
  module = argv[3];
  version_and_arguments();
  pack_and_pull();
  host_stop();
  cancel(argv[4]);
  panics();
  threads();
  int64_t live = -1, native = -1;
  CHECK(p_swg_live_handles(&live) == SWG_OK && live == 0);
  CHECK(p_swg_native_bytes(&native) == SWG_OK && native == 0);
  puts("counters at zero");
  return 0;
}
