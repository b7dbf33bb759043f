//! What was swept, for the table of `make prove`, which sets `PROVE` and `PROVE_TALLY`; without it, nothing is counted.

use std::{fs::OpenOptions, io::Write, path::Path};

/// Whether everything is to be swept (`make prove`), or the bounded part that `make test` has time for.
pub fn is_full() -> bool {
    std::env::var_os("PROVE").is_some()
}

/// So many of these were swept by this sweep, as in `("crash sweep", "crashes", 312)`. What fails is the test's to say, by failing.
pub fn swept(sweep: &str, what: &str, count: usize) {
    let Some(file) = std::env::var_os("PROVE_TALLY") else { return };
    let line = format!("{sweep}\t{what}\t{count}\n");
    // One write of a line: tests that run side by side do not mix theirs.
    let written = OpenOptions::new().append(true).create(true).open(Path::new(&file));
    written.and_then(|mut file| file.write_all(line.as_bytes())).unwrap_or_else(|error| {
        panic!("{}: {error}: the tally of what was swept can't be kept", Path::new(&file).display())
    });
}
