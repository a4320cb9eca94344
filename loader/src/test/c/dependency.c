/* What a core of the loader's tests may need: loaded before it, once per process. */
int missing_function(void) {
  static int calls;
  return 10 * ++calls;
}
