//! The binary: arguments, the clock, the colour of the terminal, and nothing else.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use hadome::command::{self, Console};
use hadome::lang::Lang;

fn main() -> ExitCode {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let lang = match std::env::var("HADOME_LANG").as_deref() {
        Ok("en") => Lang::En,
        _ => Lang::Ja,
    };
    let (stdout, stderr) = (io::stdout(), io::stderr());
    let (colour_out, colour_err) = (stdout.is_terminal() && !plain, stderr.is_terminal() && !plain);
    // Where no terminal reads, no control sequence is written, and none has to be looked for.
    let out: Box<dyn Write> = match stdout.is_terminal() {
        true => Box::new(anstream::AutoStream::auto(stdout.lock())),
        false => Box::new(stdout.lock()),
    };
    let mut out = BufWriter::new(out);
    let mut err = anstream::AutoStream::auto(stderr.lock());
    let mut console = Console { out: &mut out, err: &mut err, lang, colour_out, colour_err, today: today() };
    let exit = command::run(std::env::args_os(), &mut console);
    let flushed = out.flush().is_ok();
    drop(out);
    ExitCode::from(if flushed { exit.code() } else { command::Exit::Broken.code() })
}

/// Today in Japan (+09:00).
fn today() -> chrono::NaiveDate {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = seconds.map_or(0, |passed| passed.as_secs());
    let japan = seconds + 9 * 60 * 60;
    let days = i64::try_from(japan / 86_400).unwrap_or_default();
    chrono::DateTime::from_timestamp(days * 86_400, 0)
        .map_or(chrono::NaiveDate::default(), |time| time.date_naive())
}
