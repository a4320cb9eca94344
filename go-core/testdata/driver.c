/*
 * Calls the exports of the Go core from C, as a shim does. argv[1] is the shared library, argv[2] an empty
 * directory, argv[3] a module, argv[4] host:port of a registry that never responds, and argv[5] a reference
 * that requires credentials. stdin begins with an i. The program prints each step; the first failed check
 * ends it with status 1.
 */
#define _GNU_SOURCE
#include "stowage_wasm_go.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
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
IMPORT(swg_push);
IMPORT(swg_resolve);
IMPORT(swg_tags);
IMPORT(swg_copy);
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
  RESOLVE(swg_push);
  RESOLVE(swg_resolve);
  RESOLVE(swg_tags);
  RESOLVE(swg_copy);
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

/* Returns whether the buffer contains exactly this text, or begins with it. Frees the buffer. */
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

static int holds_bytes(swg_buffer *buffer, const char *want, size_t len) {
  int same = buffer->len == len && memcmp(buffer->ptr, want, len) == 0;
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
  int calls, many; /* many: calls for more than one blob */
  int64_t last, total, stop_at;
};

static int32_t watch(void *ctx, const uint8_t *blob, size_t blob_len, int64_t done, int64_t total) {
  struct watch *w = ctx;
  CHECK(blob_len == 71 && memcmp(blob, "sha256:", 7) == 0);
  CHECK(syscall(SYS_gettid) == w->thread);
  CHECK(w->calls == 0 ? done == 0 : w->many || done > w->last);
  w->calls++;
  w->last = done;
  w->total = total;
  /* A callback may call the library. */
  swg_buffer error = {0}, text = {0};
  CHECK(p_swg_version(&text, &error) == SWG_OK);
  p_swg_buffer_free(&text);
  return w->stop_at >= 0 && done >= w->stop_at;
}

/* A copy that is freed at once: the core must not keep what it borrowed. */
static int32_t pull(const char *ref, const char *out, uint64_t token, struct watch *w, swg_buffer *artifact,
                    swg_buffer *error) {
  char *r = strdup(ref), *o = strdup(out);
  if (w != NULL) {
    *w = (struct watch){.thread = syscall(SYS_gettid), .stop_at = w->stop_at};
  }
  int32_t status = p_swg_pull(bytes(r), strlen(r), bytes(o), strlen(o), NULL, 0, token, w ? watch : NULL, w,
                              artifact, error);
  memset(r, 'x', strlen(r));
  memset(o, 'x', strlen(o));
  free(r);
  free(o);
  return status;
}

static const char *out, *module, *layout_ref, *layout_dir, *copy_ref;

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
  CHECK(p_swg_pull(NULL, 3, bytes("o"), 1, NULL, 0, 0, NULL, NULL, &text, &error) == SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the reference is NULL with length 3", 0));
  CHECK(p_swg_pull(NULL, 0, bytes("o"), 1, NULL, 0, 0, NULL, NULL, &text, &error) == SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the reference is empty", 1));
  CHECK(p_swg_pull(bytes("\xed\xa0\x80"), 3, bytes("o"), 1, NULL, 0, 0, NULL, NULL, &text, &error) ==
        SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the reference is not valid UTF-8", 1));
  CHECK(p_swg_pull(bytes("a"), SIZE_MAX, bytes("o"), 1, NULL, 0, 0, NULL, NULL, &text, &error) ==
        SWG_INVALID_ARGUMENT);
  CHECK(contains(&error, "the maximum is 1048576"));
  CHECK(p_swg_pull(bytes("a/b"), 3, bytes("o\0o"), 3, NULL, 0, 0, NULL, NULL, &text, &error) ==
        SWG_INVALID_ARGUMENT);
  CHECK(holds(&error, "the output file contains a NUL byte", 1));
  puts("arguments");
}

/* Returns the string of a record at *at, and moves *at behind it. */
static const char *string_at(const swg_buffer *record, size_t *at, size_t *len) {
  uint32_t n;
  CHECK(record->len - *at >= sizeof n);
  memcpy(&n, record->ptr + *at, sizeof n);
  CHECK(record->len - *at - sizeof n >= n);
  const char *text = (const char *)record->ptr + *at + sizeof n;
  *at += sizeof n + n;
  *len = n;
  return text;
}

/* Reads an artifact record to its end and frees it. */
static void check_artifact(swg_buffer *record) {
  static const char *const want[] = {"sha256:", "application/vnd.oci.image.manifest.v1+json", "cncf",
                                     "sha256:"};
  size_t at = 0, len;
  for (int i = 0; i < 4; i++) {
    const char *text = string_at(record, &at, &len);
    CHECK(len >= strlen(want[i]) && memcmp(text, want[i], strlen(want[i])) == 0);
  }
  uint64_t size;
  uint32_t annotations;
  CHECK(record->len - at == sizeof size + sizeof annotations);
  memcpy(&size, record->ptr + at, sizeof size);
  memcpy(&annotations, record->ptr + at + sizeof size, sizeof annotations);
  CHECK(size > 1 << 18 && annotations == 0);
  p_swg_buffer_free(record);
}

static void push_and_pull(void) {
  swg_buffer artifact = {0}, error = {0};
  struct watch w = {.thread = syscall(SYS_gettid), .stop_at = -1, .many = 1};
  CHECK(p_swg_push(bytes(module), strlen(module), bytes(layout_ref), strlen(layout_ref), NULL, 0, 0, watch,
                   &w, &artifact, &error) == SWG_OK);
  CHECK(w.calls > 4);
  check_artifact(&artifact);
  w = (struct watch){.stop_at = -1};
  CHECK(pull(layout_ref, out, 0, &w, &artifact, &error) == SWG_OK && error.ptr == NULL);
  CHECK(w.calls > 2 && w.last == w.total && w.total > 0);
  check_artifact(&artifact);
  CHECK(pull(layout_ref, out, 0, NULL, &artifact, NULL) == SWG_OK);
  p_swg_buffer_free(&artifact);
  CHECK(unlink(out) == 0);
  puts("push and pull");
}

static void resolve_copy_tags(void) {
  swg_buffer artifact = {0}, error = {0};
  const uint8_t *from = bytes(layout_ref), *to = bytes(copy_ref), *dir = bytes(layout_dir);
  size_t from_len = strlen(layout_ref), to_len = strlen(copy_ref), dir_len = strlen(layout_dir);
  CHECK(p_swg_resolve(from, from_len, NULL, 0, 0, &artifact, &error) == SWG_OK);
  check_artifact(&artifact);
  CHECK(p_swg_copy(from, from_len, to, to_len, NULL, 0, 0, NULL, NULL, &artifact, &error) == SWG_OK);
  check_artifact(&artifact);
  CHECK(p_swg_tags(dir, dir_len, NULL, 0, 0, &artifact, &error) == SWG_OK);
  CHECK(holds_bytes(&artifact, "\2\0\0\0\2\0\0\0v1\2\0\0\0v2", 16));
  CHECK(p_swg_tags(from, from_len, NULL, 0, 0, &artifact, &error) == SWG_INVALID_REFERENCE);
  CHECK(artifact.ptr == NULL && contains(&error, "without tag and digest"));
  puts("resolve, copy, tags");
}

static void options(void) {
  static const struct {
    const char *record;
    size_t len;
    const char *text;
  } bad[] = {
      {"\1\0\0\0", 4, "the record of options is not well formed: ends early"},
      {"\1\0\0\0\1\0\0\0k\0\0\0\0", 13, "unknown option 'k'; the options are ca-file, docker-config, "},
      {"\1\0\0\0\7\0\0\0retries\2\0\0\00011", 21, "option 'retries' is '11'; need a number from 0 to 10"},
  };
  swg_buffer artifact = {0}, error = {0};
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    CHECK(p_swg_resolve(bytes(layout_ref), strlen(layout_ref), bytes(bad[i].record), bad[i].len, 0, &artifact,
                        &error) == SWG_INVALID_ARGUMENT);
    CHECK(artifact.ptr == NULL && holds(&error, bad[i].text, 0));
  }
  CHECK(p_swg_resolve(bytes(layout_ref), strlen(layout_ref), bytes("\0\0\0\0"), 4, 0, &artifact, NULL) ==
        SWG_OK);
  check_artifact(&artifact);
  puts("options");
}

static void host_stop(void) {
  swg_buffer artifact = {0}, error = {0};
  struct watch w = {.stop_at = 1};
  CHECK(pull(layout_ref, out, 0, &w, &artifact, &error) == SWG_HOST);
  CHECK(w.calls == 2 && artifact.ptr == NULL && contains(&error, "stopped by the progress callback"));
  CHECK(access(out, F_OK) != 0);
  puts("host stop");
}

static void *cancel_later(void *token) {
  usleep(100 * 1000);
  CHECK(p_swg_token_cancel(*(uint64_t *)token, NULL) == SWG_OK);
  return NULL;
}

static void cancel(const char *silent_host) {
  swg_buffer artifact = {0}, error = {0};
  char ref[200];
  snprintf(ref, sizeof ref, "%s/m:v1", silent_host);
  uint64_t token = 0;
  int64_t live = -1;
  CHECK(p_swg_token_open(&token, &error) == SWG_OK && token != 0);
  CHECK(p_swg_live_handles(&live) == SWG_OK && live == 1);
  pthread_t other;
  CHECK(pthread_create(&other, NULL, cancel_later, &token) == 0);
  CHECK(pull(ref, out, token, NULL, &artifact, &error) == SWG_CANCELED); /* blocked in the network */
  CHECK(contains(&error, "canceled"));
  CHECK(pthread_join(other, NULL) == 0);
  CHECK(pull(layout_ref, out, token, NULL, &artifact, NULL) == SWG_CANCELED); /* stays canceled */
  CHECK(p_swg_token_close(token, &error) == SWG_OK && p_swg_token_close(token, &error) == SWG_OK);
  CHECK(p_swg_token_cancel(token, &error) == SWG_CLOSED && contains(&error, "is closed"));
  CHECK(pull(layout_ref, out, token, NULL, &artifact, NULL) == SWG_CLOSED);
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
    swg_buffer artifact = {0}, error = {0};
    struct watch w = {.stop_at = -1};
    CHECK(pull(layout_ref, out, 0, &w, &artifact, &error) == SWG_OK);
    p_swg_buffer_free(&artifact);
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

/* Stores the handlers of all signals, which the library must not change. */
static void census(struct sigaction handlers[65]) {
  memset(handlers, 0, 65 * sizeof handlers[0]);
  for (int i = 1; i < 65; i++) {
    sigaction(i, NULL, &handlers[i]); /* fails for signals that libc reserves */
  }
}

/* A registry that requires credentials, which a helper process returns. */
static void credential_helper(const char *ref) {
  struct sigaction before[65], after[65];
  swg_buffer artifact = {0}, error = {0};
  census(before);
  CHECK(p_swg_resolve(bytes(ref), strlen(ref), NULL, 0, 0, &artifact, &error) == SWG_OK);
  check_artifact(&artifact);
  census(after);
  for (int i = 1; i < 65; i++) {
    CHECK(before[i].sa_handler == after[i].sa_handler && before[i].sa_flags == after[i].sa_flags);
  }
  CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD); /* no child process is left */
  CHECK(fcntl(0, F_GETFD) != -1 && getchar() == 'i');         /* stdin of this process is unchanged */
  puts("credential helper");
}

static char *join(const char *prefix, const char *dir, const char *suffix) {
  char *joined = malloc(strlen(prefix) + strlen(dir) + strlen(suffix) + 1);
  CHECK(joined != NULL);
  strcpy(joined, prefix);
  strcat(joined, dir);
  return strcat(joined, suffix);
}

int main(int argc, char **argv) {
  CHECK(argc == 6);
  load(argv[1]);
  out = join("", argv[2], "/out.wasm");
  layout_dir = join("oci:", argv[2], "/layout");
  layout_ref = join("", layout_dir, ":v1");
  copy_ref = join("", layout_dir, ":v2");
  module = argv[3];
  version_and_arguments();
  push_and_pull();
  resolve_copy_tags();
  options();
  host_stop();
  cancel(argv[4]);
  panics();
  threads();
  credential_helper(argv[5]);
  int64_t live = -1, native = -1;
  CHECK(p_swg_live_handles(&live) == SWG_OK && live == 0);
  CHECK(p_swg_native_bytes(&native) == SWG_OK && native == 0);
  puts("counters at zero");
  return 0;
}
