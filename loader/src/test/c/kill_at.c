/* Preloaded into a JVM: kills it right before the n-th change of the file system below a directory, so that a
 * test can kill an extraction at each of its steps, and knows that it did. KILL_BELOW: the directory;
 * KILL_AT: n, from 1. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_int changes;

static void change(const char *path) {
  const char *below = getenv("KILL_BELOW");
  const char *at = getenv("KILL_AT");
  if (below == NULL || at == NULL || path == NULL || strncmp(path, below, strlen(below)) != 0) {
    return;
  }
  if (atomic_fetch_add(&changes, 1) + 1 == atoi(at)) {
    kill(getpid(), SIGKILL);
  }
}

static void change_of(int fd) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length > 0) {
    path[length] = 0;
    change(path);
  }
}

#define NEXT(type, name, ...) ((type(*)(__VA_ARGS__))(uintptr_t)dlsym(RTLD_NEXT, name))

ssize_t write(int fd, const void *bytes, size_t size) {
  change_of(fd);
  return NEXT(ssize_t, "write", int, const void *, size_t)(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
  change_of(fd);
  return NEXT(ssize_t, "pwrite64", int, const void *, size_t, off64_t)(fd, bytes, size, at);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = (flags & O_CREAT) != 0 ? va_arg(rest, int) : 0;
  va_end(rest);
  if ((flags & O_CREAT) != 0) {
    change(path);
  }
  return NEXT(int, "open64", const char *, int, ...)(path, flags, mode);
}

int mkdir(const char *path, mode_t mode) {
  change(path);
  return NEXT(int, "mkdir", const char *, mode_t)(path, mode);
}

int chmod(const char *path, mode_t mode) {
  change(path);
  return NEXT(int, "chmod", const char *, mode_t)(path, mode);
}

int rename(const char *from, const char *to) {
  change(to);
  return NEXT(int, "rename", const char *, const char *)(from, to);
}
