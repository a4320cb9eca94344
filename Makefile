# Short names for the commands of daily work. They call ci/, mvn, cargo and go only, and nothing else depends on this file.
# "make help" prints the text behind "##" of each target. A folder's target builds what the folder needs, and runs the tests
# of that folder alone. The time behind "|" is that of these tests on an idle machine with two cores and warm caches, rounded
# up (from the tables that ci/test prints).
#   make loader TEST=WarmStartTest    one test class
#   make it TEST=JarsIT               the same for the tests of packed JARs
#   make rust TEST=wasi               tests with "wasi" in their name
#   make go TEST=TestPull             likewise
.DEFAULT_GOAL := help
.PHONY: help demo test changed fmt check loader packager plugin rust go api tool jars interop examples it testing bench

# $(call tests,PACKAGE): Maven with the tests of one package and those below it.
tests = mvn -q -B -ntp verify -Dtest='$(or $(TEST),dev/stowage/$(1)/**/*Test)' -Dsurefire.failIfNoSpecifiedTests=false -am -pl
packed = mvn -q -B -ntp verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -am -pl it

help: ## this list
	@awk -F ' *## *' '/^[a-z]+:.* ## / { split($$1, name, ":"); split($$2, text, " *[|] *"); line = sprintf("  make %-9s %-64s %8s", name[1], text[1], text[2]); sub(" +$$", "", line); print line }' $(firstword $(MAKEFILE_LIST))

demo: ## build for this machine and run the demo on every JDK found
	ci/demo
test: ## everything that a change must pass, with all targets | 22 min
	ci/test
changed: ## the stages of "make test" that your change affects
	ci/test --changed
fmt: ## format Java, Rust, Go and C | 20 s
	ci/format
check: ## words, sizes, documents, scripts and formats; builds nothing | 50 s
	ci/test forbidden sizes words docs ci-self shell-lint c-format java-format rust-format go-format

loader: ## loader, Java 8 without dependencies | 90 s
	$(call tests,loader) loader
packager: ## packager, the build as a library and a command line | 250 s
	$(call tests,packager) packager
plugin: ## maven-plugin, the goals | 20 s
	$(call tests,maven) maven-plugin
rust: ## rust-core | 140 s
	cd rust-core && cargo test --locked $(TEST)
go: ## go-core | 70 s
	cd go-core && go test $(if $(TEST),-run $(TEST)) ./...
api: ## jni-glue, Java API and shims of stowage-wasm | 70 s
	$(call tests,wasm) jni-glue
tool: ## wasm-tool, the command line tool of stowage-wasm | 25 s
	$(call tests,wasm/tool) wasm-tool
jars: ## platform-jars, the classifier JARs and the drop-in JAR; no tests | 60 s
	mvn -q -B -ntp verify -DskipTests -am -pl platform-jars/all
interop: ## interop, with JavaCPP and native-lib-loader | 40 s
	$(call tests,interop) interop
examples: ## examples, each project on every JDK found | 70 s
	$(packed) -Dit.test=ExamplesIT
it: ## it, the tests of packed JARs | 8 min
	$(packed) $(if $(TEST),-Dit.test=$(TEST))
testing: ## testing, the helpers of all tests | 30 s
	$(call tests,testing) testing
bench: ## bench, figures beside other loaders; needs an idle machine
	ci/bench
