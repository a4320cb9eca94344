/* A library that a core of the loader's tests can need. It is loaded before the core, once per
 * process. */
int missing_function(void) {
  static int calls;
  return 10 * ++calls;
}
