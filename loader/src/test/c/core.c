/* A core for the loader's tests: it counts its calls, so a test can see whether two API instances share one
 * image. */
#ifdef NEEDS
extern int missing_function(void);
#endif

int fake_count(void) {
  static int calls;
#ifdef NEEDS
  calls += missing_function();
#endif
  return ++calls;
}
