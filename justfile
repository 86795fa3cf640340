# Chores. Each is one plain command, so that nobody needs `just` itself.

# Lists the recipes.
default:
    @just --list

# Checks all shipped scenarios.
check:
    cargo run --release -- check scenarios/*/*.scenario.ron

# Runs all tests.
test:
    cargo test

# Layout and lints.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# Builds the documentation of the library.
doc:
    RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps

# Writes the tables in ARCHITECTURE.md and docs that are made from the code.
docs:
    AIRSIDE_WRITE_DOCS=1 cargo test --test it -- documentation validation library::the_page

# Writes the golden digests anew. Read CONTRIBUTING.md first.
golden:
    AIRSIDE_WRITE_GOLDEN=1 cargo test --test it golden

# Everything that a change must pass.
ci:
    .ci/run
