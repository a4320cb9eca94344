# Merges what ci/config/about.hbs makes cargo-about print: every text once, whoever uses it, like ones side by side, so
# that a JAR's compressor finds them. Texts with the same words are one, whatever their spacing.

function trimmed(text) {
  sub(/^[ \t]*\n([ \t]*\n)*/, "", text)
  sub(/[ \t\n]+$/, "", text)
  return text
}

# The words of a text; http and https name the same page.
function words(text) {
  gsub(/https:/, "http:", text)
  gsub(/[ \t\n]+/, " ", text)
  sub(/^ /, "", text)
  return text
}

# add(LINES, LINE, INDEX): one more line of that text, unless it has it.
function add(lines, line, at) {
  if (index("\n" lines[at] "\n", "\n" line "\n") == 0) lines[at] = lines[at] (lines[at] == "" ? "" : "\n") line
}

function close_record(   key, i, n, list) {
  if (licence == "") return
  key = words(text)
  if (key == "") { print "no text for " licence > "/dev/stderr"; failed = 1; exit 1 }
  if (!(key in at)) { at[key] = ++count; texts[count] = trimmed(text) }
  add(licences, licence, at[key])
  n = split(crates, list, "\n")
  for (i = 1; i <= n; i++) add(users, "  " list[i], at[key])
  licence = text = crates = ""
}

# before(A, B): licence by licence, the shortest first: those that differ in a name are neighbours.
function before(a, b) {
  if (licences[a] != licences[b]) return licences[a] < licences[b]
  if (length(texts[a]) != length(texts[b])) return length(texts[a]) < length(texts[b])
  return texts[a] < texts[b]
}

function sorted(lines,   list, n, i, j, line) {
  n = split(lines, list, "\n")
  for (i = 2; i <= n; i++) {
    line = list[i]
    for (j = i - 1; j > 0 && list[j] > line; j--) list[j + 1] = list[j]
    list[j + 1] = line
  }
  lines = list[1]
  for (i = 2; i <= n; i++) lines = lines "\n" list[i]
  return lines
}

BEGIN { rule = sprintf("%80s", ""); gsub(/ /, "-", rule) }
{ sub(/[ \t\r]+$/, "") }
/^@licence / { close_record(); licence = substr($0, 10); reading = 0; next }
/^@crate / { crates = crates (crates == "" ? "" : "\n") substr($0, 8); next }
/^@text$/ { reading = 1; next }
reading { text = text $0 "\n" }
END {
  if (failed) exit 1
  close_record()
  if (count == 0) { print "cargo-about named no licence" > "/dev/stderr"; exit 1 }
  for (i = 1; i <= count; i++) {
    for (j = i - 1; j > 0 && before(i, order[j]); j--) order[j + 1] = order[j]
    order[j + 1] = i
  }
  for (i = 1; i <= count; i++) {
    n = order[i]
    printf "\n%s\n%s\n%s\n%s\n%s\n", rule, sorted(licences[n]), sorted(users[n]), rule, texts[n]
  }
}
