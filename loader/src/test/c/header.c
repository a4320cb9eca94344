/* A library with one symbol of each kind, for the tests of the ELF reader. */
#include <string.h>

#ifdef TLS
__thread int counter;
int next(void) {
  return ++counter;
}
#endif

int shown(void *to, const void *from, size_t size) {
  memcpy(to, from, size);
  return 0;
}

__attribute__((weak)) int weak_one(void) {
  return 1;
}

__attribute__((visibility("hidden"))) int hidden_one(void) {
  return 1;
}

__attribute__((used)) static int local_one(void) {
  return 1;
}
