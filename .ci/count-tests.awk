# Reads JUnit's XML reports: each failed test and why, why each skipped test was skipped, then one closing line.
/<testsuite / {
    tests += number("tests"); failed += number("failures") + number("errors"); skipped += number("skipped")
}
/<testcase / { name = text("classname") "." text("name") }
/<(failure|error)[ >]/ { printf "failed: %s: %s\n", name, substr(text("message"), 1, 300) }
/<skipped/ { printf "skipped: %s: %s\n", name, text("message") }

function text(key,    at) {
    if (!match($0, " " key "=\"[^\"]*\"")) return ""
    at = substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 4)
    gsub(/&quot;/, "\"", at); gsub(/&lt;/, "<", at); gsub(/&gt;/, ">", at); gsub(/&apos;/, "\047", at); gsub(/&#10;/, " ", at); gsub(/&amp;/, "\\&", at)
    return at
}
function number(key) { return text(key) + 0 }

END { printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped }
